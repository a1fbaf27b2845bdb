using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.RollingBack;

/// <summary>One lever that was moved, and what putting it back means.</summary>
/// <param name="Lever">daily budget, bid, or an ad.</param>
/// <param name="Back">The command that puts it back.</param>
/// <param name="Shown">What the network must still show for this move to be put back; null for ads.</param>
public sealed record LeverMove(string Lever, string Before, string After, PersonId By, DateTimeOffset At, NetworkCommand Back, Money? Shown);

/// <summary>All moves of one lever, the newest first, and what puts them back together.</summary>
public sealed record LeverReturn(ImmutableArray<LeverMove> Moves)
{
    public string Lever => Moves[0].Lever;

    /// <summary>Where it stands.</summary>
    public string From => Moves[0].After;

    /// <summary>Where it goes back to.</summary>
    public string To => Moves[^1].Before;

    public NetworkCommand Command => (Moves[0].Back, Moves[^1].Back) switch
    {
        (NetworkCommand.SetDailyBudget last, NetworkCommand.SetDailyBudget to) => last with { To = to.To },
        (NetworkCommand.SetBid last, NetworkCommand.SetBid to) => last with { To = to.To },
        _ => Moves[^1].Back,
    };

    /// <summary>More money goes out by it than without.</summary>
    public bool IsRaise => From != To && Command.Direction == Direction.Raises;

    /// <summary>Why it stays where it is, as any other raise would; null when it goes back.</summary>
    public string? Held { get; init; }
}

/// <summary>The moves that a roll back would undo, the newest first.</summary>
public sealed record RollBackPlan(ImmutableArray<LeverMove> Moves)
{
    /// <summary>The same by lever.</summary>
    public ImmutableArray<LeverReturn> Levers { get; init; } = [];

    /// <summary>Levers that stay where the monitor put them, in words.</summary>
    public ImmutableArray<string> LeftAlone { get; init; } = [];

    /// <summary>The campaign runs: what goes up costs more from that moment on.</summary>
    public bool Runs { get; init; }
}

/// <summary>What came of a roll back.</summary>
/// <param name="Back">How many levers stand where they stood before.</param>
/// <param name="Says">Of each lever what became of it.</param>
public sealed record RolledBack(RollBackPlan Plan, int Back, IReadOnlyList<string> Says);
