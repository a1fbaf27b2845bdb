using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Adapters.Tests.AdNetworks.Simulator;

/// <summary>Whether the market is the one that was specified, before anything is judged on it.</summary>
public sealed class DistributionTests
{
    private const ulong Seed = 7;
    private static readonly TimeZoneInfo Utc = TimeZoneInfo.Utc;
    private static readonly AccountDay First = new(new DateOnly(2026, 3, 2));
    private static readonly NetworkProfile Meta = AdNetworkCatalog.Profiles[0];

    [Fact]
    public void Poisson_numbers_have_their_mean_and_spread()
    {
        foreach (var mean in new[] { 0.05, 3, 29, 31, 400 })
        {
            var draws = Enumerable.Range(0, 20_000).Select(index => (double)RandomStream.At(Seed, 1, Purpose.Market, index).Poisson(mean)).ToList();
            var average = draws.Average();

            average.ShouldBe(mean, 5 * Math.Sqrt(mean / draws.Count), $"mean {mean}");
            draws.Sum(draw => (draw - average) * (draw - average)).ShouldBe(mean * draws.Count, mean * draws.Count * 0.06, $"variance {mean}");
        }
    }

    [Fact]
    public void The_day_has_its_peak_in_the_evening_and_its_trough_before_dawn()
    {
        var minutes = Enumerable.Range(0, Diurnal.MinutesADay).ToList();

        minutes.Average(Diurnal.At).ShouldBe(1, 1e-9);
        (minutes.MaxBy(Diurnal.At) / 60).ShouldBe(21);
        (minutes.MinBy(Diurnal.At) / 60).ShouldBeInRange(3, 4);
        minutes.Max(Diurnal.At).ShouldBeInRange(1.6, 1.8);
        minutes.Min(Diurnal.At).ShouldBeInRange(0.12, 0.16);
    }

    [Fact]
    public void A_day_costs_about_its_budget()
    {
        var days = Enumerable.Range(0, 200).SelectMany(campaign => Days(campaign, 10)).ToList();

        (days.Average(day => day.Spend) / 500).ShouldBeInRange(0.98, 1.06);
        days.Max(day => day.Spend).ShouldBeLessThan(500 * 1.75);
    }

    [Fact]
    public void The_hours_of_many_days_follow_the_curve()
    {
        var parameters = Parameters(1) with { Pacing = Pacing.Even, PhaseMinutes = 0 };
        var hours = new double[24];
        for (var campaign = 0; campaign < 100; campaign++)
        {
            var day = new MarketDay(SceneOf((ulong)campaign, parameters), First, Utc);
            for (var hour = 0; hour < 24; hour++)
                hours[hour] += day.UpTo(day.Start.AddHours(hour + 1), Always()).Spend - day.UpTo(day.Start.AddHours(hour), Always()).Spend;
        }

        // Up to the late evening, where a used-up budget ends some days early.
        var sum = hours[..20].Sum();
        var curve = Enumerable.Range(0, 20).Select(hour => Enumerable.Range(hour * 60, 60).Sum(Diurnal.At)).ToList();
        for (var hour = 0; hour < 20; hour++)
            (hours[hour] / sum).ShouldBe(curve[hour] / curve.Sum(), curve[hour] / curve.Sum() * 0.12, $"{hour} h");
    }

    [Fact]
    public void A_month_brings_the_results_that_its_money_buys()
    {
        var ratios = Enumerable.Range(0, 60).Select(campaign =>
        {
            var parameters = Parameters(campaign);
            var days = Days(campaign, 30).ToList();
            return days.Sum(day => day.Results) * parameters.TrueCpa / days.Sum(day => day.Spend);
        }).ToList();

        ratios.Average().ShouldBeInRange(0.97, 1.03);
    }

    [Fact]
    public void Installs_come_with_the_specified_delays()
    {
        var parameters = Parameters(3) with { Result = ResultWord.Install, TrueCpa = 0.05, ConversionHold = TimeSpan.Zero };
        var day = new MarketDay(SceneOf(3, parameters), First, Utc);
        day.UpTo(day.Start.AddDays(1), Always());
        var minute = First.Start(Utc).ToUnixTimeSeconds() / 60;

        // Half of all installs of the day have come about twelve minutes after their click: most of the day's are in by midnight.
        var inTime = day.Arrivals.Count(arrival => arrival.Minute < minute + Diurnal.MinutesADay) / (double)day.Arrivals.Count;
        inTime.ShouldBeInRange(0.80, 0.93);
        day.Arrivals.Max(arrival => arrival.Minute).ShouldBeLessThan(minute + (8 * Diurnal.MinutesADay));
    }

    [Theory]
    [InlineData("2026-03-08", 23)]
    [InlineData("2026-03-09", 24)]
    [InlineData("2026-11-01", 25)]
    public void A_day_on_which_the_clocks_change_has_its_own_number_of_hours(string date, int hours)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        var day = new AccountDay(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture));
        var market = new MarketDay(SceneOf(5, Parameters(5) with { Pacing = Pacing.Even }), day, zone);
        var whole = market.UpTo(day.End(zone), Always());

        (day.End(zone) - day.Start(zone)).ShouldBe(TimeSpan.FromHours(hours));
        market.UpTo(day.End(zone).AddHours(5), Always()).ShouldBe(whole);
        whole.Spend.ShouldBeInRange(300, 800);
    }

    [Fact]
    public async Task Yesterday_and_today_together_are_all_that_was_spent_across_a_change_of_clocks()
    {
        using var bench = new SimulatedBench(zone: "America/New_York", start: new DateTimeOffset(2026, 11, 1, 3, 30, 0, TimeSpan.Zero));
        var campaign = await bench.LaunchAsync();
        bench.Machine.Advance(TimeSpan.FromHours(36));
        var reading = await bench.ReadAsync(campaign);

        reading.Today.Day.ShouldBe(new AccountDay(new DateOnly(2026, 11, 2)));
        reading.Yesterday!.Day.ShouldBe(new AccountDay(new DateOnly(2026, 11, 1)));
        reading.Yesterday.Spend.Amount.ShouldBeInRange(350, 750);
    }

    [Fact]
    public void A_day_that_is_asked_for_again_a_week_later_is_what_it_was()
    {
        var market = new CampaignMarket(SceneOf(1, Parameters(1)), Utc, First.Start(Utc));
        var noon = First.Start(Utc).AddHours(12);
        var (half, whole) = (market.TotalsOf(First, noon, noon, Always()), market.TotalsOf(First, First.End(Utc), First.End(Utc), Always()));
        var day = First;
        for (var later = 1; later <= 7; later++)
        {
            day = day.Next;
            market.TotalsOf(day, day.End(Utc), day.End(Utc), Always());
        }

        whole.Spend.ShouldBeGreaterThan(half.Spend);
        market.TotalsOf(First, noon, noon, Always()).ShouldBe(half);
        market.TotalsOf(First, First.End(Utc), First.End(Utc), Always()).ShouldBe(whole);
    }

    private static IEnumerable<DayTotals> Days(int campaign, int count)
    {
        var market = new CampaignMarket(SceneOf((ulong)campaign, Parameters(campaign)), Utc, First.Start(Utc));
        var day = First;
        for (var index = 0; index < count; index++, day = day.Next)
            yield return market.TotalsOf(day, day.End(Utc), day.End(Utc), Always());
    }

    private static MarketParameters Parameters(int campaign) => MarketParameters.Draw(Seed, (ulong)campaign, Meta, Order);

    private static Scene SceneOf(ulong campaign, MarketParameters parameters) => new(Seed, campaign, parameters, 500, First.Start(Utc), []);

    private static Timeline Always()
    {
        var standing = new CampaignStanding(new CreatedCampaign(new CampaignId("c"), Order, null, DateTimeOffset.UnixEpoch), takesCreatives: false, TimeSpan.Zero);
        return Timeline.Of(standing, [new MarketEvent.Activated(DateTimeOffset.UnixEpoch, null)]);
    }

    private static CampaignOrder Order { get; } = new(
        "c", new CommandKey("k"), "OUTCOME_APP_PROMOTION", A.Usd(500), new Bidding { Strategy = BidStrategy.LowestCost },
        new Targeting { Countries = ["US"] }, new Destination(), Schedule.Now);
}
