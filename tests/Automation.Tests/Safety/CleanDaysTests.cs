using System.Globalization;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Tracking;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>How often a healthy campaign is stopped, and a runaway found: counted, and printed.</summary>
public sealed class CleanDaysTests(ITestOutputHelper output)
{
    private static readonly int Campaigns = Cases.IsLong ? 220 : 44;
    private const int DaysEach = 10;

    [Proves(175)]
    [Fact]
    public void Hardly_any_clean_campaign_day_is_stopped()
    {
        var days = Enumerable.Range(1, Campaigns).AsParallel().SelectMany(seed => new CleanMarket(seed).Run(DaysEach).ToList()).ToList();
        var stopped = days.Where(day => day.Breach is not null).ToList();
        var front = days.Where(day => day.Traits.FrontLoaded).ToList();
        var frontStopped = front.Count(day => day.Breach is not null);

        output.WriteLine($"{days.Count} clean campaign-days: {stopped.Count} stopped ({Share(stopped.Count, days.Count)}); "
            + $"front-loaded {front.Count}: {frontStopped} ({Share(frontStopped, front.Count)})");
        foreach (var rule in stopped.GroupBy(day => day.Breach!.Rule.Value))
            output.WriteLine($"  {rule.Key}: {rule.Count()}, for example {rule.First().Breach!.Evidence}");

        days.Count.ShouldBeGreaterThanOrEqualTo(Cases.IsLong ? 2000 : 400);
        (stopped.Count / (double)days.Count).ShouldBeLessThanOrEqualTo(0.01);
        (frontStopped / (double)front.Count).ShouldBeLessThanOrEqualTo(0.02);
    }

    [Theory]
    [InlineData(10, 0, 0.99)]
    [InlineData(5, 0, 0.90)]
    [InlineData(10, 5, 0.99)]
    [InlineData(5, 5, 0.90)]
    public void A_runaway_from_noon_is_found_the_same_day(int factor, int day, double atLeast)
    {
        var found = Enumerable.Range(1001, 60).AsParallel()
            .Select(seed => new CleanMarket(seed).Run(day + 1, day, factor).Last())
            .Where(last => !last.Traits.FrontLoaded)
            .ToList();
        var hits = found.Where(last => last.BreachMinute >= 720).ToList();
        var median = hits.Select(hit => hit.BreachMinute!.Value - 720).Order().ElementAt(hits.Count / 2);

        output.WriteLine($"×{factor} on day {day + 1}: {hits.Count} of {found.Count} found ({Share(hits.Count, found.Count)}), median {median} min after it began");

        (hits.Count / (double)found.Count).ShouldBeGreaterThanOrEqualTo(atLeast);
    }

    [Fact]
    public void Clean_accounts_are_hardly_ever_taken_for_uncounted_and_an_outage_is_found()
    {
        const int Groups = 30, Together = 5, Days = 4, FromMinute = 3 * 1440 + 720;
        var clean = Enumerable.Range(0, Groups).AsParallel().Select(group => Outages(group, Together, Days, _ => false)).ToList();
        var broken = Enumerable.Range(0, Groups).AsParallel().Select(group => Outages(group, Together, Days, minute => minute >= FromMinute)).ToList();
        var late = broken.Select(account => account.FirstOrDefault(minute => minute >= FromMinute) - FromMinute).Where(minutes => minutes >= 0).Order().ToList();

        output.WriteLine($"{Groups * Days} clean account-days: {clean.Count(account => account.Count > 0)} taken for uncounted; "
            + $"of {Groups} outages {late.Count} found the same day, median {late.ElementAtOrDefault(late.Count / 2)} min after they began");
        clean.Count(account => account.Count > 0).ShouldBeLessThanOrEqualTo(1);
        (late.Count / (double)Groups).ShouldBeGreaterThanOrEqualTo(0.9);
    }

    /// <summary>Minutes in which an account of some campaigns is taken for one whose results are not counted.</summary>
    private static List<int> Outages(int group, int together, int days, Func<int, bool> uncounted)
    {
        var account = new SortedDictionary<int, List<Observation>>();
        foreach (var seed in Enumerable.Range(20_000 + (group * together), together))
        {
            var market = new CleanMarket(seed)
            {
                Uncounted = uncounted,
                Sees = (minute, seen) =>
                {
                    if (!account.TryGetValue(minute, out var all))
                        account[minute] = all = [];

                    all.Add(seen);
                },
            };
            foreach (var day in market.Run(days))
                day.Breach.ShouldBeNull("nothing is judged here");
        }

        return [.. account.Where(moment => TrackingOutage.Find(moment.Value) is not null).Select(moment => moment.Key)];
    }

    private static string Share(int part, int all) => (part / (double)Math.Max(1, all)).ToString("P2", CultureInfo.InvariantCulture);
}
