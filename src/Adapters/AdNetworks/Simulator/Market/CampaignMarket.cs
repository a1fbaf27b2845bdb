using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

/// <summary>Totals of one account day as they were at some moment.</summary>
internal readonly record struct DayTotals(double Spend, long Impressions, long Clicks, double Results, double Revenue);

/// <summary>
/// One campaign's market: a pure function of seed, events and time. Days are played when asked for and kept while they are
/// near, those before yesterday without their minutes; playing them again gives the same.
/// </summary>
internal sealed class CampaignMarket(Scene scene, TimeZoneInfo zone, DateTimeOffset createdAt)
{
    /// <summary>A result may come up to seven days after its click.</summary>
    private const int DaysBack = 7;

    /// <summary>The day that is asked for, the one before it, and theirs.</summary>
    private const int KeptDays = DaysBack + 3;

    private readonly Dictionary<AccountDay, MarketDay> _days = [];

    public MarketParameters Parameters => scene.Parameters;

    /// <param name="asOf">Up to when money, impressions and clicks count.</param>
    /// <param name="resultsAsOf">Up to when results count.</param>
    public DayTotals TotalsOf(AccountDay day, DateTimeOffset asOf, DateTimeOffset resultsAsOf, Timeline timeline)
    {
        if (_days.TryGetValue(day, out var packed) && packed.IsPacked)
            _days.Remove(day);

        var today = DayOf(day);
        var end = day.End(zone);
        var delivered = today.UpTo(asOf < end ? asOf : end, timeline);
        delivered = delivered with
        {
            Spend = delivered.Spend - Corrections.TakenBack(scene, day, today.Start, end, asOf, until => today.UpTo(until, timeline).Spend),
        };
        Forget(day);

        return scene.Parameters.Result switch
        {
            _ when scene.Parameters.Result == ResultWord.Click => new DayTotals(delivered.Spend, delivered.Impressions, delivered.Clicks, delivered.Clicks, 0),
            _ when scene.Parameters.Result == ResultWord.ThousandImpressions => new DayTotals(delivered.Spend, delivered.Impressions, delivered.Clicks, delivered.Impressions / 1000.0, 0),
            _ => WithArrivals(delivered, day, resultsAsOf < end ? resultsAsOf : end, timeline),
        };
    }

    private DayTotals WithArrivals(Delivered delivered, AccountDay day, DateTimeOffset until, Timeline timeline)
    {
        var first = day.Start(zone).ToUnixTimeSeconds() / 60;
        var last = until.ToUnixTimeSeconds() / 60;
        var (count, value) = (0, 0.0);
        var bought = new AccountDay(day.Date.AddDays(-DaysBack));
        for (; bought <= day; bought = bought.Next)
        {
            if (bought.End(zone) <= createdAt)
                continue;

            var earlier = DayOf(bought);
            if (!earlier.IsPacked)
                earlier.UpTo(until, timeline);

            foreach (var arrival in earlier.Arrivals)
            {
                if (arrival.Minute < first || arrival.Minute >= last || (timeline.HasOutage && Lost(arrival, timeline)))
                    continue;

                count++;
                value += arrival.Value;
            }
        }

        return new DayTotals(delivered.Spend, delivered.Impressions, delivered.Clicks, count, value);
    }

    private static bool Lost(Arrival arrival, Timeline timeline) => timeline.InOutage(DateTimeOffset.FromUnixTimeSeconds(arrival.Minute * 60));

    private MarketDay DayOf(AccountDay day)
    {
        if (!_days.TryGetValue(day, out var known))
            _days[day] = known = new MarketDay(scene, day, zone);

        return known;
    }

    private void Forget(AccountDay newest)
    {
        foreach (var (day, played) in _days)
        {
            if (day.Date < newest.Date.AddDays(-1))
                played.Pack();
        }

        if (_days.Count <= KeptDays)
            return;

        foreach (var old in _days.Keys.Where(day => day.Date < newest.Date.AddDays(-KeptDays)).ToList())
            _days.Remove(old);
    }
}
