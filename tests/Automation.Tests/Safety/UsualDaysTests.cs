using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Rules;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>What a campaign's own last days say about a quiet one, and about one that runs ahead of them.</summary>
public sealed class UsualDaysTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_campaign_whose_money_is_spent_by_noon_every_day_is_not_stopped_for_being_quiet_in_the_evening()
    {
        var seen = Seen(hour => 500m * Math.Min(1, hour / 12m), until: 12, now: 22);

        seen.State.ShouldBe(DataState.Stale);
        Exposure.Of(seen)!.Value.ShouldBeGreaterThanOrEqualTo(seen.Cap);
        new StaleReading().Judge(seen).ShouldBeOfType<SafetyVerdict.Unknown>();
    }

    [Fact]
    public void The_same_figures_of_a_campaign_that_spends_in_the_evening_stop_it()
    {
        var seen = Seen(hour => 500m * hour / 24m, until: 16, now: 22, today: hour => 500m * Math.Min(1, hour / 16m));

        new StaleReading().Judge(seen).ShouldBeOfType<SafetyVerdict.Breach>().Remedy.ShouldBe(Remedy.PauseCampaign);
    }

    [Fact]
    public void One_that_ran_faster_than_usual_when_it_was_seen_last_keeps_the_wider_worst_case() =>
        Exposure.AsUsual(Seen(hour => 500m * Math.Min(1, hour / 12m), until: 12, now: 22, today: hour => hour <= 11 ? 40m * hour : 440m + (260m * (hour - 11)))).ShouldBeNull();

    [Fact]
    public void Without_three_days_of_its_own_nothing_is_usual() =>
        Exposure.AsUsual(Seen(hour => 500m * Math.Min(1, hour / 12m), until: 12, now: 22, days: 2)).ShouldBeNull();

    [Fact]
    public void A_runaway_in_the_quiet_hours_is_held_against_the_busy_ones_to_come()
    {
        // A tenth of the money before eight, the rest after it: at this speed alone the day would not pass one and a half caps.
        var usual = (decimal hour) => hour <= 8 ? 50m * hour / 8 : 50m + (450m * (hour - 8) / 16);

        new SpendAcceleration().Judge(Seen(usual, until: 7, now: 7, today: hour => hour <= 5 ? usual(hour) : usual(5) + (75m * (hour - 5)))).ShouldBeOfType<SafetyVerdict.Breach>();
        new SpendAcceleration().Judge(Seen(usual, until: 7, now: 7)).ShouldBeOfType<SafetyVerdict.Clear>();
    }

    [Theory]
    [InlineData(1.0, false)]
    [InlineData(1.8, false)]
    [InlineData(3.0, true)]
    public void A_thousand_impressions_at_three_times_their_price_are_told_and_nothing_is_stopped(double price, bool isTold)
    {
        var seen = Seen(hour => 500m * hour / 24m, until: 12, now: 12, priceInTheLastHour: price);

        var verdict = new PriceSpike().Judge(seen);

        if (isTold)
            verdict.ShouldBeOfType<SafetyVerdict.Breach>().Remedy.ShouldBe(Remedy.Alert);
        else
            verdict.ShouldBeOfType<SafetyVerdict.Clear>();
    }

    [Fact]
    public void Prices_are_not_watched_before_there_are_days_to_hold_them_against() =>
        new PriceSpike().Judge(Seen(hour => 500m * hour / 24m, until: 12, now: 12, days: 2)).ShouldBeOfType<SafetyVerdict.NotWatching>();

    /// <summary>A campaign of $500 a day, read every quarter of an hour, that the network tells nothing new of after <paramref name="until"/>.</summary>
    private static Observation Seen(Func<decimal, decimal> usual, int until, int now, Func<decimal, decimal>? today = null, int days = 4, double priceInTheLastHour = 1)
    {
        var readings = new List<KeptReading>();
        var last = -1m;
        for (var back = days; back >= 0; back--)
        {
            for (var quarter = 1; quarter <= (back == 0 ? until * 4 : 96); quarter++)
            {
                var hour = quarter / 4m;
                var spend = back == 0 && today is not null ? today(hour) : usual(hour);
                if (spend == last)
                    continue;

                last = spend;
                var at = Midnight.AddDays(-back).AddHours((double)hour).AddSeconds(-1);
                readings.Add(new KeptReading(A.Campaign().Id, at, Reading(at, back, spend, Impressions(back, hour, spend))));
            }
        }

        var instant = Midnight.AddHours(now);
        var newest = readings[^1].Reading;
        return new Observation(
            A.Campaign(), A.Account() with { TimeZone = "UTC" }, A.Profile(), instant, Freshness.Judge(newest, instant, A.Profile(), 0), newest, [.. readings.SkipLast(1)],
            [.. Enumerable.Range(1, days).Reverse().Select(back => Figures(back, usual(24), (long)usual(24) * 100))], 0, null);

        long Impressions(int back, decimal hour, decimal spend)
        {
            var before = today ?? usual;
            return back > 0 || hour <= until - 1 ? (long)(spend * 100) : (long)((before(until - 1) * 100) + ((spend - before(until - 1)) * 100 / (decimal)priceInTheLastHour));
        }
    }

    private static PerformanceReading Reading(DateTimeOffset at, int back, decimal spend, long impressions) =>
        new(A.AtNetwork(A.Campaign()), at, null, Figures(back, spend, impressions), null, []);

    private static DayFigures Figures(int back, decimal spend, long impressions) => new(
        new AccountDay(DateOnly.FromDateTime(Midnight.Date).AddDays(-back)), A.Usd(Math.Round(spend, 2)), impressions, impressions / 100, Math.Floor(spend / 12), null);
}
