using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Effects;
using ChatOpsCampaigns.Automation.Agent.FollowUps;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Safety.Observing;
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

        var due = FollowUpDue.Of(memory, track, Seen(4));

        due.Select(told => (told.Lever, told.Day)).ShouldBe([(Lever.Bid, Moved.Next), (Lever.DailyBudget, Moved.Next.Next)]);
        due[0].Within.ShouldBe(true);
        due[1].Within.ShouldBe(true);
    }

    [Fact]
    public void What_came_outside_the_range_is_said_so() =>
        FollowUpWords.Of(FollowUpDue.Of(AgentMemory.Empty with { Moves = [Bid] }, Track(Day(Moved.Next, 490, 10)), Seen(3)).Single(), ResultWord.Install)
            .ShouldBe("on 2026-03-03 one install was expected to cost $9–$15 and cost $49 (10 installs); spend expected $400–$600, came $490: NOT as expected");

    [Fact]
    public void What_was_foreseen_before_the_move_says_nothing_of_it()
    {
        var before = Day(Moved.Next, 490, 40);
        var track = Track(before with { Foreseen = before.Foreseen with { MadeAt = A.Noon.AddHours(-1) } });

        FollowUpDue.Of(AgentMemory.Empty with { Moves = [Bid] }, track, Seen(3)).ShouldBeEmpty();
    }

    [Fact]
    public void Moved_again_before_its_day_was_over_it_is_looked_at_in_the_full_hours_until_then()
    {
        var again = Bid with { At = A.Noon.AddHours(6), From = A.Usd(10), To = A.Usd(9) };
        var track = Track([.. Enumerable.Range(1, 5).Select(hour => Hour(hour, 10, 22, 3)), Hour(0, 12, 20, 9), Hour(7, 9, 20, 9)]);

        var told = FollowUpDue.Of(AgentMemory.Empty with { Moves = [Bid, again] }, track, Seen(.5)).Single(one => one.MovedAt == A.Noon);

        (told.Hours, told.SpendCame, told.ResultsCame).ShouldBe((5, 110, 15));
        FollowUpWords.Of(told, ResultWord.Install).ShouldBe("in the 5 full hours until it was moved again 5–20 installs expected, 15 came; spend expected $75–$125, came $110: as expected");
        (told with { ResultsCame = 21 }).Within.ShouldBe(false);
    }

    [Fact]
    public void Hours_that_were_foreseen_at_another_bid_say_nothing_of_it()
    {
        var again = Bid with { At = A.Noon.AddHours(6), From = A.Usd(10), To = A.Usd(9) };
        var track = Track([.. Enumerable.Range(1, 5).Select(hour => Hour(hour, 12, 22, 3))]);

        FollowUpDue.Of(AgentMemory.Empty with { Moves = [Bid, again] }, track, Seen(.5)).Single(one => one.MovedAt == A.Noon).Within.ShouldBeNull();
    }

    [Fact]
    public void It_waits_for_the_figures_of_those_hours()
    {
        var again = Bid with { At = A.Noon.AddHours(6), From = A.Usd(10), To = A.Usd(9) };
        var track = Track([.. Enumerable.Range(1, 4).Select(hour => Hour(hour, 10, 22, 3)), Hour(5, 10, 22, 3) with { Came = null }]);

        FollowUpDue.Of(AgentMemory.Empty with { Moves = [Bid, again] }, track, Seen(.5)).ShouldNotContain(one => one.MovedAt == A.Noon);
    }

    [Fact]
    public async Task Moved_again_before_anything_could_show_that_is_what_people_read()
    {
        var again = Bid with { At = A.Noon.AddMinutes(40), From = A.Usd(10), To = A.Usd(9) };

        await TellAsync(AgentMemory.Empty with { Moves = [Bid, again] }, Track(), Seen(1));

        var told = _bench.Feed.All.ShouldHaveSingleItem();
        told.Action.ShouldBe("what came of bid $12 → $10 (-17 %)");
        told.Reason.ShouldBe("cannot be told: it was moved again, to $9, 40 min later, before that could show");
    }

    [Fact]
    public async Task It_is_told_in_the_campaign_s_thread()
    {
        await TellAsync(AgentMemory.Empty with { Moves = [Bid] }, Track(Day(Moved.Next, 490, 40)), Seen(3));

        _bench.Feed.All.ShouldHaveSingleItem().Below.ShouldBe("launch/c-1");
    }

    [Fact]
    public async Task An_ad_that_was_paused_has_its_name_also_where_the_journal_alone_knows_of_it()
    {
        var now = Seen(3);
        now = now with { Reading = now.Reading! with { Settings = now.Reading.Settings with { Ads = [new NetworkAd(new ExternalId("120330"), "Spring 2", NetworkStatus.Paused)] } } };
        var ad = new PastMove(Lever.Creative, A.Noon, Moved, A.Usd(100), A.Usd(0), 3) { Ad = new AdNamed(new ExternalId("120330"), "120330") };

        await TellAsync(AgentMemory.Empty with { Moves = [ad] }, Track(Day(Moved.Next, 490, 40)), now);

        _bench.Feed.All.ShouldHaveSingleItem().Action.ShouldBe("what came of ad \"Spring 2\" on → off");
    }

    [Theory]
    [InlineData(47, "as expected")]
    [InlineData(70, "NOT as expected")]
    public void What_was_expected_of_the_move_stands_next_to_the_change_that_came(int results, string verdict)
    {
        var expects = new Effect("about +5.0 installs a day") { More = new Estimate(2, 5, 8), Result = ResultWord.Install, Before = 40 };
        var now = Seen(3) with { Days = [new DayFigures(Moved.Next, A.Usd(490), 10_000, 1_000, results, null)] };

        var told = FollowUpDue.Of(AgentMemory.Empty with { Moves = [Bid with { Expects = expects }] }, Track(Day(Moved.Next, 490, 40)), now).ShouldHaveSingleItem();

        told.More!.Value.ShouldBe(results - 40, 1.5m);
        FollowUpWords.Of(told, ResultWord.Install).ShouldContain("installs came next to 40 installs a day before, expected +2.0 to +8.0 in the mean, and one day alone differs by 12; ");
        FollowUpWords.Of(told, ResultWord.Install).ShouldEndWith($": {verdict}");
    }

    [Fact]
    public async Task It_is_told_once()
    {
        var track = Track(Day(Moved.Next, 490, 40));

        var memory = await TellAsync(AgentMemory.Empty with { Moves = [Bid] }, track, Seen(3));
        await TellAsync(memory, track, Seen(3));

        var told = _bench.Feed.All.ShouldHaveSingleItem();
        told.Action.ShouldBe("what came of bid $12 → $10 (-17 %)");
        told.Severity.ShouldBe(Severity.Low);
    }

    private Task<AgentMemory> TellAsync(AgentMemory memory, ForecastTrack track, Observation now) => new AgentReporter(_bench.Decisions, _bench.Feed).FollowUpAsync(now, memory, track, Cancel);

    private static Observation Seen(double days) => AnObservation.Of(A.Campaign(), 100, 5) with { Now = A.Noon.AddDays(days) };

    private static ForecastTrack Track(params RunningForecast[] forecasts) => ForecastTrack.Empty.With(forecasts);

    /// <summary>$15–$25 and 1–4 installs were expected of a full hour after the move.</summary>
    private static RunningForecast Hour(int after, decimal bid, decimal spend, decimal results) => new(
        new CampaignId("c-1"), WorkspaceId.Local, A.Account().Id, Currency.Usd, ResultWord.Install, 500, bid,
        new Foreseen(ForecastSpan.Hour, A.Noon.AddHours(after), A.Noon.AddHours(after + 1), A.Noon.AddHours(after).AddMinutes(-5), new Estimate(15, 20, 25), new Estimate(1, 2, 4), null))
    {
        Came = new Outcome(A.Noon.AddHours(after + 2), spend, results, true, null),
    };

    /// <summary>$400–$600 and $9–$15 a result were expected.</summary>
    private static RunningForecast Day(AccountDay day, decimal spend, decimal results) => new(
        new CampaignId("c-1"), WorkspaceId.Local, A.Account().Id, Currency.Usd, ResultWord.Install, 500, 10,
        new Foreseen(ForecastSpan.Day, day.Start(Zone), day.End(Zone), A.Noon.AddHours(7), new Estimate(400, 500, 600), new Estimate(30, 40, 55), new Estimate(9, 12, 15)))
    {
        Came = new Outcome(A.Noon.AddDays(3), spend, results, true, null),
    };
}
