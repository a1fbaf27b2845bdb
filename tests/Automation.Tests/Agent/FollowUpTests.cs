using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.FollowUps;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>A move is told next to what was expected of it once its horizon is over, and once only.</summary>
public sealed class FollowUpTests
{
    private static readonly TimeZoneInfo Zone = A.Account().Zone();
    private static readonly AccountDay Moved = A.Account().DayAt(A.Noon);

    private readonly Bench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static PastMove Bid => new(Lever.Bid, A.Noon, Moved, A.Usd(12), A.Usd(10), 3);

    [Fact]
    public void A_bid_is_looked_at_on_the_first_full_day_after_it_and_a_budget_on_the_second()
    {
        var track = Track(Day(Moved.Next, 490, 40), Day(Moved.Next.Next, 560, 50));
        var memory = AgentMemory.Empty with { Moves = [Bid, new PastMove(Lever.DailyBudget, A.Noon, Moved, A.Usd(500), A.Usd(550), 3)] };

        var due = FollowUpDue.Of(memory, track, A.Noon.AddDays(4), Zone);

        due.Select(told => (told.Lever, told.Day)).ShouldBe([(Lever.Bid, Moved.Next), (Lever.DailyBudget, Moved.Next.Next)]);
        due[0].Within.ShouldBe(true);
        due[1].Within.ShouldBe(true);
    }

    [Fact]
    public void What_came_outside_the_range_is_said_so() =>
        FollowUpWords.Of(FollowUpDue.Of(AgentMemory.Empty with { Moves = [Bid] }, Track(Day(Moved.Next, 490, 10)), A.Noon.AddDays(3), Zone).Single(), ResultWord.Install)
            .ShouldBe("on 2026-03-03 one install was expected to cost $9–$15 and cost $49 (10 installs); spend expected $400–$600, came $490: NOT as expected");

    [Fact]
    public void What_was_foreseen_before_the_move_says_nothing_of_it()
    {
        var before = Day(Moved.Next, 490, 40);
        var track = Track(before with { Foreseen = before.Foreseen with { MadeAt = A.Noon.AddHours(-1) } });

        FollowUpDue.Of(AgentMemory.Empty with { Moves = [Bid] }, track, A.Noon.AddDays(3), Zone).ShouldBeEmpty();
    }

    [Fact]
    public void Moved_again_before_it_could_show_it_cannot_be_told()
    {
        var again = Bid with { At = A.Noon.AddHours(6), From = A.Usd(10), To = A.Usd(9) };

        var told = FollowUpDue.Of(AgentMemory.Empty with { Moves = [Bid, again] }, Track(Day(Moved.Next, 490, 40)), A.Noon.AddDays(3), Zone);

        told.First(one => one.MovedAt == A.Noon).Within.ShouldBeNull();
        told.First(one => one.MovedAt == A.Noon).Why.ShouldNotBeNull().ShouldContain("moved again");
    }

    [Fact]
    public async Task It_is_told_once()
    {
        var reporter = new AgentReporter(_bench.Decisions, _bench.Feed);
        var now = AnObservation.Of(A.Campaign(), 100, 5) with { Now = A.Noon.AddDays(3) };
        var track = Track(Day(Moved.Next, 490, 40));

        var memory = await reporter.FollowUpAsync(now, AgentMemory.Empty with { Moves = [Bid] }, track, Cancel);
        await reporter.FollowUpAsync(now, memory, track, Cancel);

        var told = _bench.Feed.All.ShouldHaveSingleItem();
        told.Action.ShouldBe("what came of bid $12 → $10 (-17 %)");
        told.Severity.ShouldBe(Severity.Low);
    }

    private static ForecastTrack Track(params RunningForecast[] days) => ForecastTrack.Empty.With(days);

    /// <summary>$400–$600 and $9–$15 a result were expected.</summary>
    private static RunningForecast Day(AccountDay day, decimal spend, decimal results) => new(
        new CampaignId("c-1"), WorkspaceId.Local, A.Account().Id, Currency.Usd, ResultWord.Install, 500, 10,
        new Foreseen(ForecastSpan.Day, day.Start(Zone), day.End(Zone), A.Noon.AddHours(7), new Estimate(400, 500, 600), new Estimate(30, 40, 55), new Estimate(9, 12, 15)))
    {
        Came = new Outcome(A.Noon.AddDays(3), spend, results, true, null),
    };
}
