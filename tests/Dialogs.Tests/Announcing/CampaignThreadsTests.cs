using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>Each campaign has a thread in its account's feed channel, where the chat has threads.</summary>
public sealed class CampaignThreadsTests
{
    private static readonly ConversationId Feed = new("local/feed");

    private readonly ChatBench _bench = new();
    private readonly Campaign _campaign = A.Campaign();

    public CampaignThreadsTests()
    {
        _bench.Core.Accounts.Bind(new ChannelBinding(_campaign.Account, Feed.Value, "", "", [FakePeople.Olga.Id]));
        _bench.Core.Campaigns.With(_campaign);
        _bench.Channel.HasThreads = place => place == Feed;
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private FakeChannel.Post Head => _bench.Channel.In(Feed)[0];

    private IReadOnlyList<FakeChannel.Post> Replies => _bench.Channel.In(Feed.ThreadUnder(Head.Id));

    [Fact]
    public async Task The_first_news_of_a_campaign_is_the_head_of_its_thread_and_what_calls_for_somebody_later_is_a_reply()
    {
        await NewsAsync(FeedKind.Launch, "running at $500 a day", Severity.Medium);
        await NewsAsync(FeedKind.Pause, "paused", Severity.High);

        _bench.Channel.In(Feed).ShouldHaveSingleItem();
        Head.Message.Text.ShouldContain("running at $500 a day");
        Replies.ShouldHaveSingleItem().Message.Text.ShouldContain("paused");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_came_of_a_move_is_a_reply_in_the_campaign_s_thread_and_where_there_is_none_a_line_of_the_day_s_message(bool hasThread)
    {
        if (hasThread)
            await NewsAsync(FeedKind.Launch, "running at $500 a day", Severity.Medium);

        await new AgentReporter(_bench.Core.Decisions, _bench.Core.Feed).FollowUpAsync(
            AnObservation.Of(_campaign, 100, 5) with { Now = A.Noon.AddDays(1) },
            AgentMemory.Empty with { Moves = [Moved(0, 12, 10), Moved(40, 10, 9)] }, ForecastTrack.Empty, Now);
        await _bench.Announcer.TellAsync(_bench.Core.Feed.All[^1], Now);

        _bench.Channel.In(Feed).ShouldHaveSingleItem("the head of the thread, or the message of the day");
        (hasThread ? Replies : _bench.Channel.In(Feed)).ShouldHaveSingleItem().Message.Text.ShouldContain("what came of bid $12 → $10");
        Replies.Count.ShouldBe(hasThread ? 1 : 0);
    }

    private static PastMove Moved(int minutes, decimal from, decimal to) =>
        new(Lever.Bid, A.Noon.AddMinutes(minutes), A.Account().DayAt(A.Noon), A.Usd(from), A.Usd(to), 3);

    [Fact]
    public async Task Its_head_says_how_the_campaign_stands_and_what_was_done_last_also_what_is_told_quietly()
    {
        await NewsAsync(FeedKind.Launch, "running at $500 a day", Severity.Medium);
        _bench.Core.Campaigns.With(_campaign with { Status = CampaignStatus.Paused, Because = "enough for today" });
        await NewsAsync(FeedKind.BidAdjustment, "bid $9 → $8", Severity.Low);

        Head.Message.Text.ShouldContain("paused: enough for today");
        Head.Message.Text.ShouldContain("bid $9 → $8");
        Head.Message.QuickReplies.Select(reply => reply.Says).ShouldContain($"why {_campaign.Handle}");
        Replies.ShouldBeEmpty();
        _bench.Channel.In(Feed).Count.ShouldBe(2, "the head, and the quiet message of the day");
    }

    [Fact]
    public async Task Each_act_of_the_agent_carries_its_own_button_in_the_head_and_in_the_message_of_the_day()
    {
        await NewsAsync(FeedKind.Launch, "running at $500 a day", Severity.Medium);
        await NewsAsync(FeedKind.BidAdjustment, "bid $9 → $8", Severity.Low, undo: new FeedOffer("Undo", "undo act c1 1"));
        await NewsAsync(FeedKind.BidAdjustment, "bid $8 → $7", Severity.Low, undo: new FeedOffer("Undo", "undo act c1 2"));

        foreach (var post in _bench.Channel.In(Feed))
            ((ActivityCard)post.Message.Card!).Rows.Where(row => row.HasUndo).Select(row => row.Undo).ShouldBe(["undo act c1 2", "undo act c1 1"]);
        _bench.Channel.In(Feed).Count.ShouldBe(2);
    }

    [Fact]
    public async Task It_goes_on_after_a_restart_where_it_was()
    {
        await NewsAsync(FeedKind.Launch, "running at $500 a day", Severity.Medium);
        var after = new ChatBench(_bench);

        await NewsAsync(FeedKind.Pause, "paused", Severity.High, after);

        _bench.Channel.In(Feed).ShouldHaveSingleItem();
        Replies.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_head_that_was_deleted_is_posted_anew_and_what_follows_is_said_below_it()
    {
        await NewsAsync(FeedKind.Launch, "running at $500 a day", Severity.Medium);
        var old = Head.Id;
        _bench.Channel.Delete(old);

        await NewsAsync(FeedKind.Pause, "paused", Severity.High);

        Head.Id.ShouldNotBe(old);
        Replies.ShouldHaveSingleItem().Message.Text.ShouldContain("paused");
    }

    [Fact]
    public async Task A_campaign_that_ran_before_gets_its_thread_with_the_next_news()
    {
        await NewsAsync(FeedKind.Pause, "paused", Severity.High);

        Head.Message.Text.ShouldContain("paused");
        Replies.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_a_chat_has_no_threads_the_head_is_edited_and_what_calls_for_somebody_stands_below_it()
    {
        _bench.Channel.HasThreads = _ => false;
        await NewsAsync(FeedKind.Launch, "running at $500 a day", Severity.Medium);
        await NewsAsync(FeedKind.Pause, "paused", Severity.High);

        _bench.Channel.In(Feed).Count.ShouldBe(2);
        Head.Edits.ShouldBe(1);
        Head.Message.Text.ShouldContain("paused");
    }

    [Fact]
    public async Task A_channel_that_is_away_gets_it_later_in_the_same_thread()
    {
        await NewsAsync(FeedKind.Launch, "running at $500 a day", Severity.Medium);
        _bench.Channel.IsAway = place => place.Value.StartsWith(Feed.Value, StringComparison.Ordinal);
        await NewsAsync(FeedKind.Pause, "paused", Severity.High);
        _bench.Channel.IsAway = _ => false;

        await _bench.Announcer.TellUntoldAsync(Now);

        Replies.ShouldHaveSingleItem().Message.Text.ShouldContain("paused");
    }

    private async Task NewsAsync(FeedKind kind, string action, Severity severity, ChatBench? bench = null, FeedOffer? undo = null)
    {
        var happened = await _bench.Core.Feed.PublishAsync(
            new FeedEvent(0, _bench.Core.Clock.GetUtcNow(), WorkspaceId.Local, _campaign.Account, _campaign.Id, _campaign.Name, kind, severity, action, "because", PersonId.Agent) { Undo = undo }, Now);
        await (bench ?? _bench).Announcer.TellAsync(happened, Now);
    }
}
