using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Optimizers;

/// <summary>
/// What a result costs now, from finished days and today, with spend counted only as far as its results can be known by now,
/// old days fading, and days at another bid re-expressed at the present one.
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

    /// <summary>How fast what a result costs drifts: variance of its logarithm a day.</summary>
    private const double DriftADay = .0015;

    /// <summary>Many results a day are forgotten fast and few slowly, so that what is remembered is about as certain as it is up to date.</summary>
    private const double ShortestMemory = .4;
    private const double LongestMemory = 10;

    private const int DaysBack = 21;

    /// <summary>Results that come later than this are few.</summary>
    private const int LongestDelayDays = 9;
    private const int PartsOfDay = 6;

    /// <summary>Null when today's results are not known or there is no spend to judge by.</summary>
    public static CostEstimate? From(Observation now, Money target, Money bid, AgentMemory memory)
    {
        if (now.Reading is not { } reading || target.Amount <= 0)
            return null;

        var result = ResultWord.Of(now.Campaign);
        if (result.In(reading.Today) is null)
            return null;

        var delay = DelayProfile.Of(result);
        var spendAsOf = SpendAsOf(now, reading);

        // Results are reported up to so much later than money: in the middle by half of it.
        var asOf = spendAsOf - (SafetyLimits.ConversionHold / 2);
        var memoryDays = MemoryOf(now, reading, result);
        var days = Days(now, reading).Where(day => result.In(day) is not null && day.Spend.Amount >= 0).Select(day => Spent.On(day, now, spendAsOf, bid, memory)).ToList();
        var (spend, results) = (0.0, 0.0);
        for (var at = 0; at < days.Count; at++)
        {
            // What came on a day was bought on it and on the days before it: both sides fade with the day on which it came.
            var counted = days[at];
            var weight = Math.Exp(-Math.Max(0, (now.Now - counted.End).TotalDays) / memoryDays);
            var until = counted.End < asOf ? counted.End : asOf;
            results += (double)result.In(counted.Figures)!.Value * weight;
            for (var before = Math.Max(0, at - LongestDelayDays); before <= at; before++)
                spend += days[before].Bringing(delay, counted.Start, until) * weight;
        }

        if (spend <= 0)
            return null;

        var cost = (spend + (PriorResults * (double)target.Amount)) / (results + PriorResults);
        return double.IsFinite(cost) ? new CostEstimate(cost, results, spend / (double)target.Amount) : null;
    }

    /// <summary>A day's money, re-expressed at the present bid.</summary>
    private sealed record Spent(DayFigures Figures, DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<Part> Parts)
    {
        public static Spent On(DayFigures day, Observation now, DateTimeOffset asOf, Money bid, AgentMemory memory)
        {
            var zone = now.Account.Zone();
            var (start, end) = (day.Day.Start(zone), day.Day.End(zone));
            var until = asOf <= start ? start.AddMinutes(1) : asOf < end ? asOf : end;
            var money = (double)day.Spend.Amount * AtPresentBid(start, until, bid, memory);
            return new Spent(day, start, end, day.Day < now.Today.Previous ? [new Part(start, until, money)] : Split(start, until, money, zone));
        }

        /// <summary>Of the results of this money, as much as should have come between two moments, in money.</summary>
        public double Bringing(DelayProfile delay, DateTimeOffset from, DateTimeOffset until)
        {
            var sum = 0.0;
            foreach (var part in Parts)
                sum += part.Money * Math.Max(0, part.KnownAt(delay, until) - part.KnownAt(delay, from));

            return sum;
        }

        /// <summary>Of the last two days it matters whether money came in the morning or in the evening.</summary>
        private static List<Part> Split(DateTimeOffset start, DateTimeOffset until, double money, TimeZoneInfo zone)
        {
            var length = (until - start) / PartsOfDay;
            var parts = Enumerable.Range(0, PartsOfDay)
                .Select(at => (From: start + (length * at), Until: start + (length * (at + 1)), Weight: DiurnalCurve.Share(start + (length * at), start + (length * (at + 1)), zone, 0)))
                .ToList();
            var sum = parts.Sum(part => part.Weight);
            return parts.ConvertAll(part => new Part(part.From, part.Until, money * part.Weight / sum));
        }
    }

    /// <summary>Money that was spent evenly between two moments.</summary>
    private readonly record struct Part(DateTimeOffset From, DateTimeOffset Until, double Money)
    {
        public double KnownAt(DelayProfile delay, DateTimeOffset at)
        {
            if (at <= From)
                return 0;

            return at < Until ? (at - From) / (Until - From) * delay.Known((at - From).TotalHours, 0) : delay.Known((at - From).TotalHours, (at - Until).TotalHours);
        }
    }

    /// <summary>Figures of a network that gives no as-of time are behind by part of its usual age.</summary>
    private static DateTimeOffset SpendAsOf(Observation now, PerformanceReading reading) =>
        reading.DataAsOf ?? reading.ReadAt - (now.Profile.UsualReportAge.Value * SafetyLimits.ShareOfAgeBehind);

    private static double MemoryOf(Observation now, PerformanceReading reading, ResultWord result)
    {
        var finished = Days(now, reading).Where(day => day.Day < reading.Today.Day).Select(day => (double)(result.In(day) ?? 0)).TakeLast(7).ToList();
        var aDay = Math.Max(.01, finished.Count == 0 ? (double)(result.In(reading.Today) ?? 0) : finished.Average());
        return Math.Clamp(Math.Sqrt(1 / (aDay * DriftADay)), ShortestMemory, LongestMemory);
    }

    /// <summary>Each bid for as long as it held.</summary>
    private static double AtPresentBid(DateTimeOffset start, DateTimeOffset end, Money bid, AgentMemory memory)
    {
        var hours = (end - start).TotalHours;
        if (hours <= 0)
            return 1;

        var (sum, from, held) = (0.0, start, memory.Moves.FirstOrDefault(move => move.Lever == Lever.Bid && move.At > start)?.From ?? bid);
        foreach (var move in memory.Moves.Where(move => move.Lever == Lever.Bid && move.At > start && move.At < end))
        {
            sum += (move.At - from).TotalHours * Factor(held);
            (from, held) = (move.At, move.To);
        }

        return (sum + ((end - from).TotalHours * Factor(held))) / hours;

        double Factor(Money then) => then.Amount <= 0 ? 1 : Math.Pow((double)(bid.Amount / then.Amount), BidElasticity);
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
}
