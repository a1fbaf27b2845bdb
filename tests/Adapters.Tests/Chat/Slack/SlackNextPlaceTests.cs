using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>What cannot be said or opened where it belongs is said in the next best place, also over a restart.</summary>
public sealed class SlackNextPlaceTests : IDisposable
{
    private static readonly SlackAccess Access = new(new SlackSelf("T0CAMP001", "U0BOT", "B0BOT"), "xoxb-stand-in");
    private static readonly SlackPlace Thread = SlackPlace.Of(new ConversationId("slack/C0ADS/1767225600.000100"));
    private static readonly SlackNews.Pressed Press = new("p1", new SlackPerson("U0ANA", null), Thread, "1767225600.000200", "k1.0", [], "9.8", null);

    private readonly SlackWire _wire = new();
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly Bench _core = new();

    public void Dispose() => _wire.Dispose();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private IEnumerable<(string Method, string? Channel, string? Thread, string? Text)> Said => _wire.Calls.Where(call => call.Method.StartsWith("chat.", StringComparison.Ordinal))
        .Select(call => (call.Method, (string?)call.Arguments["channel"], (string?)call.Arguments["thread_ts"], (string?)call.Arguments["text"]));

    [Theory]
    [InlineData("thread_not_found")]
    [InlineData("cannot_reply_to_message")]
    public async Task What_was_to_be_said_in_a_deleted_thread_is_said_in_its_channel(string error)
    {
        Refuse("chat.postMessage", error, call => call.Arguments["thread_ts"] is not null);

        (await Posts().PostAsync(Access, Thread, new SlackContent(new JsonObject { ["text"] = "paused" }, Urgent: false), Now)).ShouldBe(new MessageId("9.9"));

        Said.Last().ShouldBe(("chat.postMessage", "C0ADS", null, "paused"));
    }

    [Fact]
    public async Task A_word_for_one_person_is_said_beside_the_channel_when_its_thread_was_deleted()
    {
        Refuse("chat.postEphemeral", "thread_not_found", call => call.Arguments["thread_ts"] is not null);

        (await Posts().WhisperAsync(Access, Thread, "U0ANA", "only Max's answers count", Now)).ShouldBeTrue();

        Said.Last().ShouldBe(("chat.postEphemeral", "C0ADS", null, "only Max's answers count"));
    }

    [Theory]
    [InlineData("not_in_channel")]
    [InlineData("is_archived")]
    [InlineData("user_not_in_channel")]
    public async Task A_word_for_one_person_is_said_to_them_alone_where_the_channel_takes_nothing(string error)
    {
        Refuse("chat.postEphemeral", error, _ => true);

        (await Posts().WhisperAsync(Access, Thread, "U0ANA", "only Max's answers count", Now)).ShouldBeTrue();

        Said.Last().ShouldBe(("chat.postMessage", "D0ANA", null, "only Max's answers count"));
    }

    [Theory]
    [InlineData("expired_trigger_id", "The window did not open in time. Press the button again, or type your answer here; nothing was changed.")]
    [InlineData("exchanged_trigger_id", "The window did not open in time. Press the button again, or type your answer here; nothing was changed.")]
    [InlineData("invalid_arguments", "Slack does not show that window as I made it, which is my fault and stands in my log. Type your answer here instead; nothing was changed.")]
    [InlineData("token_revoked", "Slack does not let me open windows (token_revoked): an Admin has to install the app again. Until then type your answer here; nothing was changed.")]
    public async Task A_window_that_does_not_open_is_told_with_what_to_do_and_is_then_not_awaited_any_more(string error, string says)
    {
        Refuse("views.open", error, _ => true);
        var windows = Windows();
        await windows.AwaitAsync(Press, "Fill in…", Now);

        await windows.OpenAsync(Access, Press, [], Now);

        Said.Single().ShouldBe(("chat.postEphemeral", "C0ADS", "1767225600.000100", SlackText.Escape(says)));
        (await Windows().TellUnopenedAsync(FindAsync, Now)).ShouldBeTrue();
        Said.Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_press_whose_window_did_not_open_before_the_program_ended_is_told_after_the_start_once()
    {
        await Windows().AwaitAsync(Press, "Override…", Now);

        (await Windows().TellUnopenedAsync(FindAsync, Now)).ShouldBeTrue();
        (await Windows().TellUnopenedAsync(FindAsync, Now)).ShouldBeTrue();

        Said.Single().ShouldBe(
            ("chat.postEphemeral", "C0ADS", "1767225600.000100", "I was restarted while the window of \"Override…\" was to open. If you do not see it, press the button again, or type your answer here; nothing was changed."));
    }

    [Fact]
    public async Task It_is_told_later_when_slack_cannot_be_reached_at_the_start()
    {
        await Windows().AwaitAsync(Press, "Override…", Now);
        _wire.Answer = call => Task.FromResult(call.Method.StartsWith("chat.", StringComparison.Ordinal) ? SlackWire.Refusal("msg_too_long") : SlackWire.Usual(call));
        (await Windows().TellUnopenedAsync(FindAsync, Now)).ShouldBeFalse();
        _wire.Answer = call => Task.FromResult(SlackWire.Usual(call));

        (await Windows().TellUnopenedAsync(FindAsync, Now)).ShouldBeTrue();

        Said.Count(said => said.Method == "chat.postEphemeral").ShouldBe(2);
    }

    [Theory]
    [InlineData("msg_too_long")]
    [InlineData("missing_scope")]
    [InlineData("message_not_found")]
    public async Task A_word_for_one_person_that_slack_refuses_for_any_reason_is_said_to_them_alone(string error)
    {
        Refuse("chat.postEphemeral", error, call => true);

        (await Posts().WhisperAsync(Access, Thread, "U0ANA", "only Max's answers count", Now)).ShouldBeTrue();

        Said.Last().ShouldBe(("chat.postMessage", "D0ANA", null, "only Max's answers count"));
    }

    [Fact]
    public async Task What_somebody_pressed_answers_them_five_times_and_for_half_an_hour_where_nothing_else_does()
    {
        Refuse("chat.postEphemeral", "not_in_channel", _ => true);
        var posts = Posts(Responses());
        posts.Heard(Thread, Press.Person, "https://hooks.slack.com/actions/T0CAMP001/1/x");

        for (var time = 0; time < 6; time++)
            (await posts.WhisperAsync(Access, Thread, "U0ANA", $"word {time} <b>", Now)).ShouldBeTrue();

        var answered = _wire.Calls.Where(call => call.Method == "x").Select(call => call.Arguments).ToList();
        answered.Select(said => (string?)said["text"]).ShouldBe(Enumerable.Range(0, 5).Select(time => $"word {time} &lt;b&gt;"));
        answered.ShouldAllBe(said => (string?)said["response_type"] == "ephemeral" && !(bool)said["replace_original"]! && (string?)said["thread_ts"] == Thread.Thread);
        Said.Last().ShouldBe(("chat.postMessage", "D0ANA", null, "word 5 &lt;b&gt;"));

        posts.Heard(Thread, Press.Person, "https://hooks.slack.com/actions/T0CAMP001/1/x");
        _machine.Advance(TimeSpan.FromMinutes(30));
        await posts.WhisperAsync(Access, Thread, "U0ANA", "too late", Now);
        Said.Last().Text.ShouldBe("too late");
    }

    [Theory]
    [InlineData("https://hooks.slack.com.example.com/actions/x")]
    [InlineData("http://hooks.slack.com/actions/x")]
    [InlineData("https://me@hooks.slack.com/actions/x")]
    [InlineData("https://example.com/x")]
    [InlineData("garbage")]
    public async Task Nothing_is_said_to_an_address_that_is_not_slacks(string address)
    {
        var posts = Posts(Responses());
        posts.Heard(Thread, Press.Person, address);

        (await posts.TryAnswerAsync(Thread, Press.Person, new JsonObject { ["text"] = "paused" }, Now)).ShouldBeFalse();

        _wire.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_whoever_pressed_is_answered_by_it()
    {
        var posts = Posts(Responses());
        posts.Heard(Thread, Press.Person, "https://hooks.slack.com/actions/T0CAMP001/1/x");

        (await posts.TryAnswerAsync(Thread, new SlackPerson("U0MAX", null), new JsonObject { ["text"] = "paused" }, Now)).ShouldBeFalse();
        (await posts.TryAnswerAsync(Thread, Press.Person, new JsonObject { ["text"] = "paused" }, Now)).ShouldBeTrue();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_window_is_opened_in_time_while_the_database_does_not_answer_and_what_it_opened_is_not_told_as_unopened()
    {
        var slow = new SlowSettings(_core.Settings) { Wait = new TaskCompletionSource() };
        var windows = Windows(slow);

        var keeping = windows.AwaitAsync(Press, "Fill in…", TestContext.Current.CancellationToken);
        _machine.Advance(TimeSpan.FromSeconds(1));
        (await keeping).ShouldBeFalse();
        await windows.OpenAsync(Access, Press, [], TestContext.Current.CancellationToken);
        _wire.Calls.Last().Method.ShouldBe("views.open");

        slow.Wait.SetResult();
        await LaterAsync();
        await Windows().TellUnopenedAsync(FindAsync, TestContext.Current.CancellationToken);
        Said.ShouldBeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task That_a_window_is_open_is_written_again_until_it_is_written()
    {
        var store = new SlowSettings(_core.Settings);
        var windows = Windows(store);
        await windows.AwaitAsync(Press, "Fill in…", TestContext.Current.CancellationToken);
        store.Fails = 2;

        await windows.OpenAsync(Access, Press, [], TestContext.Current.CancellationToken);
        while (store.Fails > 0)
        {
            _machine.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        await LaterAsync();
        await Windows().TellUnopenedAsync(FindAsync, TestContext.Current.CancellationToken);
        Said.ShouldBeEmpty();
    }

    /// <summary>After what goes on by itself had its time.</summary>
    private async Task LaterAsync()
    {
        for (var turn = 0; turn < 20; turn++)
        {
            _machine.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
        }
    }

    private SlackResponses Responses() => new(new HttpClient(_wire), new SlackSettings { BotToken = "xoxb-stand-in" }, _machine, NullLogger<SlackResponses>.Instance);

    /// <summary>Settings that take their time, or do not take what they are given.</summary>
    private sealed class SlowSettings(ISettingsStore inner) : ISettingsStore
    {
        public TaskCompletionSource? Wait { get; init; }

        public int Fails { get; set; }

        public Task<T?> FindAsync<T>(WorkspaceId workspace, string name, CancellationToken cancellationToken) where T : class => inner.FindAsync<T>(workspace, name, cancellationToken);

        public async Task SetAsync<T>(WorkspaceId workspace, string name, T value, CancellationToken cancellationToken) where T : class
        {
            if (Wait is not null)
                await Wait.Task;

            if (Fails-- > 0)
                throw new IOException("The database is away.");

            await inner.SetAsync(workspace, name, value, cancellationToken);
        }

        public Task SetAsync<T>(WorkspaceId workspace, string name, T value, AuditEntry entry, CancellationToken cancellationToken) where T : class =>
            inner.SetAsync(workspace, name, value, entry, cancellationToken);
    }

    [Fact]
    public async Task A_window_that_opens_is_awaited_by_nobody()
    {
        var windows = Windows();
        await windows.AwaitAsync(Press, "Fill in…", Now);
        await windows.OpenAsync(Access, Press, [], Now);

        await Windows().TellUnopenedAsync(FindAsync, Now);

        Said.ShouldBeEmpty();
    }

    private void Refuse(string method, string error, Func<SlackCalled, bool> when) => _wire.Answer = call => Task.FromResult(
        call.Method == method && when(call) ? SlackWire.Refusal(error) : call.Method == "chat.postMessage" ? new JsonObject { ["ok"] = true, ["ts"] = "9.9" } : SlackWire.Usual(call));

    private static Task<SlackAccess?> FindAsync(string? workspace, CancellationToken cancellationToken) => Task.FromResult<SlackAccess?>(Access);

    private SlackApi Api(SlackPace pace) => new(new HttpClient(_wire), new SlackSettings { BotToken = "xoxb-stand-in" }, pace, _machine);

    private SlackPosts Posts(SlackResponses? responses = null)
    {
        var pace = new SlackPace(_machine);
        return new SlackPosts(Api(pace), pace, NullLogger<SlackPosts>.Instance, responses);
    }

    /// <summary>As each life of the program has them, over what is kept.</summary>
    private SlackWindows Windows(ISettingsStore? settings = null) =>
        new(Api(new SlackPace(_machine)), Posts(), null!, new AwaitedWindows(settings ?? _core.Settings, _machine), NullLogger<SlackWindows>.Instance);
}
