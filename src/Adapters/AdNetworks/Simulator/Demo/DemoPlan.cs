using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Demo;

/// <summary>What happened to a demonstration campaign, apart from small moves of bid and budget.</summary>
internal enum DemoEnding
{
    /// <summary>Runs on.</summary>
    Runs,

    /// <summary>Ran away once, was stopped, and a person resumed it.</summary>
    RanAwayAndResumed,

    /// <summary>A person paused it.</summary>
    PausedByPerson,

    /// <summary>Lost its conversions, was stopped, and is left so.</summary>
    LeftStopped,
}

/// <summary>One campaign of the demonstration account.</summary>
/// <param name="Network">The network's name; its first simulated account takes the campaign.</param>
/// <param name="Daily">Daily budget in US dollars.</param>
/// <param name="ByAgent">Managed by the agent; otherwise by people.</param>
/// <param name="DaysAgo">When it was launched, in days before now.</param>
internal sealed record DemoCampaign(
    string Network, string Name, CampaignType Type, Objective Objective, BidStrategy Strategy, decimal Daily, bool ByAgent, int DaysAgo, DemoEnding Ending)
{
    /// <summary>Where it is shown.</summary>
    public ImmutableArray<string> Countries { get; init; } = ["US", "CA"];
}

/// <summary>The demonstration account: twelve campaigns, eight with the agent and four without.</summary>
internal static class DemoPlan
{
    public static readonly IReadOnlyList<DemoCampaign> Campaigns =
    [
        new("Meta", "Puzzle Quest installs US", CampaignType.AppInstall, Objective.Installs, BidStrategy.CostCap, 400, true, 60, DemoEnding.RanAwayAndResumed) { Countries = ["US"] },
        new("Meta", "Puzzle Quest installs EU", CampaignType.AppInstall, Objective.Installs, BidStrategy.CostCap, 250, true, 52, DemoEnding.Runs) { Countries = ["DE", "ES", "FR", "IT", "NL"] },
        new("Meta", "Lumen Shop spring sale", CampaignType.Conversion, Objective.Purchases, BidStrategy.CostCap, 300, true, 45, DemoEnding.Runs),
        new("Google", "Puzzle Quest Android", CampaignType.AppInstall, Objective.Installs, BidStrategy.CostCap, 350, true, 58, DemoEnding.Runs),
        new("Google", "Lumen Shop Demand Gen", CampaignType.Conversion, Objective.Purchases, BidStrategy.LowestCost, 260, false, 40, DemoEnding.Runs),
        new("TikTok", "Puzzle Quest Spark", CampaignType.AppInstall, Objective.Installs, BidStrategy.CostCap, 300, true, 56, DemoEnding.Runs),
        new("TikTok", "Lumen Shop teaser", CampaignType.Conversion, Objective.Purchases, BidStrategy.LowestCost, 150, false, 34, DemoEnding.PausedByPerson),
        new("Snapchat", "Puzzle Quest Snap", CampaignType.AppInstall, Objective.Installs, BidStrategy.CostCap, 200, true, 49, DemoEnding.Runs),
        new("X", "Puzzle Quest launch buzz", CampaignType.Awareness, Objective.Engagement, BidStrategy.LowestCost, 120, false, 30, DemoEnding.PausedByPerson),
        new("Unity", "Puzzle Quest playables", CampaignType.AppInstall, Objective.Installs, BidStrategy.CostCap, 220, true, 42, DemoEnding.LeftStopped),
        new("AppLovin", "Puzzle Quest Axon", CampaignType.AppInstall, Objective.Installs, BidStrategy.CostCap, 260, true, 38, DemoEnding.Runs),
        new("Apple", "Puzzle Quest App Store", CampaignType.AppInstall, Objective.Installs, BidStrategy.BidCap, 180, false, 50, DemoEnding.Runs),
    ];
}
