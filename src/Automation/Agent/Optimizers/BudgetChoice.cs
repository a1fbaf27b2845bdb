using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Sharing;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Agent.Optimizers;

/// <summary>The one move of a daily budget that is wanted: by the curve where that is known, else by what results cost on average. Pure.</summary>
public static class BudgetChoice
{
    public static Proposal? Propose(Observation now, AgentMemory memory, BudgetShare? share) =>
        (CurveBudget.Propose(now, memory, share) ?? (BudgetOptimizer.Propose(now, memory) is { } move && !IsTooDear(move, share) ? move : null)) is { } chosen ? Said(now, chosen) : null;

    /// <summary>A raise after which the network itself may spend more on a day than the cap says so.</summary>
    private static Proposal Said(Observation now, Proposal move) => move.To > move.From && Overdelivery.Says(now.Profile, move.To, now.Campaign.Spec.Budget.MaxDailySpend) is { } says
        ? move with { Because = $"{move.Because}; {says}" }
        : move;

    /// <summary>More budget would buy results that cost more than they are worth, however good the average is.</summary>
    public static bool IsTooDear(Proposal move, BudgetShare? share) => move.To > move.From && share is { NextIsTooDear: true } && share.Budget == move.From;
}
