using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>A Slack that does not answer keeps nobody from knowing where to post; one that will not draw a message gets it in words.</summary>
public sealed class SlackFaultsTests : IDisposable
{
    private static readonly PersonId Olga = new("slack:U0OLGA");
    private static readonly SlackAccess Access = new(new SlackSelf("T0CAMP001", "U0BOT", "B0BOT"), "xoxb-stand-in");
    private static readonly SlackPlace Channel = SlackPlace.Of(new ConversationId("slack/C0ONCALL"));

    private readonly SlackWire _wire = new();
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly SlackApi _api;
    private readonly SlackPeople _people;

    public SlackFaultsTests()
    {
        var settings = new SlackSettings { BotToken = "xoxb-stand-in", AppToken = "xapp-stand-in" };
        _api = new SlackApi(new HttpClient(_wire), settings, new SlackPace(_machine), _machine);
        _people = new SlackPeople(_api, new SlackWorkspaces(_api, settings), new MemoryConversations(), NullLogger<SlackPeople>.Instance);
    }

    public void Dispose() => _wire.Dispose();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Where_somebody_is_reached_is_known_at_once_while_slack_hangs()
    {
        _wire.Answer = _ => new TaskCompletionSource<JsonObject>().Task;

        var place = await _people.DirectAsync(Olga, TestContext.Current.CancellationToken).WaitAsync(TestContext.Current.CancellationToken);

        place.ShouldBe(new ConversationId("slack/@U0OLGA"));
        SlackPeople.FindReader(place).ShouldBe(Olga);
        _wire.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_posted_there_opens_the_conversation_that_is_known_from_then_on()
    {
        var place = SlackPlace.Of(await _people.DirectAsync(Olga, Now));

        (await _people.ReachAsync(place, Now)).Conversation.ShouldBe(new ConversationId("slack/D0OLGA"));

        (await _people.DirectAsync(Olga, Now)).ShouldBe(new ConversationId("slack/D0OLGA"));
        await _people.ReachAsync(place, Now);
        _wire.Calls.Count(call => call.Method == "conversations.open").ShouldBe(1);
    }

    [Theory]
    [InlineData("blocks")]
    [InlineData("attachments")]
    public async Task An_edit_that_slack_refuses_to_draw_is_made_in_words_without_what_stood_there(string part)
    {
        _wire.Answer = call => Task.FromResult(call.Arguments[part] is JsonArray { Count: > 0 } ? SlackWire.Refusal("invalid_blocks") : SlackWire.Ok());
        var content = new SlackContent(new JsonObject { ["text"] = "stopped, resumed by Olga", [part] = new JsonArray(new JsonObject { ["type"] = "odd" }) }, Urgent: false);

        (await Posts().TryEditAsync(Access, Channel, new MessageId("1767225600.000100"), content, Now)).ShouldBeTrue();

        var edit = _wire.Calls.Last().Arguments;
        ((string?)edit["text"], edit["blocks"]!.AsArray().Count, edit["attachments"]!.AsArray().Count).ShouldBe(("stopped, resumed by Olga", 0, 0));
    }

    [Fact]
    public async Task An_edit_in_words_that_is_refused_is_a_fault_and_not_tried_for_ever()
    {
        _wire.Answer = _ => Task.FromResult(SlackWire.Refusal("msg_too_long"));
        var content = new SlackContent(new JsonObject { ["text"] = "stopped", ["blocks"] = new JsonArray(new JsonObject()) }, Urgent: false);

        await Should.ThrowAsync<SlackException>(() => Posts().TryEditAsync(Access, Channel, new MessageId("1767225600.000100"), content, Now));

        _wire.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_urgent_is_looked_for_no_longer_than_three_seconds_and_posted()
    {
        _wire.Answer = call => call.Method == "conversations.history" ? new TaskCompletionSource<JsonObject>().Task : Task.FromResult(new JsonObject { ["ok"] = true, ["ts"] = "9.9" });
        var post = Posts().PostOnceAsync(Access, Channel, new SlackContent(new JsonObject { ["text"] = "stopped" }, Urgent: true), new ChatMessage("stopped") { Key = "incident/1", IfThere = IfThere.Renew }, Now);
        while (_wire.Calls.IsEmpty)
            await Task.Yield();

        _machine.Advance(TimeSpan.FromSeconds(2));
        post.IsCompleted.ShouldBeFalse();
        _machine.Advance(TimeSpan.FromSeconds(1));

        (await post).ShouldBe(new MessageId("9.9"));
    }

    [Fact]
    public async Task What_has_to_rest_for_longer_than_two_minutes_is_neither_waited_for_nor_asked_again_until_then()
    {
        _wire.Limited = _ => _wire.Calls.Count > 1 ? null : TimeSpan.FromMinutes(30);

        (await Should.ThrowAsync<SlackException>(CallAsync)).RetryAfter.ShouldBe(TimeSpan.FromMinutes(30));
        _machine.Advance(TimeSpan.FromMinutes(20));
        (await Should.ThrowAsync<SlackException>(CallAsync)).Kind.ShouldBe(SlackFault.Limited);
        _wire.Calls.Count.ShouldBe(1);

        _machine.Advance(TimeSpan.FromMinutes(10));
        await CallAsync();
        _wire.Calls.Count.ShouldBe(2);

        Task<JsonObject> CallAsync() => _api.CallAsync(Access.Call("chat.update", []), Now);
    }

    [Fact]
    public async Task No_longer_than_an_hour_is_believed()
    {
        _wire.Limited = _ => TimeSpan.FromDays(1);

        (await Should.ThrowAsync<SlackException>(() => _api.CallAsync(Access.Call("chat.update", []), Now))).RetryAfter.ShouldBe(TimeSpan.FromHours(1));
    }

    private SlackPosts Posts() => new(_api, new SlackPace(_machine), NullLogger<SlackPosts>.Instance);
}
