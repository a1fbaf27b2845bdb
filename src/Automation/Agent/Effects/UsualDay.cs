using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Agent.Effects;

/// <summary>What a finished day since the last move of the budget spent and brought, in the mean, results that are still to come allowed for.</summary>
/// <param name="Seen">Results behind it.</param>
internal sealed record UsualDay(int Days, double Spend, double Results, double Seen)
{
    public const int Fewest = 3;

    /// <summary>Days differ by this much for reasons of their own (standard deviation of the log).</summary>
    public const double DaySpread = .15;

    private const int Most = 14;

    /// <summary>Share of a day's results that can be known before the day counts.</summary>
    private const double KnownShare = .6;

    /// <summary>How well its results are known: standard deviation of their log.</summary>
    public double Spread => Math.Sqrt((1 / Math.Max(1, Seen)) + (DaySpread * DaySpread / Days));

    /// <summary>Null where too few days are finished, or their results were not counted.</summary>
    public static UsualDay? Of(Observation now, AgentMemory memory)
    {
        var (word, from) = (ResultWord.Of(now.Campaign), memory.Last(Lever.DailyBudget)?.Day.Next);
        var days = FinishedDays.Of(now.Days.Where(day => from is null || day.Day >= from), word, now.Account, now.Now, KnownShare).TakeLast(Most).ToList();
        if (now.ResultsUncounted || days.Count < Fewest)
            return null;

        var results = days.Sum(day => (double)(word.In(day.Figures) ?? 0));
        return new UsualDay(days.Count, days.Average(day => (double)day.Figures.Spend.Amount), results / days.Sum(day => day.Known), results);
    }
}
