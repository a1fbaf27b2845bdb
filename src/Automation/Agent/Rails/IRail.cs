using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Sharing;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Rails;

/// <summary>What rails look at beside the move.</summary>
/// <param name="OpenIncident">Handle and cause of an incident that is open on the campaign, in words; null when there is none.</param>
/// <param name="OthersDaily">Daily budgets of the account's other campaigns that may spend; null where no budget is to be raised, so that nobody asked.</param>
public sealed record Surroundings(Observation Now, AgentMemory Memory, string? OpenIncident, Money? OthersDaily)
{
    /// <summary>What all accounts of its currency together leave for the campaign a day; null where they have no limit together, or no budget is to be raised.</summary>
    public Money? LeftTogether { get; init; }

    /// <summary>What finished days say of its budget beside the account's others; null where they do not.</summary>
    public BudgetShare? Share { get; init; }
}

/// <summary>
/// Something that no move may pass. A rail shortens a move or drops it, never turns it round and never makes a raise larger.
/// Pure.
/// </summary>
public interface IRail
{
    string Name { get; }

    /// <summary>Null lets the move through as it is.</summary>
    Trim? Check(Proposal move, Surroundings around);
}

/// <summary>All rails in the order in which they are asked; the mode's band comes last so that it always holds.</summary>
public static class AllRails
{
    public static readonly IReadOnlyList<IRail> InOrder =
    [
        new HeldRail(), new HumanLockRail(), new NotNowRail(), new FreshReadingRail(), new OpenIncidentRail(), new TrackingRail(), new AfterResumeRail(), new LearningRail(), new CooldownRail(), new ChangesPerDayRail(),
        new MaxBidRail(), new DailyCapRail(), new AccountCapRail(), new WorkspaceCapRail(), new CreativeRail(), new MinimumRail(), new ModeBandRail(),
    ];

    /// <summary>What is left of a move after every rail, or null, and what each rail did to it.</summary>
    public static (Proposal? Left, IReadOnlyList<Trim> Trims) Through(Proposal move, Surroundings around)
    {
        var trims = new List<Trim>();
        foreach (var rail in InOrder)
        {
            if (rail.Check(move, around) is not { } trim)
                continue;

            trims.Add(trim);
            if (trim.Allowed is not { } allowed || !IsShorter(move, allowed))
                return (null, trims);

            move = move with { To = allowed };
        }

        return (move, trims);
    }

    private static bool IsShorter(Proposal move, Money allowed) =>
        move.To > move.From ? allowed > move.From && allowed <= move.To : allowed < move.From && allowed >= move.To;
}

internal static class RailWords
{
    public static bool Raises(this Proposal move) => move.To > move.From;

    public static Trim Dropped(this IRail rail, Proposal move, string says) => new(rail.Name, move.Lever, move.To, null, says);

    public static Trim Shortened(this IRail rail, Proposal move, Money to, string says) => new(rail.Name, move.Lever, move.To, to, says);
}
