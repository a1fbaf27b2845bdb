using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Rooms;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>Channels of Slack as people name them.</summary>
public sealed class SlackRoomsTests : IDisposable
{
    private static readonly ConversationId Thread = new("slack/C0SETUP/1767225600.000100");

    private readonly SlackWire _wire = new();
    private readonly SlackRooms _rooms;
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly JsonObject _about = new() { ["id"] = "C0ADS", ["name"] = "ads", ["is_member"] = true };

    public SlackRoomsTests()
    {
        var settings = new SlackSettings { BotToken = "xoxb-stand-in", AppToken = "xapp-stand-in" };
        var api = new SlackApi(new HttpClient(_wire), settings, new SlackPace(_machine), _machine);
        _rooms = new SlackRooms(api, new SlackWorkspaces(api, settings));
        _wire.Answer = call => Task.FromResult(call.Method switch
        {
            "conversations.info" => new JsonObject { ["ok"] = true, ["channel"] = _about.DeepClone() },
            "conversations.list" => Page((string?)call.Arguments["cursor"]),
            _ => SlackWire.Usual(call),
        });
    }

    public void Dispose() => _wire.Dispose();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private IEnumerable<string?> Asked(string method, string argument) => _wire.Calls.Where(call => call.Method == method).Select(call => (string?)call.Arguments[argument]);

    [Theory]
    [InlineData("#ads", "C0ADS")]
    [InlineData("#ADS", "C0ADS")]
    [InlineData("#C0MENTION", "C0MENTION")]
    [InlineData("slack/C0WRITTEN", "C0WRITTEN")]
    [InlineData("here", "C0SETUP")]
    public async Task A_channel_is_found_by_its_name_its_id_or_as_the_one_that_one_is_in(string said, string id)
    {
        (await _rooms.FindAsync(said, Thread, Now)).ShouldBe(new FoundRoom.Open(new ConversationId($"slack/{id}"), "#ads"));

        Asked("conversations.info", "channel").ShouldBe([id]);
    }

    [Fact]
    public async Task A_channel_is_called_by_its_name_once_it_was_looked_at_and_by_its_id_before()
    {
        var ads = new ConversationId("slack/C0ADS");
        _rooms.NameOf(ads).ShouldBe("slack/C0ADS");

        await _rooms.IsSharedAsync(ads, Now);

        _rooms.NameOf(ads).ShouldBe("#ads (slack/C0ADS)");
        _rooms.NameOf(new ConversationId("slack")).ShouldBe("slack");
    }

    [Fact]
    public async Task A_name_is_looked_for_on_every_page()
    {
        await _rooms.FindAsync("#ads", Thread, Now);

        Asked("conversations.list", "cursor").ShouldBe([null, "page2"]);
    }

    [Theory]
    [InlineData("is_archived", true, "#ads is archived. Unarchive it, or name another channel.")]
    [InlineData("is_ext_shared", true, "#ads is shared with another organisation, which would read budgets and stops. Name a channel of your own.")]
    [InlineData("is_member", false, "I am not in #ads, so nothing can be posted there. Say \"/invite @campaigns\" in it, and then say it again here.")]
    public async Task What_takes_no_messages_of_ours_says_what_would_be_right(string mark, bool isSo, string says)
    {
        _about[mark] = isSo;

        (await _rooms.FindAsync("#ads", Thread, Now)).ShouldBe(new FoundRoom.Not(says));
    }

    [Theory]
    [InlineData("#nowhere")]
    [InlineData("slack/C0PRIVATE")]
    public async Task A_private_channel_without_us_is_as_one_that_is_not_there(string said)
    {
        var usual = _wire.Answer;
        _wire.Answer = call => call.Method == "conversations.info" ? Task.FromResult(SlackWire.Refusal("channel_not_found")) : usual(call);

        (await _rooms.FindAsync(said, Thread, Now)).ShouldBeOfType<FoundRoom.Not>().Says.ShouldBe(
            $"There is no channel {said} that I can see. Look at its name; if it is private, say \"/invite @campaigns\" in it first, and then say it again here.");
    }

    [Fact]
    public async Task A_direct_conversation_is_no_channel() =>
        (await _rooms.FindAsync("here", new ConversationId("slack/D0ANA"), Now)).ShouldBeOfType<FoundRoom.Not>().Says.ShouldStartWith("This is our direct conversation");

    [Fact]
    public async Task A_scope_that_is_missing_is_said()
    {
        _wire.Answer = call => Task.FromResult(call.Method == "conversations.info" ? SlackWire.Refusal("missing_scope") : SlackWire.Usual(call));

        (await _rooms.FindAsync("here", Thread, Now)).ShouldBeOfType<FoundRoom.Not>().Says.ShouldContain("channels:read and groups:read");
    }

    [Theory]
    [InlineData("name", null)]
    [InlineData("is_ext_shared", "This channel is shared with another organisation, so I show and do nothing of our accounts here. Say it to me in a direct message, or in a channel that is ours alone.")]
    [InlineData("is_pending_ext_shared", "This channel is shared with another organisation, so I show and do nothing of our accounts here. Say it to me in a direct message, or in a channel that is ours alone.")]
    public async Task Who_else_reads_a_channel_is_asked_once_a_minute(string mark, string? says)
    {
        _about[mark] = mark == "name" ? "ads" : true;

        (await _rooms.StrangersAsync(Thread, Now)).ShouldBe(says);
        (await _rooms.StrangersAsync(new ConversationId("slack/C0SETUP"), Now)).ShouldBe(says);
        Asked("conversations.info", "channel").ShouldBe(["C0SETUP"]);

        _about["is_ext_shared"] = true;
        _machine.Advance(TimeSpan.FromMinutes(1));
        (await _rooms.StrangersAsync(Thread, Now)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_channel_of_which_slack_does_not_say_who_reads_it_is_not_taken_for_ours_alone()
    {
        _wire.Answer = call => Task.FromResult(call.Method == "conversations.info" ? SlackWire.Refusal("missing_scope") : SlackWire.Usual(call));

        (await _rooms.StrangersAsync(Thread, Now)).ShouldNotBeNull().ShouldStartWith("Slack does not say just now whether another organisation reads this channel");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_a_message_to_several_people_it_is_said_where_to_say_it(bool isTold)
    {
        _about["is_mpim"] = true;
        var refused = SlackWire.Refusal("missing_scope");
        refused["needed"] = "mpim:read";
        _wire.Answer = call => Task.FromResult(call.Method != "conversations.info" ? SlackWire.Usual(call) : isTold ? new JsonObject { ["ok"] = true, ["channel"] = _about.DeepClone() } : refused);

        (await _rooms.StrangersAsync(Thread, Now)).ShouldNotBeNull().ShouldEndWith("Say it to me alone, or in a channel that I am in.");
        (await _rooms.IsSharedAsync(Thread, Now)).ShouldBeNull();
    }

    [Fact]
    public async Task One_that_was_shared_when_slack_said_so_last_counts_as_shared_while_it_does_not_say()
    {
        _about["is_ext_shared"] = true;
        var before = await _rooms.IsSharedAsync(Thread, Now);
        _machine.Advance(TimeSpan.FromMinutes(1));
        _wire.Answer = call => Task.FromResult(call.Method == "conversations.info" ? SlackWire.Refusal("missing_scope") : SlackWire.Usual(call));

        (before, await _rooms.IsSharedAsync(Thread, Now)).ShouldBe((true, true));
        (await _rooms.IsSharedAsync(new ConversationId("slack/C0NEVER"), Now)).ShouldBeNull();
    }

    [Fact]
    public async Task However_many_wait_slack_is_asked_once_and_not_again_at_once_where_it_did_not_say()
    {
        var answer = new TaskCompletionSource<JsonObject>();
        _wire.Answer = call => call.Method == "conversations.info" ? answer.Task : Task.FromResult(SlackWire.Usual(call));

        var asking = Enumerable.Range(0, 3).Select(_ => _rooms.IsSharedAsync(Thread, Now)).ToList();
        _machine.Advance(TimeSpan.FromSeconds(3));
        (await Task.WhenAll(asking)).ShouldAllBe(isShared => isShared == null);
        (await _rooms.IsSharedAsync(Thread, Now)).ShouldBeNull();

        Asked("conversations.info", "channel").ShouldHaveSingleItem();
        answer.SetResult(SlackWire.Refusal("internal_error"));
    }

    private static JsonObject Page(string? cursor) => new()
    {
        ["ok"] = true,
        ["channels"] = new JsonArray(cursor == "page2" ? new JsonObject { ["id"] = "C0ADS", ["name"] = "ads" } : new JsonObject { ["id"] = "C0OTHER", ["name"] = "other" }),
        ["response_metadata"] = new JsonObject { ["next_cursor"] = cursor == "page2" ? "" : "page2" },
    };
}
