using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

/// <summary>Something that happened to a campaign at the simulated network. With the seed and the time these are all there is.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(AdAdded), "ad-added")]
[JsonDerivedType(typeof(Activated), "activated")]
[JsonDerivedType(typeof(Paused), "paused")]
[JsonDerivedType(typeof(BudgetSet), "budget-set")]
[JsonDerivedType(typeof(BidSet), "bid-set")]
[JsonDerivedType(typeof(AdSwitched), "ad-switched")]
[JsonDerivedType(typeof(Archived), "archived")]
[JsonDerivedType(typeof(FaultStarted), "fault-started")]
[JsonDerivedType(typeof(Calmed), "calmed")]
internal abstract record MarketEvent(DateTimeOffset At)
{
    public sealed record AdAdded(DateTimeOffset At, ExternalId Ad, string Name, string? WhyRejected) : MarketEvent(At);

    public sealed record Activated(DateTimeOffset At, DateTimeOffset? StartsAt) : MarketEvent(At);

    public sealed record Paused(DateTimeOffset At) : MarketEvent(At);

    public sealed record BudgetSet(DateTimeOffset At, Money Amount) : MarketEvent(At);

    public sealed record BidSet(DateTimeOffset At, Money Amount) : MarketEvent(At);

    public sealed record AdSwitched(DateTimeOffset At, ExternalId Ad, bool On) : MarketEvent(At);

    public sealed record Archived(DateTimeOffset At) : MarketEvent(At);

    public sealed record FaultStarted(DateTimeOffset At, MarketFault Fault, double Factor, DateTimeOffset? Until) : MarketEvent(At);

    public sealed record Calmed(DateTimeOffset At) : MarketEvent(At);
}

/// <summary>A campaign as it was created at the simulated network.</summary>
internal sealed record CreatedCampaign(CampaignId Campaign, CampaignOrder Order, Money? Bid, DateTimeOffset At);
