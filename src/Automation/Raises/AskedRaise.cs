using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Raises;

/// <summary>A raise that somebody asked for: what a second person approves, and nothing else.</summary>
/// <param name="From">What the lever stood at when it was asked; from another value it is another raise.</param>
public sealed record AskedRaise(CampaignId Campaign, string CampaignName, Lever Lever, Money From, Money To)
{
    /// <summary>What is unusual about its size, confirmed once more by who asked for it; null when nothing is.</summary>
    public string? Unusual { get; init; }

    /// <summary>When the campaign was last resumed when this was asked: after a stop and a resume it is another question.</summary>
    public DateTimeOffset? ResumedBefore { get; init; }

    [JsonIgnore]
    public string LeverName => Lever == Lever.Bid ? "bid" : "daily budget";

    public static AskedRaise Of(PendingApproval approval) => JsonSerializer.Deserialize<AskedRaise>(approval.Details)
        ?? throw new InvalidOperationException($"Approval {approval.Handle} holds no raise.");

    /// <summary>Null where the network sets the bids.</summary>
    public static AskedRaise? Of(Campaign campaign, Lever lever, Money to) => Present(campaign, lever) is { } from
        ? new AskedRaise(campaign.Id, campaign.Name, lever, from, to) { ResumedBefore = campaign.LastResumedAt }
        : null;

    public static Money? Present(Campaign campaign, Lever lever) => lever == Lever.Bid ? campaign.Bid : campaign.DailyBudget;

    public NetworkCommand Command(Campaign campaign, ExternalId target) => Lever == Lever.Bid
        ? new NetworkCommand.SetBid(campaign.Account, campaign.Id, target, From, To)
        : new NetworkCommand.SetDailyBudget(campaign.Account, campaign.Id, target, From, To);
}
