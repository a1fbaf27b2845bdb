using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.AdNetworks;

/// <summary>What can be made to go wrong at a simulated network, by the word that a person types.</summary>
public enum MarketFault
{
    /// <summary>Spend ×3, ×5 or ×10 of normal, and the network's own budget no longer stops it.</summary>
    Runaway,

    /// <summary>No conversion is reported any more.</summary>
    Outage,

    /// <summary>Clicks that never convert.</summary>
    Fraud,

    /// <summary>The same money buys a third to a fifth of the conversions.</summary>
    Spike,

    /// <summary>Reads fail.</summary>
    Api,

    /// <summary>Pauses are refused.</summary>
    RefusePause,
}

/// <summary>A fault that is on. Without an end it stays until calmed.</summary>
/// <param name="Factor">How much faster a runaway spends, how much dearer a spike makes results; 1 otherwise.</param>
public sealed record FaultOn(MarketFault Fault, double Factor, DateTimeOffset Since, DateTimeOffset? Until)
{
    /// <summary>As a person types it: <c>runaway ×10</c>, <c>refuse-pause</c>.</summary>
    public string Words => Fault switch
    {
        MarketFault.Runaway => $"runaway ×{Factor:0}",
        MarketFault.RefusePause => "refuse-pause",
        _ => Fault.ToString().ToLowerInvariant(),
    };
}

/// <summary>Steers the demonstration market. There is none for live networks.</summary>
public interface IMarketDesk
{
    /// <summary>Starts a fault now. <paramref name="factor"/> is for a runaway: 3, 5 or 10. Without <paramref name="lasts"/> it stays until calmed.</summary>
    Task StartFaultAsync(CampaignId campaign, MarketFault fault, decimal factor, TimeSpan? lasts, CancellationToken cancellationToken);

    /// <summary>Faults of a campaign that are on now, the oldest first; none for a campaign at no simulated network.</summary>
    Task<IReadOnlyList<FaultOn>> FaultsAsync(CampaignId campaign, CancellationToken cancellationToken);

    /// <summary>Ends every fault of a campaign; how many there were.</summary>
    Task<int> CalmAsync(CampaignId campaign, CancellationToken cancellationToken);
}
