// Long because everything that may happen to a token stands in one place.
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Installing;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>Tokens of workspaces that installed us: renewed in time, by one alone, and given up only when Slack says twice that they are worth nothing.</summary>
public sealed class SlackInstalledTests : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private readonly SlackWire _wire = new();
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly Installations _store = new();
    private readonly SlackApi _api;
    private readonly SlackInstalled _installed;
    private readonly SlackWorkspaces _workspaces;
    private readonly HashSet<string> _valid = ["xoxe-0"];
    private string _refused = "invalid_auth";
    private Func<JsonObject>? _refresh;
    private int _given;

    public SlackInstalledTests()
    {
        var settings = new SlackSettings { ClientId = "1.2", ClientSecret = "secret", AppToken = "xapp-1", AllowedWorkspaces = ["T2", "T3"] };
        _api = new SlackApi(new HttpClient(_wire), settings, new SlackPace(_machine), _machine);
        _installed = Node(settings);
        _workspaces = new SlackWorkspaces(_api, settings, _installed);
        _wire.Answer = call => Task.FromResult(Answer(call));
        _store.Kept["T2"] = new KeptInstallation(new SlackInstallation("T2", "Acme", "A0", "U0BOT", "B0BOT", new PersonId("slack:T2:U0EVA"), A.Noon), new SlackTokens("xoxe-0", "refresh-0", A.Noon + Life), 1);
    }

    public void Dispose() => _wire.Dispose();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private int Refreshed => _wire.Calls.Count(call => call.Method == "oauth.v2.access");

    private IReadOnlyList<string?> TokensOfPosts => [.. _wire.Calls.Where(call => call.Method == "chat.postMessage").Select(call => call.Token)];

    [Fact]
    public async Task A_token_is_renewed_hours_before_it_ends_and_not_sooner()
    {
        _machine.Advance(TimeSpan.FromHours(9));
        await _installed.RenewDueAsync(Now);
        Refreshed.ShouldBe(0);

        _machine.Advance(TimeSpan.FromHours(1));
        await _installed.RenewDueAsync(Now);
        await _installed.RenewDueAsync(Now);

        Refreshed.ShouldBe(1);
        (await AccessAsync()).Token.ShouldBe("xoxe-1");
        _store.Kept["T2"].Tokens.ShouldBe(new SlackTokens("xoxe-1", "refresh-1", _machine.GetUtcNow() + Life));
    }

    [Fact]
    public async Task Two_nodes_and_many_calls_renew_it_once()
    {
        _machine.Advance(TimeSpan.FromHours(11));
        var other = Node(new SlackSettings { ClientId = "1.2", ClientSecret = "secret", AllowedWorkspaces = ["T2"] });

        var slackAnswers = new TaskCompletionSource();
        _wire.Answer = async call =>
        {
            await slackAnswers.Task;
            return Answer(call);
        };

        var all = Task.WhenAll(Enumerable.Range(0, 8).Select(number => (number % 2 == 0 ? _installed : other).RenewDueAsync(Now)));
        slackAnswers.SetResult();
        await all;

        Refreshed.ShouldBe(1);
        _store.Kept["T2"].Generation.ShouldBe(2);
    }

    [Fact]
    public async Task A_renewal_that_fails_loses_nothing_and_is_tried_again()
    {
        _machine.Advance(TimeSpan.FromHours(11));
        _refresh = () => SlackWire.Refusal("bad_client_secret");
        await _installed.RenewDueAsync(Now);

        (await AccessAsync()).Token.ShouldBe("xoxe-0");
        (await PostAsync()).ShouldBeNull();

        _refresh = null;
        _machine.Advance(TimeSpan.FromMinutes(1));
        await _installed.RenewDueAsync(Now);
        (await AccessAsync()).Token.ShouldBe("xoxe-1");
    }

    [Fact]
    public async Task One_that_has_ended_is_renewed_before_it_is_used()
    {
        _machine.Advance(Life);
        _valid.Clear();

        (await PostAsync()).ShouldBeNull();

        TokensOfPosts.ShouldBe(["xoxe-1"]);
    }

    [Fact]
    public async Task One_that_slack_says_has_ended_is_renewed_and_the_call_made_once_more()
    {
        (_refused, _) = ("token_expired", _valid.RemoveWhere(_ => true));

        (await PostAsync()).ShouldBeNull();

        TokensOfPosts.ShouldBe(["xoxe-0", "xoxe-1"]);
    }

    [Fact]
    public async Task One_that_another_node_renewed_is_taken_over_without_renewing_it_again()
    {
        var access = await AccessAsync();
        _store.Kept["T2"] = _store.Kept["T2"] with { Tokens = new SlackTokens("xoxe-9", "refresh-9", A.Noon + Life), Generation = 2 };
        _valid.Clear();
        _valid.Add("xoxe-9");

        await _api.CallAsync(access.Call("chat.postMessage", []), Now);

        TokensOfPosts.ShouldBe(["xoxe-0", "xoxe-9"]);
        Refreshed.ShouldBe(0);
    }

    [Theory]
    [InlineData("token_revoked")]
    [InlineData("account_inactive")]
    [InlineData("invalid_auth")]
    public async Task A_token_that_is_refused_by_the_call_by_its_renewal_and_by_a_test_is_the_end(string error)
    {
        (_refused, _) = (error, _valid.RemoveWhere(_ => true));
        _refresh = () => SlackWire.Refusal("invalid_refresh_token");

        (await PostAsync()).ShouldBe(error);

        _store.Kept["T2"].Tokens.ShouldBeNull();
        _store.Kept["T2"].Is.Ended.ShouldBe(new SlackEnd(error, _machine.GetUtcNow()));
        var closed = await Should.ThrowAsync<ClosedPlaceException>(AccessAsync);
        closed.Place.Value.ShouldBe("slack/T2");
        closed.Why.ShouldContain("Acme took me out");
        _workspaces.Gone.Keys.ShouldContain(new ConversationId("slack/T2"));
    }

    [Fact]
    public async Task One_odd_answer_is_not_the_end()
    {
        _wire.Answer = call => Task.FromResult(call.Method == "chat.postMessage" ? SlackWire.Refusal("invalid_auth") : Answer(call));
        _refresh = () => SlackWire.Refusal("invalid_refresh_token");

        (await PostAsync()).ShouldBe("invalid_auth");

        _store.Kept["T2"].Is.Ended.ShouldBeNull();
        (await AccessAsync()).Token.ShouldBe("xoxe-0");
    }

    [Fact]
    public async Task A_secret_of_ours_that_is_wrong_is_not_the_end_of_a_workspace()
    {
        (_refused, _) = ("token_expired", _valid.RemoveWhere(_ => true));
        _refresh = () => SlackWire.Refusal("bad_client_secret");

        (await PostAsync()).ShouldBe("token_expired");

        _store.Kept["T2"].Is.Ended.ShouldBeNull();
    }

    [Theory]
    [InlineData("missing_scope")]
    [InlineData("is_archived")]
    public async Task What_is_not_about_the_token_renews_and_ends_nothing(string error)
    {
        _wire.Answer = call => Task.FromResult(call.Method == "chat.postMessage" ? SlackWire.Refusal(error) : Answer(call));

        (await PostAsync()).ShouldBe(error);

        Refreshed.ShouldBe(0);
        _wire.Calls.ShouldNotContain(call => call.Method == "auth.test");
    }

    [Fact]
    public async Task A_workspace_that_uninstalls_is_gone_and_one_that_installs_again_is_back()
    {
        _valid.Clear();
        await _installed.LostAsync("T2", "app_uninstalled", Now);

        (await _installed.FindAsync("T2", Now)).ShouldBeNull();
        _store.Kept["T2"].Tokens.ShouldBeNull();

        _valid.Add("xoxb-new");
        await _installed.InstallAsync(new SlackGrant(_store.Kept["T2"].Is with { Ended = null }, new SlackTokens("xoxb-new")), Now);
        (await AccessAsync()).Token.ShouldBe("xoxb-new");
        _workspaces.Gone.ShouldBeEmpty();
    }

    [Fact]
    public async Task News_of_an_uninstall_that_comes_after_the_next_installation_changes_nothing()
    {
        await _installed.LostAsync("T2", "app_uninstalled", Now);
        await _installed.LostAsync("T9", "app_uninstalled", Now);

        (await AccessAsync()).Token.ShouldBe("xoxe-0");
    }

    [Fact]
    public async Task News_of_an_uninstall_that_cannot_be_looked_into_are_to_be_told_again()
    {
        _wire.Answer = call => Task.FromResult(call.Method == "auth.test" ? SlackWire.Refusal("missing_scope") : Answer(call));

        await Should.ThrowAsync<SlackException>(() => _installed.LostAsync("T2", "app_uninstalled", Now));

        _store.Kept["T2"].Is.Ended.ShouldBeNull();
    }

    [Fact]
    public async Task A_workspace_that_is_no_longer_allowed_is_as_if_it_had_never_installed_us()
    {
        var narrower = new SlackSettings { ClientId = "1.2", ClientSecret = "secret", AllowedWorkspaces = ["T3"] };

        (await Node(narrower).FindAsync("T2", Now)).ShouldBeNull();
    }

    [Fact]
    public async Task Tokens_that_cannot_be_read_close_their_workspace_and_no_other()
    {
        _store.Kept["T3"] = new KeptInstallation(new SlackInstallation("T3", "Beta", "A0", "U0BOT", "B0BOT", new PersonId("slack:T3:U0EVA"), A.Noon), null, 1);

        (await Should.ThrowAsync<ClosedPlaceException>(() => _workspaces.AccessAsync("T3", Now))).Why.ShouldContain("cannot be read");
        (await AccessAsync()).Token.ShouldBe("xoxe-0");
    }

    [Fact(Timeout = 60_000)]
    public async Task While_the_database_does_not_say_who_installed_us_those_that_were_known_are_served_in_time_and_their_tokens_are_not_renewed_first()
    {
        (await _workspaces.HeardFromAsync("T2", TestContext.Current.CancellationToken)).ShouldNotBeNull();
        _machine.Advance(Life + TimeSpan.FromHours(1));
        _store.Hangs = true;

        var heard = _workspaces.HeardFromAsync("T2", TestContext.Current.CancellationToken);
        _machine.Advance(TimeSpan.FromSeconds(2));

        (await heard)!.Self.Workspace.ShouldBe("T2");
        Refreshed.ShouldBe(0);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_database_that_has_not_said_it_once_is_a_fault_in_time()
    {
        _store.Hangs = true;

        var heard = _workspaces.HeardFromAsync("T2", TestContext.Current.CancellationToken);
        _machine.Advance(TimeSpan.FromSeconds(2));

        await Should.ThrowAsync<TimeoutException>(() => heard);
        _workspaces.Presumed("T2", "U0BOT").ShouldBe(new SlackSelf("T2", "U0BOT", "", IsOwn: false));
        _workspaces.Presumed("T9", "U0BOT").ShouldBeNull();
    }

    [Fact]
    public async Task Without_a_configured_token_nothing_is_of_it()
    {
        (await _workspaces.HeardFromAsync("T9", Now)).ShouldBeNull();
        (await _workspaces.HeardFromAsync(null, Now)).ShouldBeNull();
        (await Should.ThrowAsync<SlackException>(() => _workspaces.AccessAsync(null, Now))).Message.ShouldContain("Slack:BotToken");
    }

    private SlackInstalled Node(SlackSettings settings) => new(new SlackOAuth(_api, settings, _machine), _store, new Bench().Acts, _machine, NullLogger<SlackInstalled>.Instance);

    private Task<SlackAccess> AccessAsync() => _workspaces.AccessAsync("T2", Now);

    /// <summary>The error that a post ends with; null when it is posted.</summary>
    private async Task<string?> PostAsync()
    {
        try
        {
            await _api.CallAsync((await AccessAsync()).Call("chat.postMessage", []), Now);
            return null;
        }
        catch (SlackException fault)
        {
            return fault.Error;
        }
    }

    private JsonObject Answer(SlackCalled call)
    {
        if (call.Method == "oauth.v2.access")
            return _refresh?.Invoke() ?? Pair();

        return !_valid.Contains(call.Token ?? "") ? SlackWire.Refusal(_refused)
            : call.Method == "auth.test" ? new JsonObject { ["ok"] = true, ["team_id"] = "T2", ["user_id"] = "U0BOT", ["bot_id"] = "B0BOT" }
            : SlackWire.Ok();
    }

    private JsonObject Pair()
    {
        var number = Interlocked.Increment(ref _given);
        lock (_valid)
            _valid.Add($"xoxe-{number}");

        return new JsonObject { ["ok"] = true, ["access_token"] = $"xoxe-{number}", ["refresh_token"] = $"refresh-{number}", ["expires_in"] = (int)Life.TotalSeconds };
    }

    /// <summary>What a database keeps, with its conditional updates.</summary>
    private sealed class Installations : ISlackInstallations
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, DateTimeOffset> _held = [];

        public Dictionary<string, KeptInstallation> Kept { get; } = [];

        public bool Hangs { get; set; }

        public Task<IReadOnlyList<KeptInstallation>> AllAsync(CancellationToken cancellationToken)
        {
            if (Hangs)
                return new TaskCompletionSource<IReadOnlyList<KeptInstallation>>().Task;

            lock (_lock)
                return Task.FromResult<IReadOnlyList<KeptInstallation>>([.. Kept.Values]);
        }

        public Task KeepAsync(SlackGrant grant, CancellationToken cancellationToken)
        {
            lock (_lock)
                Kept[grant.Installation.Workspace] = new KeptInstallation(grant.Installation, grant.Tokens, (Kept.GetValueOrDefault(grant.Installation.Workspace)?.Generation ?? 0) + 1);

            return Task.CompletedTask;
        }

        public Task<bool> TryHoldAsync(KeptInstallation kept, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                if (!IsSame(kept) || _held.GetValueOrDefault(kept.Is.Workspace) > now)
                    return Task.FromResult(false);

                _held[kept.Is.Workspace] = until;
                return Task.FromResult(true);
            }
        }

        public Task<bool> TryRenewAsync(KeptInstallation kept, SlackTokens tokens, CancellationToken cancellationToken) => ChangeAsync(kept, kept with { Tokens = tokens });

        public Task<bool> TryEndAsync(KeptInstallation kept, SlackEnd end, CancellationToken cancellationToken) => ChangeAsync(kept, new KeptInstallation(kept.Is with { Ended = end }, null, kept.Generation));

        private Task<bool> ChangeAsync(KeptInstallation from, KeptInstallation to)
        {
            lock (_lock)
            {
                if (!IsSame(from))
                    return Task.FromResult(false);

                Kept[from.Is.Workspace] = to with { Generation = from.Generation + 1 };
                _held.Remove(from.Is.Workspace);
                return Task.FromResult(true);
            }
        }

        private bool IsSame(KeptInstallation kept) => Kept[kept.Is.Workspace].Generation == kept.Generation;
    }
}
