// Long because a second workspace is taken through everything that may happen to it.
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;

namespace ChatOpsCampaigns.Bot.Tests.Slack;

/// <summary>A second workspace beside that of the configured token, with the same ids for everything: it is let in, kept apart, and let go.</summary>
public sealed class SlackSpacesTests : IAsyncLifetime
{
    private const string Acme = "T0ACME";

    private readonly HttpClient _browser = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
    private readonly Uri _public = new($"http://127.0.0.1:{Ports.Free()}/");
    private SlackStandIn _slack = null!;
    private SlackStandIn _acme = null!;
    private BotProcess? _bot;

    private BotProcess Bot => _bot!;

    public async ValueTask InitializeAsync()
    {
        _slack = await SlackStandIn.StartAsync(TestContext.Current.CancellationToken);
        _acme = _slack.Other(Acme, "Acme <b>");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _browser.Dispose();
        if (_bot is not null)
            await _bot.DisposeAsync();

        await _slack.DisposeAsync();
    }

    [Fact(Timeout = 600_000)]
    public async Task A_workspace_that_installs_the_app_is_answered_there_and_kept_apart_over_a_kill_and_no_token_stands_anywhere()
    {
        _bot = await BotProcess.StartAloneAsync(TestContext.Current.CancellationToken, Arguments());
        var (_, page) = await InstallAsync(_acme, TestContext.Current.CancellationToken);
        page.ShouldContain("Installed in Acme &lt;b&gt; (T0ACME)");
        var (here, there) = (new SlackUser(_slack, "U0ANA"), new SlackUser(_acme, "U0ANA"));

        await here.SayAsync("who am i", TestContext.Current.CancellationToken);
        await there.SayAsync("who am i", TestContext.Current.CancellationToken);
        await here.SeesAsync("Marketer", TestContext.Current.CancellationToken);
        await there.SeesAsync("Viewer", TestContext.Current.CancellationToken);
        _acme.Desk.Messages.ShouldNotContain(message => message.Words.Contains("Marketer", StringComparison.Ordinal));

        await Bot.KillAsync();
        await Bot.StartAgainAsync(TestContext.Current.CancellationToken);
        var thread = await there.SayInAsync(SlackBot.Ads, null, $"<@{SlackDesk.Bot}> incidents", TestContext.Current.CancellationToken);
        await there.SeesAsync(SlackBot.Ads, message => message.Thread == thread, TestContext.Current.CancellationToken);
        _slack.Desk.Messages.ShouldNotContain(message => message.Channel == SlackBot.Ads);

        await Bot.StopAsync(TestContext.Current.CancellationToken);
        _slack.Grants.Given.ShouldNotBeEmpty();
        foreach (var secret in _slack.Grants.Given.Append(SlackGrants.ClientSecret).Append(SlackStandIn.BotToken))
        {
            Bot.Output.ShouldNotContain(secret);
            foreach (var file in Directory.EnumerateFiles(Bot.Folder, "*", SearchOption.AllDirectories))
                (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)).ShouldBe(-1, file);
        }
    }

    [Fact(Timeout = 600_000)]
    public async Task What_was_not_begun_here_was_denied_is_used_up_or_is_not_allowed_installs_nothing()
    {
        await StartAsync(TestContext.Current.CancellationToken);
        var (state, cookie) = await BeginAsync(TestContext.Current.CancellationToken);
        var (other, _) = await BeginAsync(TestContext.Current.CancellationToken);
        var code = _slack.Grants.Allow(_acme);
        string[] refused =
        [
            $"?code={code}", $"?code={code}&state={new string('0', 64)}", $"?code={code}&state={other}", $"?state={state}&code={code}&forged=1",
        ];

        (await EndAsync($"?code={code}&state={state}", null, TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.BadRequest);
        foreach (var query in refused[..3])
            (await EndAsync(query, cookie, TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.BadRequest, query);

        (await EndAsync($"?error=access_denied&state={state}", cookie, TestContext.Current.CancellationToken)).Page.ShouldContain("You did not allow it");
        (await EndAsync($"?code={code}&state={state}", cookie, TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.BadRequest);
        _slack.Calls.ShouldNotContain("oauth.v2.access");

        var stranger = _slack.Other("T0EVIL", "Evil");
        var (refusal, says) = await InstallAsync(stranger, TestContext.Current.CancellationToken);
        refusal.ShouldBe(HttpStatusCode.Forbidden);
        says.ShouldContain("T0EVIL) is not among Slack:AllowedWorkspaces");
        _slack.Calls.ShouldContain("auth.revoke");
        (await InstallAsync(_slack, TestContext.Current.CancellationToken)).Page.ShouldContain("is the workspace of Slack:BotToken");
        _slack.Calls.Count(call => call == "auth.revoke").ShouldBe(1);

        await new SlackUser(stranger, "U0EVE").SayAsync("status", TestContext.Current.CancellationToken);
        await new SlackUser(_slack, "U0ANA").SayAsync("who am i", TestContext.Current.CancellationToken);
        await new SlackUser(_slack, "U0ANA").SeesAsync("Marketer", TestContext.Current.CancellationToken);
        stranger.Desk.Messages.ShouldNotContain(message => message.User == SlackDesk.Bot);
        Bot.Output.ShouldContain("the workspace T0EVIL, in which we are not installed");
    }

    [Fact(Timeout = 600_000)]
    public async Task A_code_counts_once()
    {
        await StartAsync(TestContext.Current.CancellationToken);
        var code = _slack.Grants.Allow(_acme);
        var (first, cookie) = await BeginAsync(TestContext.Current.CancellationToken);
        (await EndAsync($"?code={code}&state={first}", cookie, TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.OK);
        var (second, next) = await BeginAsync(TestContext.Current.CancellationToken);

        (await EndAsync($"?code={code}&state={second}", next, TestContext.Current.CancellationToken)).Page.ShouldContain("invalid_code");
    }

    [Fact(Timeout = 600_000)]
    public async Task A_channel_and_the_people_of_another_workspace_see_their_accounts_alone()
    {
        await StartAsync(TestContext.Current.CancellationToken, "--Demo:History", "true", "--Channels:meta:Feed", $"slack/{Acme}.{SlackBot.Ads}");
        await InstallAsync(_acme, TestContext.Current.CancellationToken);
        var (here, there) = (new SlackUser(_slack, "U0ANA"), new SlackUser(_acme, "U0EVA"));

        await here.SayAsync("campaigns", TestContext.Current.CancellationToken);
        var all = await here.SeesAsync("Puzzle Quest Snap", TestContext.Current.CancellationToken);
        all.Words.ShouldContain("Puzzle Quest installs US");
        await there.SayAsync("campaigns", TestContext.Current.CancellationToken);
        (await there.SeesAsync("Puzzle Quest installs US", TestContext.Current.CancellationToken)).Words.ShouldNotContain("Puzzle Quest Snap");

        var thread = await there.SayInAsync(SlackBot.Ads, null, $"<@{SlackDesk.Bot}> campaigns", TestContext.Current.CancellationToken);
        (await there.SeesAsync(SlackBot.Ads, message => message.Thread == thread, TestContext.Current.CancellationToken)).Words.ShouldNotContain("Puzzle Quest Snap");
        thread = await there.SayInAsync("C0LUNCH", null, $"<@{SlackDesk.Bot}> campaigns", TestContext.Current.CancellationToken);
        (await there.SeesAsync("C0LUNCH", message => message.Thread == thread, TestContext.Current.CancellationToken)).Words.ShouldContain("no campaign");
        await there.LookInAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => _acme.Desk.Homes.ContainsKey("U0EVA"));
        _acme.Desk.Homes["U0EVA"].Words.ShouldNotContain("Puzzle Quest Snap");
        _slack.Desk.Homes.ShouldBeEmpty();
    }

    [Fact(Timeout = 600_000)]
    public async Task A_workspace_that_takes_the_app_out_is_told_to_the_admin_once_and_an_emergency_of_its_account_reaches_the_others()
    {
        await StartAsync(
            TestContext.Current.CancellationToken, "--Demo:History", "true", "--Clock:Speed", "60", "--Channels:default:Incidents", $"slack/{Acme}.{SlackBot.OnCallChannel}",
            "--OnCall:default:0", "slack:U0OLGA", "--People:Roles:slack:U0ADA:0", "Admin");
        await InstallAsync(_acme, TestContext.Current.CancellationToken);
        var (ada, olga) = (new SlackUser(_slack, "U0ADA"), new SlackUser(_slack, "U0OLGA"));

        _slack.Grants.Refuse(_acme, "token_revoked");
        for (var told = 0; told < 2; told++)
            await _acme.DeliverAsync("events_api", Uninstalled(), TestContext.Current.CancellationToken);

        await ada.SeesAsync("took me out of its workspace", TestContext.Current.CancellationToken);
        await new SlackUser(_acme, "U0EVA").SayAsync("status", TestContext.Current.CancellationToken);

        await ada.SayAsync("simulate runaway x10 c1", TestContext.Current.CancellationToken);
        await ada.SeesAsync("began on", TestContext.Current.CancellationToken);
        await ada.SayAsync("fast forward 2 hours", TestContext.Current.CancellationToken);
        await olga.SeesAsync(olga.Direct, message => message.Button("Ack") is not null || message.Words.Contains("STOPPED", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        _acme.Desk.Messages.ShouldNotContain(message => message.User == SlackDesk.Bot);
        _slack.Desk.Messages.Count(message => message.Channel == ada.Direct && message.Words.Contains("took me out of its workspace", StringComparison.Ordinal)).ShouldBe(1);

        await InstallAsync(_acme, TestContext.Current.CancellationToken);
        var back = new SlackUser(_acme, "U0EVA");
        await back.SayAsync("who am i", TestContext.Current.CancellationToken);
        await back.SeesAsync("Viewer", TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_token_that_rotates_is_renewed_when_slack_says_that_it_has_ended_and_the_answer_is_given_all_the_same()
    {
        _slack.Grants.ExpiresIn = 43200;
        await StartAsync(TestContext.Current.CancellationToken);
        await InstallAsync(_acme, TestContext.Current.CancellationToken);
        _slack.Grants.Refuse(_acme, "token_expired");
        var eva = new SlackUser(_acme, "U0EVA");

        await eva.SayAsync("who am i", TestContext.Current.CancellationToken);

        await eva.SeesAsync("Viewer", TestContext.Current.CancellationToken);
        _slack.Calls.Count(call => call == "oauth.v2.access").ShouldBe(2);
        Bot.Output.ShouldContain("was renewed");
    }

    [Fact(Timeout = 600_000)]
    public async Task The_doctor_goes_to_each_workspace_and_back_and_names_the_one_that_fails()
    {
        await StartAsync(TestContext.Current.CancellationToken);
        await InstallAsync(_acme, TestContext.Current.CancellationToken);
        await Bot.StopAsync(TestContext.Current.CancellationToken);

        (await DoctorAsync(TestContext.Current.CancellationToken)).ShouldContain("installed in Acme <b> (T0ACME) as U0BOT");
        _acme.Scopes = string.Join(',', _acme.Scopes.Split(',').Except(["groups:read"]));
        (await DoctorAsync(TestContext.Current.CancellationToken)).ShouldContain("Acme <b> (T0ACME) did not give the app groups:read");
        _slack.Grants.Refuse(_acme, "account_inactive");
        (await DoctorAsync(TestContext.Current.CancellationToken)).ShouldContain("the token for Acme <b> (T0ACME) is refused");
    }

    [Fact(Timeout = 600_000)]
    public async Task Without_a_configured_token_the_workspaces_that_installed_the_app_are_all_there_are()
    {
        await StartAsync(TestContext.Current.CancellationToken, "--Slack:BotToken", "");
        await InstallAsync(_acme, TestContext.Current.CancellationToken);
        var eva = new SlackUser(_acme, "U0EVA");

        await eva.SayAsync("who am i", TestContext.Current.CancellationToken);
        await eva.SeesAsync("Viewer", TestContext.Current.CancellationToken);

        await new SlackUser(_slack, "U0ANA").SayAsync("status", TestContext.Current.CancellationToken);
        _slack.Desk.Messages.ShouldNotContain(message => message.User == SlackDesk.Bot);
    }

    private string[] Arguments(params string[] more) =>
    [
        .. more.Contains("--Demo:History") ? Array.Empty<string>() : ["--empty"], "--Simulator:Seed", "4", .. _slack.Arguments, "--Slack:ClientId", SlackGrants.ClientId, "--Slack:ClientSecret", SlackGrants.ClientSecret,
        "--Slack:AllowedWorkspaces", $"{Acme}, T0LATER", "--Public:Urls", _public.AbsoluteUri, "--People:Roles:slack:U0ANA:0", "Marketer", .. more,
    ];

    private async Task StartAsync(CancellationToken cancellationToken, params string[] more) => _bot = await BotProcess.StartAsync(cancellationToken, Arguments(more));

    private async Task<string> DoctorAsync(CancellationToken cancellationToken) => (await BotProcess.RunAsync(cancellationToken, ["doctor", "--Data:Folder", Bot.Folder, .. Arguments("--Demo:History", "false")])).Output;

    private JsonObject Uninstalled() => new()
    {
        ["type"] = "event_callback", ["team_id"] = _acme.Team, ["event_id"] = $"Ev{Guid.NewGuid():N}", ["event"] = new JsonObject { ["type"] = "app_uninstalled", ["event_ts"] = _acme.Desk.Next() },
    };

    /// <summary>A browser opens the page and is sent to Slack: what it takes along, and the cookie that it keeps.</summary>
    private async Task<(string State, string Cookie)> BeginAsync(CancellationToken cancellationToken)
    {
        using var answer = await _browser.GetAsync(new Uri(_public, "slack/install"), cancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.AbsolutePath.ShouldBe("/oauth/v2/authorize");
        var query = HttpUtility.ParseQueryString(answer.Headers.Location.Query);
        query["client_id"].ShouldBe(SlackGrants.ClientId);
        query["scope"]!.Split(',').ShouldContain("chat:write");
        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        foreach (var guard in new[] { "httponly", "secure", "samesite=lax", "max-age=600", "path=/slack/oauth" })
            cookie.ShouldContain(guard, Case.Insensitive);

        return (query["state"]!, cookie.Split(';')[0]);
    }

    private async Task<(HttpStatusCode Status, string Page)> EndAsync(string query, string? cookie, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_public, $"slack/oauth{query}"));
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);

        using var answer = await _browser.SendAsync(request, cancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    private async Task<(HttpStatusCode Status, string Page)> InstallAsync(SlackStandIn team, CancellationToken cancellationToken)
    {
        var (state, cookie) = await BeginAsync(cancellationToken);
        return await EndAsync($"?code={_slack.Grants.Allow(team)}&state={state}", cookie, cancellationToken);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (!isSo())
            await every.WaitForNextTickAsync(TestContext.Current.CancellationToken);
    }
}
