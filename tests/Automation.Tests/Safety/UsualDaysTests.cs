using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Rules;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using CsCheck;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>What a campaign's own last days say about one whose figures stand still, and about one that runs ahead of them. Budget $500, cap $750, reports of 15 minutes.</summary>
public sealed class UsualDaysTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero);

    private static readonly Func<decimal, decimal> SpentByTen = hour => 500 * Math.Min(1, hour / 10);
    private static readonly Func<decimal, decimal> Even = hour => 500 * hour / 24;

    [Fact]
    public void A_campaign_whose_money_is_spent_by_ten_every_day_is_not_stopped_for_its_quiet_evening()
    {
        var seen = Seen(SpentByTen, until: 10, now: 22);

        seen.State.ShouldBe(DataState.Stale);
        Exposure.Of(seen)!.Value.ShouldBeGreaterThanOrEqualTo(seen.Cap);
        new StaleReading().Judge(seen).ShouldBeOfType<SafetyVerdict.Unknown>();
        Freshness.RaiseObjection(seen).ShouldNotBeNull("nobody raises it meanwhile");
    }

    [Fact]
    public void The_same_figures_of_a_campaign_that_spends_in_the_evening_stop_it() =>
        IsStopped(Seen(Even, until: 16, now: 22, today: hour => 500 * Math.Min(1, hour / 16))).ShouldBeTrue();

    [Fact]
    public void Figures_that_are_old_by_their_networks_own_word_stop_it()
    {
        var seen = Seen(SpentByTen, until: 10, now: 22);

        IsStopped(seen with { Reading = seen.Reading! with { DataAsOf = seen.Reading.ReadAt } }).ShouldBeTrue();
    }

    [Fact]
    public void A_budget_at_the_network_above_ours_stops_it()
    {
        var seen = Seen(SpentByTen, until: 10, now: 22);

        IsStopped(seen with { Reading = seen.Reading! with { Settings = seen.Reading.Settings with { DailyBudget = A.Usd(560) } } }).ShouldBeTrue();
    }

    [Fact]
    public void Days_that_were_cut_short_make_no_quiet_evening_usual() => IsStopped(Seen(hour => 400 * Math.Min(1, hour / 10), until: 10, now: 22, today: SpentByTen)).ShouldBeTrue();

    [Fact]
    public void Without_a_day_of_its_own_nothing_is_usual() => IsStopped(Seen(SpentByTen, until: 10, now: 22, days: 0)).ShouldBeTrue();

    [Fact]
    public void Money_that_is_not_spent_yet_is_not_explained_by_the_days_before() => IsStopped(Seen(SpentByTen, until: 10, now: 22, today: hour => 410 * Math.Min(1, hour / 10))).ShouldBeTrue();

    /// <summary>In the morning of a campaign that is through with its money at ten, the last rate times the age of the figures is soon more than it has.</summary>
    [Theory]
    [InlineData(13, false)]
    [InlineData(15, true)]
    public void A_report_that_stands_still_for_some_hours_stops_nothing_that_the_own_days_explain(double now, bool stops)
    {
        var seen = Seen(SpentByTen, until: 8, now: (decimal)now);

        Exposure.Of(seen)!.Value.ShouldBeGreaterThanOrEqualTo(seen.Cap);
        IsStopped(seen).ShouldBe(stops);
    }

    [Fact]
    public void As_much_as_today_ran_ahead_of_the_own_days_may_have_gone_out_unseen_too()
    {
        IsStopped(Seen(SpentByTen, until: 6, now: 12)).ShouldBeFalse();
        IsStopped(Seen(SpentByTen, until: 6, now: 12, today: hour => 420 * hour / 6)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(0.1, true)]
    public void While_the_network_does_not_answer_it_counts_whether_the_figures_stood_still_before_that(double hours, bool stops)
    {
        var seen = Seen(SpentByTen, until: 10, now: 22) with { FailuresInARow = 5, State = DataState.Stale };

        var verdict = new NetworkErrors().Judge(seen with { UnseenSince = seen.Reading!.ReadAt.AddHours(hours) });

        verdict.ShouldBeOfType<SafetyVerdict.Breach>().Remedy.ShouldBe(stops ? Remedy.PauseCampaign : Remedy.Alert);
    }

    /// <summary>Any report of a runaway before the figures stand still, however short, leaves the wider worst case.</summary>
    [Fact]
    public void A_runaway_that_was_seen_for_one_report_is_stopped_no_later_than_by_the_wider_worst_case() =>
        (from factor in Gen.Decimal[3, 10]
         from began in Gen.Int[2 * 4, 20 * 4]
         from reports in Gen.Int[1, 8]
         from spentBy in Gen.Decimal[6, 23]
         from end in Gen.Decimal[0.9m, 1.1m]
         select (factor, began, reports, spentBy, end)).Sample(
            test =>
            {
                var (from, until) = (test.began / 4m, Math.Min(95, test.began + test.reports) / 4m);
                var usual = (decimal hour) => 500 * test.end * Math.Min(1, hour / test.spentBy);
                var speed = 500 * test.end / test.spentBy * test.factor;

                for (var now = until + 0.25m; now < 24; now += 0.5m)
                {
                    var seen = Seen(usual, until, now, hour => hour <= from ? usual(hour) : usual(from) + (speed * (hour - from)));
                    if (seen.State == DataState.Stale)
                        IsStopped(seen).ShouldBe(Exposure.Of(seen) >= seen.Cap);
                }
            },
            iter: Cases.IsLong ? 400 : 40);

    [Fact]
    public void A_runaway_in_the_quiet_hours_is_held_against_the_busy_ones_to_come()
    {
        // A tenth of the money before eight, the rest after it: at this speed alone the day would not pass one and a half caps.
        var usual = (decimal hour) => hour <= 8 ? 50 * hour / 8 : 50 + (450 * (hour - 8) / 16);

        new SpendAcceleration().Judge(Seen(usual, until: 7, now: 7, today: hour => hour <= 5 ? usual(hour) : usual(5) + (75 * (hour - 5)))).ShouldBeOfType<SafetyVerdict.Breach>();
        new SpendAcceleration().Judge(Seen(usual, until: 7, now: 7)).ShouldBeOfType<SafetyVerdict.Clear>();
    }

    [Theory]
    [InlineData(110, "Clear")]
    [InlineData(170, "Breach")]
    public void A_campaign_through_by_ten_every_day_may_run_ahead_of_itself_but_not_several_times_too_fast(int anHour, string verdict) =>
        new SpendAcceleration().Judge(Seen(SpentByTen, until: 6, now: 6, today: hour => hour <= 4 ? 50 * hour : 200 + (anHour * (hour - 4)))).GetType().Name.ShouldBe(verdict);

    [Fact]
    public void The_same_speed_of_a_campaign_that_spends_all_day_stops_it() =>
        new SpendAcceleration().Judge(Seen(hour => 50 * Math.Min(hour, 4) + (Math.Max(0, hour - 4) * 15), until: 6, now: 6, today: hour => hour <= 4 ? 50 * hour : 200 + (110 * (hour - 4))))
            .ShouldBeOfType<SafetyVerdict.Breach>();

    [Fact]
    public void A_network_that_does_not_answer_for_some_hours_is_told_where_the_own_days_explain_the_worst_case()
    {
        var seen = Seen(SpentByTen, until: 8, now: 13) with { FailuresInARow = 5, State = DataState.Stale };

        new NetworkErrors().Judge(seen with { UnseenSince = seen.Reading!.ReadAt.AddMinutes(6) }).ShouldBeOfType<SafetyVerdict.Breach>().Remedy.ShouldBe(Remedy.Alert);
    }

    [Theory]
    [InlineData(1.0, false)]
    [InlineData(1.8, false)]
    [InlineData(3.0, true)]
    public void A_thousand_impressions_at_three_times_their_price_are_told_and_nothing_is_stopped(double price, bool isTold)
    {
        var verdict = new PriceSpike().Judge(Seen(Even, until: 12, now: 12, priceInTheLastHour: price));

        if (isTold)
            verdict.ShouldBeOfType<SafetyVerdict.Breach>().Remedy.ShouldBe(Remedy.Alert);
        else
            verdict.ShouldBeOfType<SafetyVerdict.Clear>();
    }

    [Fact]
    public void Impressions_that_stand_still_while_money_runs_say_nothing_about_a_price() =>
        new PriceSpike().Judge(Seen(Even, until: 12, now: 12, priceInTheLastHour: 1e9)).ShouldBeOfType<SafetyVerdict.Clear>();

    [Fact]
    public void Prices_are_not_watched_before_there_are_days_to_hold_them_against() =>
        new PriceSpike().Judge(Seen(Even, until: 12, now: 12, days: 2)).ShouldBeOfType<SafetyVerdict.NotWatching>();

    private static bool IsStopped(Observation seen) => new StaleReading().Judge(seen) is SafetyVerdict.Breach { Remedy: Remedy.PauseCampaign };

    /// <summary>A campaign that is read every quarter of an hour, and of which the network tells nothing new after <paramref name="until"/>.</summary>
    private static Observation Seen(Func<decimal, decimal> usual, decimal until, decimal now, Func<decimal, decimal>? today = null, int days = 3, double priceInTheLastHour = 1)
    {
        var readings = new List<KeptReading>();
        var last = -1m;
        for (var back = days; back >= 0; back--)
        {
            for (var quarter = 0; quarter <= (back == 0 ? (int)(until * 4) : 95); quarter++)
            {
                var hour = quarter / 4m;
                var spend = back == 0 && today is not null ? today(hour) : usual(hour);
                if (spend == last)
                    continue;

                last = spend;
                var at = Midnight.AddDays(-back).AddHours((double)hour);
                readings.Add(new KeptReading(A.Campaign().Id, at, Reading(at, back, spend, Impressions(back, hour, spend))));
            }
        }

        var instant = Midnight.AddHours((double)now);
        var newest = readings[^1].Reading;
        return new Observation(
            A.Campaign(), A.Account() with { TimeZone = "UTC" }, A.Profile(), instant, Freshness.Judge(newest, instant, A.Profile(), 0), newest, [.. readings.SkipLast(1)],
            [.. Enumerable.Range(1, days).Reverse().Select(back => Figures(back, usual(24), (long)usual(24) * 100))], 0, null);

        long Impressions(int back, decimal hour, decimal spend)
        {
            var before = today ?? usual;
            return back > 0 || hour <= until - 1 ? (long)(spend * 100) : (long)((before(until - 1) * 100) + ((spend - before(until - 1)) * 100 / (decimal)priceInTheLastHour));
        }

        PerformanceReading Reading(DateTimeOffset at, int back, decimal spend, long impressions) => new(
            A.AtNetwork(A.Campaign()), at, null, Figures(back, spend, impressions), back == days ? null : Figures(back + 1, usual(24), (long)usual(24) * 100), []);
    }

    private static DayFigures Figures(int back, decimal spend, long impressions) => new(
        new AccountDay(DateOnly.FromDateTime(Midnight.Date).AddDays(-back)), A.Usd(Math.Round(spend, 2)), impressions, impressions / 100, Math.Floor(spend / 12), null);
}
