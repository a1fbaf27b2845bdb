using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>$500 a day, stopped at $750 by figures that are 15 minutes old at most.</summary>
public sealed class WorstDayTests
{
    /// <summary>$750 and what 16 minutes cost at ten times front-loaded delivery's fastest hour.</summary>
    private static readonly Money Stopped = A.Usd(750 + 263.18m);

    [Fact]
    public void A_limit_is_passed_by_what_a_runaway_spends_until_it_is_seen()
    {
        var worst = Today(100);

        worst.Most.ShouldBe(Stopped);
        worst.Unseen.ShouldBe(A.Usd(263.18m));
        worst.Late.ShouldBe(TimeSpan.FromMinutes(16));
    }

    [Fact]
    public void What_the_network_says_it_spends_at_most_bounds_no_runaway()
    {
        var worst = Today(100, budget: 300);

        worst.Network.ShouldBe(A.Usd(525));
        worst.Most.ShouldBe(A.Usd(750 + 157.91m));
    }

    [Fact]
    public void What_is_spent_beyond_the_limit_counts() => Today(800).Most.ShouldBe(A.Usd(800 + 263.18m));

    [Fact]
    public void So_late_in_the_day_not_even_a_runaway_reaches_the_limit()
    {
        var now = AnObservation.Of(A.Campaign(), 300, 1);
        var evening = now.Today.End(now.Account.Zone()).AddMinutes(-10);
        var worst = Of(now with { Now = evening, Reading = now.Reading! with { ReadAt = evening, DataAsOf = evening } });

        worst.Most.ShouldBe(A.Usd(300 + 164.49m));
        worst.EndsBelowCap.ShouldBeTrue();
    }

    [Fact]
    public void With_a_budget_for_the_whole_time_the_network_promises_nothing_for_a_day()
    {
        var campaign = A.Campaign();
        var spec = campaign.Spec with { Budget = campaign.Spec.Budget with { Type = BudgetType.Lifetime, Amount = A.Usd(3000) } };

        var worst = Of(AnObservation.Of(campaign with { Spec = spec, DailyBudget = A.Usd(100) }, 50, 2));

        worst.Network.ShouldBeNull();
        worst.Most.ShouldBeGreaterThan(A.Usd(750));
    }

    [Fact]
    public void What_was_seen_to_be_faster_than_that_counts_as_it_was_seen()
    {
        var now = AnObservation.Of(A.Campaign(), 700, 20);
        var before = now.Reading! with { ReadAt = now.Now.AddHours(-1), DataAsOf = now.Now.AddHours(-1), Today = now.Reading.Today with { Spend = A.Usd(100) } };

        Of(now with { Campaign = now.Campaign with { DailyBudget = A.Usd(100) }, History = [new KeptReading(now.Campaign.Id, before.ReadAt, before)] }).Most.ShouldBe(A.Usd(990));
    }

    [Fact]
    public void Older_figures_go_further_beyond_the_limit()
    {
        var now = AnObservation.Of(A.Campaign(), 300, 20);
        var late = Of(now with { Reading = now.Reading! with { DataAsOf = now.Now.AddMinutes(-45) } });

        late.Late.ShouldBe(TimeSpan.FromMinutes(46));
        late.Most.ShouldBeGreaterThan(Stopped);
    }

    [Fact]
    public void A_day_of_unseen_spend_is_ten_times_a_days_money_and_no_more() =>
        WorstDay.Planned(A.Profile() with { UsualReportAge = new Sourced<TimeSpan>(TimeSpan.FromHours(48), "test") }, A.Usd(500), A.Usd(750), lifetime: false, []).Most.ShouldBe(A.Usd(5750));

    [Fact]
    public void In_a_few_hours_a_days_money_runs_faster() =>
        WorstDay.Planned(A.Profile(), A.Usd(500), A.Usd(750), lifetime: false, [9, 10]).Most.ShouldBeGreaterThan(Stopped);

    [Theory]
    [InlineData(NetworkStatus.Paused)]
    [InlineData(NetworkStatus.Ended)]
    public void What_stands_still_at_its_network_spends_no_more(NetworkStatus status)
    {
        var now = AnObservation.Of(A.Campaign(), 120, 5);

        Of(now with { Reading = now.Reading! with { Settings = now.Reading.Settings with { Status = status } } }).Most.ShouldBe(A.Usd(120));
    }

    [Fact]
    public void What_stands_still_and_is_resumed_may_spend_the_whole_day_again()
    {
        var now = AnObservation.Of(A.Campaign(CampaignStatus.Stopped), 545, 90);

        WorstDay.IfResumed(now with { Reading = now.Reading! with { Settings = now.Reading.Settings with { Status = NetworkStatus.Paused } } }).ShouldNotBeNull().Most.ShouldBe(Stopped);
    }

    [Fact]
    public void What_rests_until_its_hours_begin_may_spend_the_whole_day() =>
        Of(AnObservation.Of(A.Campaign(CampaignStatus.Resting), 100, 10) is var now ? now with { Reading = now.Reading! with { Settings = now.Reading.Settings with { Status = NetworkStatus.Paused } } } : now)
            .Most.ShouldBe(Stopped);

    [Fact]
    public void Of_what_nothing_is_known_nothing_is_said() =>
        WorstDay.Of(AnObservation.Of(A.Campaign() with { LaunchedAt = null }, 0, 0) with { Reading = null, State = DataState.None }).ShouldBeNull();

    [Fact]
    public void A_plan_shows_the_same_for_any_day()
    {
        var planned = WorstDay.Planned(A.Profile(), A.Usd(500), A.Usd(750), lifetime: false, []);

        planned.Most.ShouldBe(Stopped);
        planned.Already.ShouldBeNull();
    }

    private static WorstDay Today(decimal spend, decimal budget = 500) => Of(AnObservation.Of(A.Campaign() with { DailyBudget = A.Usd(budget) }, spend, 10));

    private static WorstDay Of(Observation now) => WorstDay.Of(now).ShouldNotBeNull();
}
