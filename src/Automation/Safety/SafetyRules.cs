using ChatOpsCampaigns.Automation.Safety.Rules;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>All rules, the surest first: when several speak, the first one names the incident.</summary>
public static class SafetyRules
{
    public static readonly IReadOnlyList<ISafetyRule> All =
    [
        new DailySpendCap(), new SpendAcceleration(), new ZeroConversions(), new CpaSpike(), new RoasFloor(), new CpaCeiling(),
        new StaleReading(), new NetworkErrors(),
    ];

    /// <summary>The cause of what a person stopped with <c>stop everything</c>.</summary>
    public static readonly RuleId StopEverything = new("stop-everything");
}
