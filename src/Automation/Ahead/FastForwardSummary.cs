using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Ahead;

/// <summary>What happened while time was skipped. <paramref name="Refused"/> says why nothing was.</summary>
/// <param name="Spend">By currency.</param>
/// <param name="Results">By what campaigns count, as far as the networks report it: "41 installs".</param>
/// <param name="Moves">Of the agent's, confirmed.</param>
/// <param name="Stops">Campaigns that an incident stopped, by name and cause.</param>
/// <param name="CutFrom">How far it was to go, when it did not come so far.</param>
public sealed record FastForwardSummary(
    DateTimeOffset From, DateTimeOffset To, ImmutableArray<Money> Spend, ImmutableArray<string> Results, int Moves, ImmutableArray<string> Stops, string? Refused = null,
    TimeSpan? CutFrom = null)
{
    /// <summary>Campaigns of which nobody knows all results of that time, by name.</summary>
    public ImmutableArray<string> Uncounted { get; init; } = [];

    /// <summary>The zone of the ad accounts, or UTC when they have several.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
}
