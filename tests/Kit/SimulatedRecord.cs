using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

namespace ChatOpsCampaigns.Kit;

/// <summary>What the simulated networks themselves hold, whatever the program says of it.</summary>
public static class SimulatedRecord
{
    /// <summary>The campaigns that may spend there, by their keys: activated after they were last paused or archived.</summary>
    public static IReadOnlyList<string> Running(string dataFolder)
    {
        using var file = new SimulatedFile(Path.Combine(dataFolder, "networks.db"));
        var all = file.All().ToList();
        return [.. all.Where(made => made.Created is not null
            && all.LastOrDefault(change => change.Target == made.Answer && change.Happened is MarketEvent.Activated or MarketEvent.Paused or MarketEvent.Archived)?.Happened is MarketEvent.Activated)
            .Select(made => made.Answer.Value)];
    }

    /// <summary>When the one campaign that is made there starts, and how many ads it has; throws when there are more or none.</summary>
    public static (DateTimeOffset? StartsAt, int Ads) Scheduled(string dataFolder)
    {
        using var file = new SimulatedFile(Path.Combine(dataFolder, "networks.db"));
        var all = file.All().ToList();
        var made = all.Single(change => change.Created is not null).Answer;
        var of = all.Where(change => change.Target == made).Select(change => change.Happened).ToList();
        return (of.OfType<MarketEvent.Activated>().Single().StartsAt, of.OfType<MarketEvent.AdAdded>().Count());
    }
}
