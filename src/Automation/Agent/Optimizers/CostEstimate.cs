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

    /// <summary>Evidence halves about every two days.</summary>
    private const double MemoryDays = 3;

    private const int DaysBack = 14;

    /// <summary>Null when today's results are not known or there is no spend to judge by.</summary>
    public static CostEstimate? From(Observation now, Money target, Money bid, AgentMemory memory)
    {
        if (now.Reading is not { } reading || target.Amount <= 0)
            return null;

        var result = ResultWord.Of(now.Campaign);
        if (result.In(reading.Today) is null)
            return null;

        var delay = DelayProfile.Of(result);
        var (spend, results) = (0.0, 0.0);
        foreach (var day in Days(now, reading))
        {
            if (result.In(day) is not { } counted || day.Spend.Amount < 0)
                continue;

            var (start, end) = (day.Day.Start(now.Account.Zone()), day.Day.End(now.Account.Zone()));
            var sinceStart = (now.Now - start).TotalHours;
            var sinceEnd = Math.Max(0, (now.Now - end).TotalHours);
            var weight = Math.Exp(-sinceEnd / 24 / MemoryDays);
            var atPresentBid = Math.Pow((double)(bid.Amount / BidOn(start, end, bid, memory)), BidElasticity);

            spend += (double)day.Spend.Amount * delay.Known(sinceStart, sinceEnd) * weight * atPresentBid;
            results += (double)counted * weight;
        }

        if (spend <= 0)
            return null;

        var cost = (spend + (PriorResults * (double)target.Amount)) / (results + PriorResults);
        return double.IsFinite(cost) ? new CostEstimate(cost, results, spend / (double)target.Amount) : null;
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

    /// <summary>The bid that held in the middle of a stretch of time.</summary>
    private static decimal BidOn(DateTimeOffset start, DateTimeOffset end, Money bid, AgentMemory memory)
    {
        var middle = start + ((end - start) / 2);
        var later = memory.Moves.FirstOrDefault(move => move.Lever == Lever.Bid && move.At > middle);
        return later is { From.Amount: > 0 } ? later.From.Amount : bid.Amount;
    }
}
