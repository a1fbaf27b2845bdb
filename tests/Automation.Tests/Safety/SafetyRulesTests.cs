using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Rules;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

public sealed class SafetyRulesTests
{
    [Proves(89, 128)]
    [Theory]
    [InlineData(600, "Clear")]
    [InlineData(600.01, "Warning")]
    [InlineData(749.99, "Warning")]
    [InlineData(750, "Breach")]
    [InlineData(800, "Breach")]
    public void Pauses_once_spend_has_reached_the_cap(decimal spend, string verdict) =>
        Said(new DailySpendCap(), Seen(Reading(spend))).ShouldBe(verdict);

    [Theory]
    [InlineData(745, 700, 735, "Warning")]
    [InlineData(755, 700, 735, "Breach")]
    [InlineData(745, 700, 750, "Breach")]
    public void The_cap_counts_the_highest_spend_seen_today_and_nothing_twice(decimal highest, decimal corrected, decimal now, string verdict) =>
        Said(new DailySpendCap(), Seen(Reading(now), At(Reading(highest), -40), At(Reading(corrected), -20))).ShouldBe(verdict);

    [Fact]
    public void Says_that_some_of_the_spend_was_taken_back()
    {
        var breach = (SafetyVerdict.Breach)new DailySpendCap().Judge(Seen(Reading(735), At(Reading(755), -20)));

        breach.Evidence.ShouldBe(new Evidence("spend today (the network took back some of it and shows $735 now)", "$755", "$750"));
    }

    [Fact]
    public void The_worst_case_begins_at_the_highest_spend_too() =>
        Exposure.Of(Seen(Reading(700), At(Reading(740), -20))).ShouldBe(A.Usd(740));

    [Fact]
    public void Spend_of_yesterday_counts_nothing_for_today()
    {
        var yesterday = At(Reading(900), -24 * 60);
        yesterday = yesterday with { Today = yesterday.Today with { Day = A.Account().DayAt(A.Noon.AddDays(-1)) } };

        Said(new DailySpendCap(), Seen(Reading(100), yesterday)).ShouldBe("Clear");
    }

    [Fact]
    public void Counts_money_not_yet_reported_when_the_cap_is_near()
    {
        var before = Reading(600) with { ReadAt = A.Noon.AddHours(-2), DataAsOf = A.Noon.AddHours(-2) };
        var now = Reading(690) with { ReadAt = A.Noon.AddHours(-1), DataAsOf = A.Noon.AddHours(-1) };

        Said(new DailySpendCap(), Seen(now, before)).ShouldBe("Breach");
    }

    [Fact]
    public void Without_a_reading_nothing_is_fine()
    {
        var verdicts = new SafetyPanel().Judge(Seen(null));

        verdicts.OfType<SafetyVerdict.Clear>().Select(clear => clear.Rule.Value).ShouldBe(["network-errors"]);
    }

    [Proves(92, 129)]
    [Theory]
    [InlineData(100, "Clear")]
    [InlineData(450, "Breach")]
    public void Stops_money_that_runs_many_times_too_fast(decimal inAnHour, string verdict)
    {
        var before = Reading(100) with { ReadAt = A.Noon.AddHours(-1), DataAsOf = A.Noon.AddHours(-1) };

        Said(new SpendAcceleration(), Seen(Reading(100 + inAnHour), before)).ShouldBe(verdict);
    }

    [Theory]
    [InlineData(false, "Breach")]
    [InlineData(true, "Clear")]
    public void Money_of_a_whole_day_runs_faster_in_a_few_hours(bool fewHours, string verdict)
    {
        var seen = Seen(Reading(350), Reading(100) with { ReadAt = A.Noon.AddHours(-1), DataAsOf = A.Noon.AddHours(-1) });
        var schedule = new Automation.Campaigns.Schedule(null, null, fewHours ? [6, 7] : []);

        Said(new SpendAcceleration(), seen with { Campaign = seen.Campaign with { Spec = seen.Campaign.Spec with { Schedule = schedule } } }).ShouldBe(verdict);
    }

    [Fact]
    public void Looks_only_at_what_came_after_the_last_resume()
    {
        var before = Reading(100) with { ReadAt = A.Noon.AddHours(-1), DataAsOf = A.Noon.AddHours(-1) };
        var seen = Seen(Reading(550), before);

        Said(new SpendAcceleration(), seen with { Campaign = seen.Campaign with { LastResumedAt = A.Noon.AddMinutes(-1) } }).ShouldBe("NotWatching");
    }

    [Fact]
    public void A_figure_that_the_network_takes_back_neither_raises_nor_resets_anything()
    {
        var readings = new[] { 100m, 97m, 100m, 101m }.Select((spend, at) => Reading(spend) with { DataAsOf = A.Noon.AddMinutes(at * 15 - 60) }).ToArray();

        var seen = Timeline.Of(Seen(readings[3], readings[..3]));

        (seen.Last.Spend - seen.First.Spend).ShouldBe(1, 0.001);
    }

    [Proves(93, 130)]
    [Theory]
    [InlineData(50, "Clear")]
    [InlineData(700, "Breach")]
    public void Stops_when_results_stay_away_longer_than_chance_explains(decimal spend, string verdict)
    {
        var readings = Enumerable.Range(0, 12).Select(hour => Reading(spend * hour / 11, 0) with
        {
            ReadAt = A.Noon.AddHours(hour - 11), DataAsOf = A.Noon.AddHours(hour - 11),
        }).ToArray();

        Said(new ZeroConversions(), Seen(readings[11], readings[..11])).ShouldBe(verdict);
    }

    [Proves(90)]
    [Theory]
    [InlineData(3, "NotWatching")]
    [InlineData(4, "Breach")]
    [InlineData(60, "Clear")]
    public void Cuts_the_bid_when_results_surely_cost_too_much(int results, string verdict)
    {
        var before = Reading(0, 0) with { ReadAt = A.Noon.AddHours(-11), DataAsOf = A.Noon.AddHours(-11) };
        var middle = Reading(700, 0) with { ReadAt = A.Noon.AddHours(-9), DataAsOf = A.Noon.AddHours(-9) };

        Said(new CpaCeiling(), Seen(Reading(700, results), before, middle)).ShouldBe(verdict);
    }

    [Proves(131)]
    [Theory]
    [InlineData(6, "NotWatching")]
    [InlineData(10, "Breach")]
    public void Knows_a_cost_spike_only_against_a_past_of_its_own(int days, string verdict)
    {
        var past = Enumerable.Range(2, days).Select(back => Figures(back, 500, 50)).Reverse().ToImmutableArray();
        var before = Reading(0, 0) with { ReadAt = A.Noon.AddHours(-11), DataAsOf = A.Noon.AddHours(-11) };
        var middle = Reading(600, 0) with { ReadAt = A.Noon.AddHours(-9), DataAsOf = A.Noon.AddHours(-9) };

        Said(new CpaSpike(), Seen(Reading(600, 2), before, middle) with { Days = past }).ShouldBe(verdict);
    }

    [Proves(91)]
    [Theory]
    [InlineData(3.0, "Clear")]
    [InlineData(0.5, "Breach")]
    public void Judges_return_only_on_full_days(double roas, string verdict)
    {
        var days = Enumerable.Range(1, 5).Select(back => Figures(back, 500, 40) with { Revenue = A.Usd(500 * (decimal)roas) }).Reverse().ToImmutableArray();

        Said(new RoasFloor(), Seen(Reading(100)) with { Days = days }).ShouldBe(verdict);
        Said(new RoasFloor(), Seen(Reading(100)) with { Days = days[^1..] }).ShouldBe("NotWatching");
    }

    [Proves(132)]
    [Theory]
    [InlineData(0, "Clear")]
    [InlineData(4, "Unknown")]
    [InlineData(5, "Breach")]
    public void Says_that_it_is_blind_after_five_failures(int failures, string verdict) =>
        Said(new NetworkErrors(), Seen(Reading(100)) with { FailuresInARow = failures }).ShouldBe(verdict);

    [Theory]
    [InlineData(15, DataState.Fresh, "Clear")]
    [InlineData(45, DataState.Late, "Warning")]
    [InlineData(46, DataState.Stale, "Unknown")]
    public void Old_figures_are_late_and_then_stale(int minutes, DataState state, string verdict)
    {
        var reading = Reading(100) with { DataAsOf = A.Noon.AddMinutes(-minutes) };

        Freshness.Judge(reading, A.Noon, A.Profile(), 0).ShouldBe(state);
        Said(new StaleReading(), Seen(reading) with { State = state }).ShouldBe(verdict);
    }

    [Proves(132)]
    [Fact]
    public void Stale_figures_stop_a_campaign_whose_worst_case_reaches_the_cap()
    {
        var before = Reading(600) with { ReadAt = A.Noon.AddHours(-4), DataAsOf = A.Noon.AddHours(-4) };
        var now = Reading(680) with { ReadAt = A.Noon.AddHours(-3), DataAsOf = A.Noon.AddHours(-3) };

        Said(new StaleReading(), Seen(now, before) with { State = DataState.Stale }).ShouldBe("Breach");
    }

    [Fact]
    public void Figures_that_cannot_be_are_named()
    {
        Freshness.Oddity(Reading(-1), null, A.Noon, Currency.Usd)!.ShouldContain("negative");
        Freshness.Oddity(Reading(50), Reading(100), A.Noon, Currency.Usd)!.ShouldContain("fell");
        Freshness.Oddity(Reading(97), Reading(100), A.Noon, Currency.Usd).ShouldBeNull();
        Freshness.Oddity(Reading(1) with { DataAsOf = A.Noon.AddHours(1) }, null, A.Noon, Currency.Usd)!.ShouldContain("future");
    }

    private static string Said(ISafetyRule rule, Observation now) => rule.Judge(now).GetType().Name;

    private static DayFigures Figures(int back, decimal spend, decimal results) => new(
        new AccountDay(DateOnly.FromDateTime(A.Noon.Date).AddDays(-back)), A.Usd(spend), 10_000, 500, results, null);

    private static PerformanceReading Reading(decimal spend, decimal results = 5) => new(
        A.AtNetwork(A.Campaign()), A.Noon, A.Noon, Figures(0, spend, results), null, []);

    private static PerformanceReading At(PerformanceReading reading, int minutes) =>
        reading with { ReadAt = A.Noon.AddMinutes(minutes), DataAsOf = A.Noon.AddMinutes(minutes) };

    private static Observation Seen(PerformanceReading? reading, params PerformanceReading[] before) => new(
        A.Campaign(), A.Account() with { TimeZone = "UTC" }, A.Profile(), A.Noon, reading is null ? DataState.None : DataState.Fresh, reading,
        [.. before.Select(kept => new KeptReading(A.Campaign().Id, kept.ReadAt, kept))], [], 0, null);
}
