using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>A message that Slack may have taken without our hearing so is looked for before it is posted again.</summary>
public sealed class SlackOnceTests : IDisposable
{
    private static readonly SlackAccess Access = new(new SlackSelf("T0CAMP001", "U0BOT", "B0BOT"), "xoxb-stand-in");
    private static readonly SlackPlace Channel = SlackPlace.Of(new ConversationId("slack/C0ONCALL"));
    private static readonly SlackPlace Thread = SlackPlace.Of(new ConversationId("slack/C0ONCALL/1767225600.000100"));
    private static readonly SlackContent Content = new(new JsonObject { ["text"] = "stopped" }, Urgent: true);

    private readonly SlackWire _wire = new();
    private readonly SlackPosts _posts;

    public SlackOnceTests()
    {
        var settings = new SlackSettings { BotToken = "xoxb-stand-in", AppToken = "xapp-stand-in" };
        var pace = new SlackPace(TimeProvider.System);
        _posts = new SlackPosts(new SlackApi(new HttpClient(_wire), settings, pace, TimeProvider.System), pace, NullLogger<SlackPosts>.Instance);
        _wire.Answer = call => Task.FromResult(call.Method switch
        {
            "conversations.history" or "conversations.replies" => There("incident/1"),
            "chat.postMessage" => new JsonObject { ["ok"] = true, ["ts"] = "9.9" },
            _ => SlackWire.Ok(),
        });
    }

    public void Dispose() => _wire.Dispose();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private IEnumerable<string> Called => _wire.Calls.Select(call => call.Method);

    [Fact]
    public async Task It_carries_its_key_and_nothing_is_looked_for_when_it_cannot_be_there()
    {
        (await PostAsync(Channel, "incident/1", IfThere.Never)).ShouldBe(new MessageId("9.9"));

        Called.ShouldBe(["chat.postMessage"]);
        _wire.Calls.Single().Arguments["metadata"]!["event_payload"]!["key"]!.GetValue<string>().ShouldBe("incident/1");
    }

    [Fact]
    public async Task One_that_is_there_is_left_or_brought_up_to_date_and_never_posted_twice()
    {
        (await PostAsync(Channel, "incident/1", IfThere.Leave)).ShouldBe(new MessageId("1.1"));
        (await PostAsync(Thread, "incident/1", IfThere.Renew)).ShouldBe(new MessageId("1.1"));

        Called.ShouldBe(["conversations.history", "conversations.replies", "chat.update"]);
    }

    [Fact]
    public async Task A_long_thread_is_looked_through_page_by_page_and_not_without_end()
    {
        var pages = 0;
        _wire.Answer = call => Task.FromResult(call.Method == "conversations.replies" ? Page(++pages) : new JsonObject { ["ok"] = true, ["ts"] = "9.9" });

        (await PostAsync(Thread, "incident/7", IfThere.Leave)).ShouldBe(new MessageId("1.1"));
        _wire.Calls.Select(call => (string?)call.Arguments["cursor"]).ShouldBe([null, "p1", "p2", "p3", "p4", "p5", "p6"]);

        _wire.Calls.Clear();
        pages = 100;
        (await PostAsync(Thread, "incident/7", IfThere.Leave)).ShouldBe(new MessageId("9.9"));
        Called.Count(method => method == "conversations.replies").ShouldBe(10);

        static JsonObject Page(int number)
        {
            var page = There($"incident/{number}");
            page["response_metadata"] = new JsonObject { ["next_cursor"] = $"p{number}" };
            return page;
        }
    }

    [Fact]
    public async Task One_that_is_not_there_is_posted()
    {
        (await PostAsync(Channel, "incident/2", IfThere.Leave)).ShouldBe(new MessageId("9.9"));

        Called.ShouldBe(["conversations.history", "chat.postMessage"]);
    }

    [Fact]
    public async Task Where_slack_does_not_say_it_is_rather_said_twice_than_never()
    {
        _wire.Answer = call => Task.FromResult(call.Method == "conversations.history" ? SlackWire.Refusal("missing_scope") : new JsonObject { ["ok"] = true, ["ts"] = "9.9" });

        (await PostAsync(Channel, "incident/1", IfThere.Leave)).ShouldBe(new MessageId("9.9"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_stop_is_told_while_the_message_before_it_in_its_channel_hangs()
    {
        var hangs = new TaskCompletionSource<JsonObject>();
        _wire.Answer = call => (string?)call.Arguments["text"] == "news" ? hangs.Task : Task.FromResult(new JsonObject { ["ok"] = true, ["ts"] = "9.9" });
        var news = _posts.PostAsync(Access, Channel, new SlackContent(new JsonObject { ["text"] = "news" }, Urgent: false), TestContext.Current.CancellationToken);

        (await _posts.PostAsync(Access, Channel, Content, TestContext.Current.CancellationToken)).ShouldBe(new MessageId("9.9"));

        news.IsCompleted.ShouldBeFalse();
        hangs.SetResult(new JsonObject { ["ok"] = true, ["ts"] = "8.8" });
        (await news).ShouldBe(new MessageId("8.8"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Nothing_is_looked_for_longer_than_ten_seconds()
    {
        var machine = new FakeTimeProvider(A.Noon);
        var pace = new SlackPace(machine);
        var posts = new SlackPosts(new SlackApi(new HttpClient(_wire), new SlackSettings { BotToken = "xoxb-stand-in" }, pace, machine), pace, NullLogger<SlackPosts>.Instance);
        pace.Rest(Access.Self.Workspace, "conversations.history", TimeSpan.FromSeconds(60));

        var posting = posts.PostOnceAsync(Access, Channel, Content with { Urgent = false }, new ChatMessage("news") { Key = "news/1", IfThere = IfThere.Leave }, TestContext.Current.CancellationToken);
        posting.IsCompleted.ShouldBeFalse();
        machine.Advance(TimeSpan.FromSeconds(10));

        (await posting).ShouldBe(new MessageId("9.9"));
        Called.ShouldBe(["chat.postMessage"]);
    }

    private Task<MessageId> PostAsync(SlackPlace place, string key, IfThere ifThere) =>
        _posts.PostOnceAsync(Access, place, Content, new ChatMessage("stopped") { Key = key, IfThere = ifThere }, Now);

    private static JsonObject There(string key) => new()
    {
        ["ok"] = true,
        ["messages"] = new JsonArray(
            new JsonObject { ["ts"] = "2.2", ["text"] = "hello" },
            new JsonObject { ["ts"] = "1.1", ["metadata"] = new JsonObject { ["event_type"] = "campaigns_message", ["event_payload"] = new JsonObject { ["key"] = key } } }),
    };
}
