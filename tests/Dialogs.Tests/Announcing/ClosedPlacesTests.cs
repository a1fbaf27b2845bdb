using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>A channel that takes no messages is told to those who can put it right.</summary>
public sealed class ClosedPlacesTests
{
    private static readonly ConversationId Feed = new("local/feed");

    private readonly ChatBench _bench = new();
    private readonly ClosedPlaces _closed;

    public ClosedPlacesTests() => _closed = new ClosedPlaces(_bench.Chat, _bench.Audience, _bench.Core.People, _bench.Accounts, _bench.Core.Machine);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_Admin_is_told_once_what_is_so_and_what_puts_it_right()
    {
        await CloseAsync();
        await _closed.TellAsync(Now);
        await CloseAsync();
        await _closed.TellAsync(Now);

        _bench.SeenBy("you").ShouldBe(["I cannot post to local/feed: it is archived; unarchive it. What was to be said there waits for it; or say \"setup\" to name another channel."]);
        _bench.SeenBy("olga").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_Admin_whose_own_conversation_is_closed_keeps_nobody_else_from_being_told()
    {
        _bench.Channel.Closed = place => place.Value is "local/feed" or "local/ada" ? "it is archived; unarchive it" : null;
        await Should.ThrowAsync<ClosedPlaceException>(() => _bench.Chat.PostAsync(Feed, new ChatMessage("c1 stands"), Now));
        await Should.ThrowAsync<ClosedPlaceException>(() => _bench.Chat.PostAsync(new ConversationId("local/ada"), new ChatMessage("c1 stands"), Now));

        await new ClosedPlaces(_bench.Chat, _bench.Audience, new FakePeople(FakePeople.Local("ada", Role.Admin), FakePeople.You), _bench.Accounts, _bench.Core.Machine).TellAsync(Now);

        _bench.SeenBy("you").Count.ShouldBe(2);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_Admin_whose_chat_hangs_or_fails_keeps_nobody_else_from_being_told()
    {
        await CloseAsync();
        var hangs = new TaskCompletionSource();
        _bench.Channel.Takes = place => place.Value == "local/ada" ? hangs.Task : Task.CompletedTask;
        _bench.Channel.IsAway = place => place.Value == "local/bo";
        var closed = new ClosedPlaces(
            _bench.Chat, _bench.Audience, new FakePeople(FakePeople.Local("ada", Role.Admin), FakePeople.Local("bo", Role.Admin), FakePeople.You), _bench.Accounts, _bench.Core.Machine);

        var telling = closed.TellAsync(TestContext.Current.CancellationToken);
        _bench.SeenBy("you").ShouldHaveSingleItem();
        _bench.Core.Machine.Advance(ChatDesk.Patience);

        (await Should.ThrowAsync<AggregateException>(() => telling)).InnerExceptions.Count.ShouldBe(2);
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(30));
        _ = closed.TellAsync(Now);
        _bench.SeenBy("you").ShouldHaveSingleItem("once");
        hangs.SetResult();
    }

    [Fact]
    public async Task Somebody_who_cannot_be_written_to_alone_is_told_to_every_Admin_once()
    {
        _bench.Channel.Unopened = place => place.Value == "local/max" ? "the app is not there for them; add it for them in Teams" : null;
        foreach (var subject in new[] { "approval/ap-1", "approval/ap-2" })
        {
            await Should.ThrowAsync<ClosedPlaceException>(() => _bench.Chat.AnnounceAsync(new ConversationId("local/max"), subject, new ChatMessage("decide"), Now));
            await _closed.TellAsync(Now);
        }

        _bench.SeenBy("you").ShouldBe(["I cannot write to max alone: the app is not there for them; add it for them in Teams. What they have to decide or to hear waits for that."]);
    }

    [Fact]
    public async Task All_threads_of_a_closed_channel_are_told_of_once()
    {
        await CloseAsync();
        foreach (var thread in new[] { "local/feed/1", "local/feed/2" })
            await Should.ThrowAsync<ClosedPlaceException>(() => _bench.Chat.PostAsync(new ConversationId(thread), new ChatMessage("c1 stands"), Now));

        await _closed.TellAsync(Now);

        _bench.SeenBy("you").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_became_shared_since_an_account_was_bound_to_it_is_told_nothing_unasked_and_every_Admin_hears_why()
    {
        _bench.Core.Accounts.Bind(new ChannelBinding(A.Account().Id, Feed.Value, "", "", []));
        _bench.Channel.IsRoom = place => ChatDesk.IsIn(place, Feed.Value);
        var rooms = (FakeRooms)_bench.Rooms[0];
        await _bench.Chat.AnnounceAsync(Feed, "campaign/c-1", new ChatMessage("c1 stands"), Now);

        rooms.Strangers = _ => "Others read this channel.";
        await Should.ThrowAsync<ClosedPlaceException>(() => _bench.Chat.AnnounceAsync(Feed, "campaign/c-1", new ChatMessage("c1 spent $480"), Now));
        await Should.ThrowAsync<ClosedPlaceException>(() => _bench.Chat.AnnounceAsync(new ConversationId("local/feed/1"), "news/7", new ChatMessage("c1 spent $480"), Now));
        await _bench.Chat.EditAllAsync("campaign/c-1", new ChatMessage("c1 spent $480"), Now);
        await _closed.TellAsync(Now);

        _bench.Channel.In(Feed).ShouldHaveSingleItem().Message.Text.ShouldBe("c1 stands");
        _bench.SeenBy("you").ShouldBe(["I cannot post to local/feed: it became shared with another organisation after accounts were bound to it; end the sharing. What was to be said there waits for it; or say \"setup\" to name another channel."]);

        rooms.Strangers = _ => null;
        await _bench.Chat.AnnounceAsync(Feed, "campaign/c-1", new ChatMessage("c1 spent $480"), Now);
        _bench.Channel.In(Feed).ShouldHaveSingleItem().Message.Text.ShouldBe("c1 spent $480");
        _bench.Chat.Closed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_channel_that_was_opened_and_closed_again_is_told_again()
    {
        await CloseAsync();
        await _closed.TellAsync(Now);
        _bench.Channel.Closed = _ => null;
        await _bench.Chat.PostAsync(new ConversationId("local/feed/1"), new ChatMessage("c1 runs"), Now);
        await _closed.TellAsync(Now);
        await CloseAsync();
        await _closed.TellAsync(Now);

        _bench.SeenBy("you").Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_Admin_who_cannot_be_reached_is_told_later()
    {
        await CloseAsync();
        _bench.Channel.IsAway = conversation => conversation != Feed;
        await Should.ThrowAsync<AggregateException>(() => _closed.TellAsync(Now));
        _bench.Channel.IsAway = _ => false;
        await _closed.TellAsync(Now);

        _bench.SeenBy("you").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Of_a_channel_for_emergencies_whoever_they_call_is_told_too()
    {
        Bind(incidents: Feed.Value);
        await CloseAsync();
        await _closed.TellAsync(Now);
        await _closed.TellAsync(Now);

        _bench.SeenBy("you").ShouldHaveSingleItem();
        _bench.SeenBy("olga").ShouldBe(_bench.SeenBy("you"));
        _bench.SeenBy("ana").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_chat_told_by_itself_is_told_before_anything_is_refused_and_anew_once_it_was_opened()
    {
        Bind(feed: Feed.Value);
        await _bench.Shut.ToldAsync(Feed, "I am not in it; say \"/invite @campaigns\" there", Now);
        await _closed.TellAsync(Now);
        await CloseAsync();
        await _closed.TellAsync(Now);
        _bench.SeenBy("you").ShouldBe(["I cannot post to local/feed: I am not in it; say \"/invite @campaigns\" there. What was to be said there waits for it; or say \"setup\" to name another channel."]);

        _bench.Shut.Opened(Feed);
        await _closed.TellAsync(Now);
        await _bench.Shut.ToldAsync(Feed, "it was deleted", Now);
        await _closed.TellAsync(Now);

        _bench.SeenBy("you").Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_channel_that_nothing_is_posted_to_concerns_nobody()
    {
        Bind(feed: Feed.Value);

        await _bench.Shut.ToldAsync(new ConversationId("local/lunch"), "it is archived; unarchive it", Now);

        _bench.Shut.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CampaignStatus.Active, true)]
    [InlineData(CampaignStatus.Ended, false)]
    public async Task One_in_whose_thread_a_campaign_was_made_concerns_as_long_as_it_is_open(CampaignStatus status, bool concerns)
    {
        await _bench.Core.Campaigns.AddAsync(A.Campaign() with { Conversation = "local/room/1.1", Status = status }, Now);

        await _bench.Shut.ToldAsync(new ConversationId("local/room"), "it is archived; unarchive it", Now);

        _bench.Shut.All.Count.ShouldBe(concerns ? 1 : 0);
    }

    private void Bind(string feed = "", string incidents = "") =>
        _bench.Core.Accounts.Bind(new ChannelBinding(A.Campaign().Account, feed, "", incidents, []));

    private async Task CloseAsync()
    {
        _bench.Channel.Closed = conversation => conversation == Feed ? "it is archived; unarchive it" : null;
        await Should.ThrowAsync<ClosedPlaceException>(() => _bench.Chat.PostAsync(Feed, new ChatMessage("c1 stands"), Now));
    }
}
