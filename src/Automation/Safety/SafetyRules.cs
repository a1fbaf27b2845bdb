using ChatOpsCampaigns.Automation.Safety.Rules;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Safety.Tracking;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>All rules, the surest first: when several speak, the first one names the incident.</summary>
public static class SafetyRules
{
    public static readonly IReadOnlyList<ISafetyRule> All =
    [
        new DailySpendCap(), new LifetimeBudget(), new SpendAcceleration(), new ZeroConversions(), new CpaSpike(), new RoasFloor(), new CpaCeiling(),
        new PriceSpike(), new StaleReading(), new NetworkErrors(),
    ];

    /// <summary>Rules of results since some moment: after a resume they know nothing of what was before it.</summary>
    public static readonly IReadOnlyList<RuleId> BeginAnew = [new ZeroConversions().Id, new CpaSpike().Id, new RoasFloor().Id];

    /// <summary>The rule that holds the budget for the whole time.</summary>
    public static readonly RuleId LifetimeBudget = new("lifetime-budget");

    /// <summary>The cause of an incident of a whole account in which results are not being counted.</summary>
    public static readonly RuleId TrackingOutage = new("tracking-outage");

    /// <summary>The rule that tells that a network does not answer.</summary>
    public static readonly RuleId NetworkErrors = new("network-errors");

    /// <summary>The cause of an incident of a whole account in which the agent's turns fail one after the other.</summary>
    public static readonly RuleId AgentBlind = new("agent-blind");

    /// <summary>The cause when the emergency monitor itself stays away.</summary>
    public static readonly RuleId SweepLate = new("sweep-late");

    /// <summary>The cause when the program finds about itself that something is not as it should be.</summary>
    public static readonly RuleId SelfAudit = new("self-audit");

    /// <summary>The cause of what a person stopped with <c>stop everything</c>.</summary>
    public static readonly RuleId StopEverything = new("stop-everything");

    /// <summary>The cause of what is stopped here, or whose launch was taken back, and runs at its network all the same.</summary>
    public static readonly RuleId RunsAllTheSame = new("runs-all-the-same");

    /// <summary>The cause of what runs at a network under our mark and has no campaign here.</summary>
    public static readonly RuleId NobodyManages = new("nobody-manages-it");
}
