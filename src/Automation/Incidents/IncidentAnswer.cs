using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>What an on-call person is told. <paramref name="WaysOut"/> is what would be possible after a refusal.</summary>
public sealed record IncidentAnswer(bool Done, string Says, IReadOnlyList<string> WaysOut)
{
    public static IncidentAnswer Yes(string says) => new(true, says, []);

    public static IncidentAnswer No(string says, params IReadOnlyList<string> waysOut) => new(false, says, waysOut);
}

/// <summary>One lever that was moved, and what putting it back means.</summary>
/// <param name="Lever">daily budget, bid, or an ad.</param>
/// <param name="Back">The command that puts it back.</param>
/// <param name="Shown">What the network must still show for this move to be put back; null for ads.</param>
public sealed record LeverMove(string Lever, string Before, string After, PersonId By, DateTimeOffset At, NetworkCommand Back, Money? Shown);

/// <summary>The moves that a roll back would undo, the newest first.</summary>
public sealed record RollBackPlan(ImmutableArray<LeverMove> Moves)
{
    /// <summary>Levers that stay where the monitor put them, in words.</summary>
    public ImmutableArray<string> LeftAlone { get; init; } = [];
}

/// <summary>What came of a roll back.</summary>
/// <param name="Tried">There was something to put back.</param>
/// <param name="Says">Of each lever what became of it.</param>
public sealed record RolledBack(bool Tried, IReadOnlyList<string> Says);
