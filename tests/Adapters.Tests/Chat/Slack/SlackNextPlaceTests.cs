using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
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
    [InlineData("expired_trigger_id")]
    [InlineData("exchanged_trigger_id")]
    [InlineData("invalid_arguments")]
    public async Task A_window_that_does_not_open_is_told_with_what_to_do_and_is_then_not_awaited_any_more(string error)
    {
        Refuse("views.open", error, _ => true);
        var windows = Windows();
        await windows.AwaitAsync(Press, "Fill in…", Now);

        await windows.OpenAsync(Access, Press, [], Now);

        Said.Single().ShouldBe(("chat.postEphemeral", "C0ADS", "1767225600.000100", "The window did not open in time. Press the button again, or type your answer here; nothing was changed."));
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
            ("chat.postEphemeral", "C0ADS", "1767225600.000100", "I was restarted before the window of \"Override…\" opened. Press it again, or type your answer here; nothing was changed."));
    }

    [Fact]
    public async Task It_is_told_later_when_slack_cannot_be_reached_at_the_start()
    {
        await Windows().AwaitAsync(Press, "Override…", Now);
        Refuse("chat.postEphemeral", "msg_too_long", _ => true);
        (await Windows().TellUnopenedAsync(FindAsync, Now)).ShouldBeFalse();
        _wire.Answer = call => Task.FromResult(SlackWire.Usual(call));

        (await Windows().TellUnopenedAsync(FindAsync, Now)).ShouldBeTrue();

        Said.Count().ShouldBe(2);
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

    private SlackPosts Posts()
    {
        var pace = new SlackPace(_machine);
        return new SlackPosts(Api(pace), pace, NullLogger<SlackPosts>.Instance);
    }

    /// <summary>As each life of the program has them, over what is kept.</summary>
    private SlackWindows Windows() => new(Api(new SlackPace(_machine)), Posts(), null!, new AwaitedWindows(_core.Settings, _machine), NullLogger<SlackWindows>.Instance);
}
