using System.Globalization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Optimizers;

/// <summary>
/// Pauses a campaign that is surely not worth its money although its budget was cut: over a week of finished days since then and since it last began to run, what
/// comes back is below its minimum, or a result costs more than the most it may, also at the friendly end of what the figures allow. Only a person lets it run
/// again. Pure.
/// </summary>
public static class CampaignPause
{
    /// <summary>So long a smaller budget has had to help.</summary>
    internal const int FewestDays = 7;

    private const int MostDays = 14;
    internal const double FewestResults = 20;

    /// <summary>Share of a day's results that must be known before the day counts.</summary>
    private const double KnownShare = .8;

    /// <summary>Days differ by this much for reasons of their own (standard deviation of the log).</summary>
    private const double DaySpread = .15;

    /// <summary>One-sided 99.9 % point of the normal distribution: the same days are looked at again every day.</summary>
    private const double Sure = 3.09;

    public static Proposal? Propose(Observation now, AgentMemory memory)
    {
        if (!now.Campaign.Spec.Automation.PauseUnderperforming || now.State != DataState.Fresh || now.Reading is not { Settings.MayDeliver: true } reading)
            return null;

        var budget = reading.Settings.DailyBudget;
        return budget.Amount > 0 && Judged(now, memory) is { IsBad: true } judged ? new Proposal(Lever.Running, budget, budget.Currency.Zero, judged.Says, "pause") : null;
    }

    /// <summary>Why it runs on, in words.</summary>
    public static string Says(Observation now, AgentMemory memory)
    {
        var (campaign, word) = (now.Campaign, ResultWord.Of(now.Campaign));
        if (!campaign.Spec.Automation.PauseUnderperforming)
            return $"pausing is switched off for it (\"set pausing {campaign.Handle} on\")";

        if (campaign.Spec.Automation is { MinRoas: null, MaxCpa: null })
            return $"nobody said what has to come back or what {word.Each} may cost at most (\"set max cpa {campaign.Handle} …\")";

        if (now.State != DataState.Fresh)
            return "its figures are not fresh";

        if (IsUntried(now, memory))
            return "a smaller budget is tried first, for a week";

        var days = Days(now, memory);
        return days.Count < FewestDays
            ? $"{Ages.Days(days.Count)} are finished and in since its budget was cut or it last began to run, and it takes {Ages.Days(FewestDays)}"
            : Judged(now, memory)?.Says ?? $"too few {word.Many} came to tell, and it takes {FewestResults.ToString(CultureInfo.InvariantCulture)}, or so many that are missing";
    }

    private static (bool IsBad, string Says)? Judged(Observation now, AgentMemory memory)
    {
        var (automation, word, days) = (now.Campaign.Spec.Automation, ResultWord.Of(now.Campaign), Days(now, memory));
        var money = days.Sum(day => (double)day.Figures.Spend.Amount * day.Known);
        var results = days.Sum(day => (double)(word.In(day.Figures) ?? 0));
        if (IsUntried(now, memory) || days.Count < FewestDays || money <= 0)
            return null;

        var byReturn = automation.MinRoas is { } least and > 0 && results >= FewestResults && days.TrueForAll(day => day.Figures.Revenue is not null) ? ByReturn(days, money, results, (double)least) : ((bool, string)?)null;
        var byCost = automation.MaxCpa is { Amount: > 0 } most && Math.Max(results, money / (double)most.Amount) >= FewestResults ? ByCost(days.Count, money, results, most, word) : ((bool, string)?)null;
        return byReturn is (true, _) ? byReturn : byCost is (true, _) ? byCost : byReturn ?? byCost;
    }

    private static (bool IsBad, string Says) ByReturn(List<(DayFigures Figures, double Known)> days, double money, double results, double least)
    {
        var roas = days.Sum(day => (double)day.Figures.Revenue!.Value.Amount) / money;
        var best = roas * Math.Exp(Sure * Math.Sqrt((SafetyLimits.WorthVariance / results) + (DaySpread * DaySpread / days.Count)));
        return (best < least, string.Create(CultureInfo.InvariantCulture, $"ROAS was {roas:0.00} over {Ages.Days(days.Count)}, at best {best:0.00}, and the minimum is {least:0.##}"));
    }

    private static (bool IsBad, string Says) ByCost(int days, double money, double results, Money most, ResultWord word)
    {
        var cost = money / Math.Max(.5, results);
        var best = cost * Math.Exp(-Sure * Math.Sqrt((1 / Math.Max(1, results)) + (DaySpread * DaySpread / days)));
        var (seen, friendly) = (most.Currency.Of((decimal)cost).Rounded(), most.Currency.Of((decimal)best).Rounded());
        var says = results < 1 ? $"no {word.One} came" : $"{word.Each} cost about {seen}, at best {friendly},";
        return (best > (double)most.Amount, $"{says} over {Ages.Days(days)}, and the most it may cost is {most}");
    }

    /// <summary>The gentler way comes first, where the agent may go it.</summary>
    private static bool IsUntried(Observation now, AgentMemory memory) => now.Campaign.Spec.Automation.AdjustBudgets && FirstCut(memory) is null;

    /// <summary>The first since its budget was last raised: what was given back is no smaller budget.</summary>
    private static PastMove? FirstCut(AgentMemory memory) =>
        memory.Moves.Where(move => move.Lever == Lever.DailyBudget).Aggregate((PastMove?)null, (first, move) => move.To > move.From ? null : first ?? move);

    private static List<(DayFigures Figures, double Known)> Days(Observation now, AgentMemory memory)
    {
        var (zone, resumed, cut) = (now.Account.Zone(), now.Campaign.LastResumedAt, FirstCut(memory));
        var counted = now.Days.Where(day => (resumed is not { } since || day.Day.Start(zone) >= since) && (cut is null || !now.Campaign.Spec.Automation.AdjustBudgets || day.Day > cut.Day));
        return [.. FinishedDays.Of(counted, ResultWord.Of(now.Campaign), now.Account, now.Now, KnownShare).TakeLast(MostDays)];
    }
}
