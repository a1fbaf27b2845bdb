using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>$500 a day at a network that may spend 1.75 times that, stopped at $750 by figures that are 15 minutes old at most.</summary>
public sealed class WorstDayTests
{
    /// <summary>$750 and what 16 minutes cost at 1.5 times $875 a day.</summary>
    private static readonly Automation.Values.Money Stopped = A.Usd(764.58m);

    [Fact]
    public void A_limit_below_what_the_network_may_spend_is_passed_by_what_runs_until_it_is_seen()
    {
        var worst = Today(100);

        worst.Most.ShouldBe(Stopped);
        worst.Network.ShouldBe(A.Usd(875));
        worst.Late.ShouldBe(TimeSpan.FromMinutes(16));
    }

    [Fact]
    public void A_limit_above_what_the_network_may_spend_adds_nothing_to_it() => Today(100, budget: 300).Most.ShouldBe(A.Usd(525));

    [Fact]
    public void What_is_spent_beyond_the_limit_counts() => Today(800).Most.ShouldBe(A.Usd(800));

    [Fact]
    public void A_network_that_has_passed_its_own_word_is_held_by_the_limit_alone() => Today(600, budget: 300).Most.ShouldBeGreaterThan(A.Usd(750));

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
    public void Faster_spend_and_older_figures_go_further_beyond_the_limit()
    {
        var now = AnObservation.Of(A.Campaign(), 300, 20);
        var before = now.Reading! with { ReadAt = now.Now.AddHours(-1), DataAsOf = now.Now.AddHours(-1), Today = now.Reading.Today with { Spend = A.Usd(100) } };
        var fast = Of(now with { Campaign = now.Campaign with { DailyBudget = A.Usd(700) }, History = [new KeptReading(now.Campaign.Id, before.ReadAt, before)] });
        var late = Of(now with { Reading = now.Reading with { DataAsOf = now.Now.AddMinutes(-45) } });

        fast.Most.ShouldBe(A.Usd(830));
        late.Late.ShouldBe(TimeSpan.FromMinutes(46));
        late.Most.ShouldBeGreaterThan(Stopped);
    }

    [Theory]
    [InlineData(NetworkStatus.Paused)]
    [InlineData(NetworkStatus.Ended)]
    public void What_stands_still_at_its_network_spends_no_more(NetworkStatus status)
    {
        var now = AnObservation.Of(A.Campaign(), 120, 5);

        Of(now with { Reading = now.Reading! with { Settings = now.Reading.Settings with { Status = status } } }).Most.ShouldBe(A.Usd(120));
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
        var planned = WorstDay.Planned(A.Profile(), A.Usd(500), A.Usd(750), lifetime: false);

        planned.Most.ShouldBe(Stopped);
        planned.Already.ShouldBeNull();
    }

    private static WorstDay Today(decimal spend, decimal budget = 500) => Of(AnObservation.Of(A.Campaign() with { DailyBudget = A.Usd(budget) }, spend, 10));

    private static WorstDay Of(Observation now) => WorstDay.Of(now).ShouldNotBeNull();
}
