using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Optimizers;

/// <summary>
/// What a result costs now, from finished days and today, with spend counted only as far as its results can be known by now, old days fading.
/// What impressions bring is remembered long, since it moves slowly; what they cost is taken from the last hours, since that is known at once.
/// Where nobody counts impressions, days at another bid are re-expressed at the present one.
/// </summary>
/// <param name="Cost">Shrunk towards the target by a few results' worth of evidence.</param>
/// <param name="Results">Results behind it, faded.</param>
/// <param name="Expected">Results that the target would have brought for the same spend.</param>
public sealed record CostEstimate(double Cost, double Results, double Expected)
{
    /// <summary>How strongly the cost of a result follows the bid: cost ∝ bid^0.65.</summary>
    public const double BidElasticity = .65;

    /// <summary>Results' worth of belief in the target before there is evidence.</summary>
    public const int PriorResults = 6;

    /// <summary>How fast what impressions bring drifts: variance of its logarithm a day.</summary>
    private const double DriftADay = .0003;

    /// <summary>How much one day differs from the next, beyond chance: variance of the logarithm.</summary>
    private const double DayNoise = .0225;

    private const double ShortestMemory = 2;
    private const double LongestMemory = 21;

    private const int DaysBack = 30;

    /// <summary>Results that come later than this are few.</summary>
    private const int LongestDelayDays = 9;

    /// <summary>What a price may have moved since a day, either way.</summary>
    private const double MostMoved = 3;

    /// <summary>What impressions cost is known from the last hours.</summary>
    public bool FollowsPrice { get; private init; }

    /// <summary>Null when today's results are not known or there is no spend to judge by.</summary>
    public static CostEstimate? From(Observation now, Money target, Money bid, AgentMemory memory)
    {
        if (now.Reading is not { } reading || target.Amount <= 0)
            return null;

        var result = ResultWord.Of(now.Campaign);
        if (result.In(reading.Today) is null)
            return null;

        var days = Days(now, reading).Where(day => result.In(day) is not null && day.Spend.Amount >= 0).ToList();
        if (days.Count == 0)
            return null;

        var price = ImpressionPrice.Of(now, bid, memory);
        var money = days.ConvertAll(day => Present(day, now, bid, memory, price));
        var (spend, results) = Matured(now, result, days, money);
        if (spend <= 0)
            return null;

        var cost = (spend + (PriorResults * (double)target.Amount)) / (results + PriorResults);
        return double.IsFinite(cost) ? new CostEstimate(cost, results, spend / (double)target.Amount) { FollowsPrice = price is not null } : null;
    }

    /// <summary>Results counted since an earlier move; null when they cannot be told.</summary>
    public static decimal? ResultsSince(Observation now, PastMove move)
    {
        var result = ResultWord.Of(now.Campaign);
        if (now.Reading is not { } reading || result.In(reading.Today) is not { } today)
            return null;

        if (reading.Today.Day == move.Day)
            return Math.Max(0, today - (move.ResultsToday ?? 0));

        var finished = Days(now, reading).Where(day => day.Day >= move.Day && day.Day < reading.Today.Day).Sum(day => result.In(day) ?? 0);
        return Math.Max(0, finished - (move.ResultsToday ?? 0)) + today;
    }

    private static IEnumerable<DayFigures> Days(Observation now, PerformanceReading reading) => now.Days
        .Where(day => day.Day < reading.Today.Day && day.Day.Date >= reading.Today.Day.Date.AddDays(-DaysBack))
        .Append(reading.Today);

    /// <summary>Results, and the money of which they should have come by now, both fading with the day on which they are counted.</summary>
    private static (double Money, double Results) Matured(Observation now, ResultWord result, List<DayFigures> days, List<double> money)
    {
        var delay = DelayProfile.Of(result);
        var zone = now.Account.Zone();
        var byLag = KnownByLag(delay);
        var memoryDays = MemoryDays(now, result, days);
        var onClickDay = ClickDay.IsCredited(now, result);

        // What came on the first days was bought before them, unless the campaign began there.
        var first = !onClickDay && days.Count > 2 * LongestDelayDays ? LongestDelayDays : 0;
        var (spend, results) = (0.0, 0.0);
        for (var at = first; at < days.Count; at++)
        {
            var (start, end) = (days[at].Day.Start(zone), days[at].Day.End(zone));
            var sinceStart = (now.Now - start).TotalHours;
            var sinceEnd = Math.Max(0, (now.Now - end).TotalHours);
            var weight = Math.Exp(-sinceEnd / 24 / memoryDays);
            results += (double)result.In(days[at])!.Value * weight;
            if (onClickDay)
            {
                // Its figures were last read on the day after it.
                spend += money[at] * weight * delay.Known(Math.Min(sinceStart, 48), Math.Min(sinceEnd, 24));
                continue;
            }

            for (var bought = Math.Max(0, at - LongestDelayDays); bought <= at; bought++)
            {
                var lag = days[at].Day.Date.DayNumber - days[bought].Day.Date.DayNumber;
                if (lag > LongestDelayDays)
                    continue;

                var known = sinceEnd > 0 ? byLag[lag] : delay.Known(sinceStart + (24 * lag), lag == 0 ? 0 : sinceStart + (24 * (lag - 1)));
                spend += money[bought] * weight * Math.Max(0, known - (lag == 0 ? 0 : byLag[lag - 1]));
            }
        }

        return (spend, results);
    }

    /// <summary>Of the results of a day's money, what is known at the end of that day, of the next one, and so on.</summary>
    private static double[] KnownByLag(DelayProfile delay)
    {
        var known = new double[LongestDelayDays + 1];
        for (var lag = 0; lag < known.Length; lag++)
            known[lag] = delay.Known(24 * (lag + 1), 24 * lag);

        return known;
    }

    /// <summary>So long that what is remembered is about as certain as it is up to date: longer where results are few.</summary>
    private static double MemoryDays(Observation now, ResultWord result, List<DayFigures> days)
    {
        var (sum, count) = (0.0, 0);
        for (var at = days.Count - 1; at >= 0 && count < 7; at--)
        {
            if (days[at].Day < now.Today)
                (sum, count) = (sum + (double)result.In(days[at])!.Value, count + 1);
        }

        var aDay = Math.Max(.01, count == 0 ? (double)result.In(days[^1])!.Value : sum / count);
        return Math.Clamp(Math.Sqrt((DayNoise + (1 / aDay)) / DriftADay), ShortestMemory, LongestMemory);
    }

    /// <summary>A day's money as it would be now: at the present price of its impressions, or at the present bid.</summary>
    private static double Present(DayFigures day, Observation now, Money bid, AgentMemory memory, double? price)
    {
        var money = (double)day.Spend.Amount;
        if (price is { } each && day.Impressions is { } shown && shown >= ImpressionPrice.Fewest && money > 0)
            return money * Math.Clamp(each * shown / money, 1 / MostMoved, MostMoved);

        var zone = now.Account.Zone();
        var (start, end) = (day.Day.Start(zone), day.Day.End(zone));
        return money * ImpressionPrice.AtPresentBid(start, end < now.Now ? end : now.Now, bid, memory);
    }
}
