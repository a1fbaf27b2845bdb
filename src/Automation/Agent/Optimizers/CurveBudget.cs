using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Curves;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Sharing;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Optimizers;

/// <summary>
/// Moves the daily budget by what the next unit of money brings, from finished days alone: down towards its optimum where the last result of a day surely costs
/// more than any may, else towards its part of what the account spends. A raise takes only what was taken from the others before. Pure.
/// </summary>
public static class CurveBudget
{
    public static Proposal? Propose(Observation now, AgentMemory memory, BudgetShare? share)
    {
        if (share is null || Holds(now, memory, share) is not null || now.Reading is not { } reading)
            return null;

        var (word, budget) = (ResultWord.Of(now.Campaign), reading.Settings.DailyBudget);
        if (share.NextIsSurelyTooDear)
        {
            return share.Optimum is { } best && best < budget
                ? Move(now, budget, best, $"{share.Words(word)}: the last money of a day is not worth it, and about {best} a day is")
                : Move(now, budget, budget.Currency.Zero, $"{share.Words(word)}: the last money of a day is not worth it, and how much is cannot be told before less was spent");
        }

        if (share.Sharers.Length < 2)
            return null;

        if (share.Wanted < budget)
            return Move(now, budget, share.Wanted, $"{share.Words(word)}, and the same money brings more in the account's other campaigns");

        var most = budget + share.Freed;
        return now.Campaign.Spec.Automation.ScalePerforming && !share.NextIsTooDear && share.Freed.Amount > 0
            ? Move(now, budget, Money.Min(share.Wanted, most), $"{share.Words(word)}, and {share.Freed} a day was taken from campaigns in which it brings less")
            : null;
    }

    /// <summary>Why it says nothing now, in words; null when it does.</summary>
    public static string? Holds(Observation now, AgentMemory memory, BudgetShare share)
    {
        if (!now.Campaign.Spec.Automation.AdjustBudgets || now.State is DataState.None or DataState.Impossible || now.Reading is not { } reading || reading.Settings.DailyBudget != share.Budget)
            return "its budget is not the one that this was said of";

        return memory.Last(Lever.DailyBudget) is { } last && now.Today.Date.DayNumber - last.Day.Date.DayNumber < Portfolio.EveryDays
            ? $"figures of a whole day at {last.To} come first"
            : null;
    }

    private static Proposal? Move(Observation now, Money budget, Money to, string because)
    {
        var band = ModeBand.Of(now.Campaign.Spec.Automation.Mode);
        var change = (to.Amount / budget.Amount) - 1;
        if (Math.Abs(change) < band.Least)
            return null;

        var step = Math.Abs(change) > band.Most ? Step.From(budget, Math.Sign(change) * band.Most) : Step.Towards(budget, to);
        return step == budget ? null : new Proposal(Lever.DailyBudget, budget, step, because, "curve");
    }
}
