using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator;

/// <summary>Makes things go wrong at the simulated networks, and right again.</summary>
internal sealed class MarketDesk(SimulatedWorld world) : IMarketDesk
{
    /// <summary>How much dearer a price spike makes results; between the 3 and 5 that are seen.</summary>
    private const double SpikeFactor = 4;

    public Task StartFaultAsync(CampaignId campaign, MarketFault fault, decimal factor, TimeSpan? lasts, CancellationToken cancellationToken)
    {
        var (account, id, _) = Find(campaign);
        var strength = fault switch
        {
            MarketFault.Runaway => factor is 3 or 5 or 10
                ? (double)factor
                : throw new AdNetworkException(FaultKind.Rejected, $"A runaway is x3, x5 or x10, not x{factor:0.##}."),
            MarketFault.Spike => SpikeFactor,
            _ => 1,
        };

        return world.AskAsync(
            new NetworkCall(account),
            (known, now) =>
            {
                var at = known.Campaigns[id].LastEventAt > now ? known.Campaigns[id].LastEventAt : now;
                world.Commit(new Change(account, null, id, id, null, new MarketEvent.FaultStarted(at, fault, strength, at + lasts)));
                return true;
            },
            cancellationToken);
    }

    public async Task<IReadOnlyList<FaultOn>> FaultsAsync(CampaignId campaign, CancellationToken cancellationToken)
    {
        if (world.Find(campaign) is not var (account, id, _))
            return [];

        return await world.AskAsync(
            new NetworkCall(account),
            (known, now) => known.Campaigns[id].Faults(now).Select(fault => new FaultOn(fault.Fault, fault.Factor, fault.At, fault.Until)).ToList(),
            cancellationToken);
    }

    public Task<int> CalmAsync(CampaignId campaign, CancellationToken cancellationToken)
    {
        var (account, id, _) = Find(campaign);
        return world.AskAsync(
            new NetworkCall(account),
            (known, now) =>
            {
                var simulated = known.Campaigns[id];
                var faults = simulated.Faults(now).Count;
                var at = simulated.LastEventAt > now ? simulated.LastEventAt : now;
                if (faults > 0)
                    world.Commit(new Change(account, null, id, id, null, new MarketEvent.Calmed(at)));

                return faults;
            },
            cancellationToken);
    }

    private (AdAccountId Account, ExternalId Id, SimulatedCampaign Campaign) Find(CampaignId campaign) => world.Find(campaign)
        ?? throw new AdNetworkException(FaultKind.NotFound, "This campaign is at no simulated network, so nothing can be made to go wrong with it.");
}
