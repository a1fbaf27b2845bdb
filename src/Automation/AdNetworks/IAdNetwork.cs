using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.AdNetworks;

/// <summary>
/// One ad network. Reading is free; <see cref="ExecuteAsync"/> moves money and is called by
/// <see cref="Commands.NetworkGate"/> alone. Every failure is an <see cref="AdNetworkException"/>.
/// </summary>
public interface IAdNetwork
{
    NetworkProfile Profile { get; }

    /// <summary>One batched read that answers for every campaign of the account: cost grows with accounts, not with campaigns.</summary>
    Task<AccountReading> ReadAccountAsync(AdAccount account, CancellationToken cancellationToken);

    /// <summary>How one campaign is set now, for reading back. Null when the network knows no such campaign.</summary>
    Task<NetworkCampaign?> FindCampaignAsync(AdAccount account, ExternalId campaign, CancellationToken cancellationToken);

    /// <summary>The object that was created under a key, or null: how a lost answer is settled without asking twice.</summary>
    Task<ExternalId?> FindByKeyAsync(AdAccount account, CommandKey key, CancellationToken cancellationToken);

    /// <summary>Names of the account's custom audiences, or null where the network cannot be asked for them.</summary>
    Task<ImmutableArray<string>?> FindAudiencesAsync(AdAccount account, CancellationToken cancellationToken);

    /// <summary>Carries one command out. The id of what was created or changed. The same key again gives the first answer.</summary>
    Task<ExternalId> ExecuteAsync(AdAccount account, NetworkCommand command, CommandKey key, CancellationToken cancellationToken);
}

/// <summary>The networks that this installation has, simulated and live.</summary>
public interface IAdNetworkDirectory
{
    /// <summary>All profiles in the order in which the wizard offers them.</summary>
    IReadOnlyList<NetworkProfile> Profiles { get; }

    NetworkProfile Profile(NetworkName network);

    /// <summary>The client for an account in one mode. A campaign launched in one mode is never sent to the other's.</summary>
    IAdNetwork For(AdAccount account, NetworkMode mode);

    /// <summary>The same for what keeps money from running away: it is let through also while everything else waits.</summary>
    IAdNetwork ForSafety(AdAccount account, NetworkMode mode) => For(account, mode);

    /// <summary>Why nothing can be launched there in this mode by this version, in a sentence; null when it can.</summary>
    string? NotBuilt(NetworkName network, NetworkMode mode);
}

public enum NetworkStatus
{
    /// <summary>A word that we do not know: not active, never fine.</summary>
    Unknown,
    Paused,

    /// <summary>Waiting for its start or for its hours.</summary>
    Scheduled,
    InReview,
    Rejected,
    Active,
    Ended,
    Archived,
}

/// <summary>One ad as the network has it.</summary>
public sealed record NetworkAd(ExternalId Id, string Name, NetworkStatus Status, string? WhyRejected = null);

/// <summary>How a campaign is set at the network. Bid is null where the network owns it.</summary>
public sealed record NetworkCampaign(
    ExternalId Id, string Name, NetworkStatus Status, Money DailyBudget, Money? Bid, DateTimeOffset? StartsAt,
    ImmutableArray<NetworkAd> Ads, string? WhyRejected = null)
{
    /// <summary>For the whole time; null where the network was told none.</summary>
    public Money? LifetimeBudget { get; init; }

    /// <summary>Which of our campaigns it is, by the mark that our order left in its name or label; null: it carries none, so it is not ours.</summary>
    public CampaignId? Ours { get; init; }

    /// <summary>Money flows, or will without anybody's doing. A word that we do not know may mean that too.</summary>
    [JsonIgnore]
    public bool MayDeliver => Status is NetworkStatus.Active or NetworkStatus.Scheduled or NetworkStatus.InReview or NetworkStatus.Unknown;
}

/// <summary>Figures of one account day. Null is "not known", never zero.</summary>
public sealed record DayFigures(AccountDay Day, Money Spend, long? Impressions, long? Clicks, decimal? Conversions, Money? Revenue);

/// <summary>One ad's figures of today.</summary>
public sealed record AdFigures(ExternalId Ad, Money Spend, long? Impressions, long? Clicks, decimal? Conversions)
{
    /// <summary>How often each person that it reached saw it in the last seven days; null where the network does not say.</summary>
    public double? Frequency { get; init; }
}

/// <summary>What the network said about one campaign, and when.</summary>
/// <param name="ReadAt">Our campaign time at the answer.</param>
/// <param name="DataAsOf">Up to when the figures count, where the network says; else null and only changes tell.</param>
public sealed record PerformanceReading(
    NetworkCampaign Settings, DateTimeOffset ReadAt, DateTimeOffset? DataAsOf, DayFigures Today, DayFigures? Yesterday,
    ImmutableArray<AdFigures> Ads)
{
    public TimeSpan? Age(DateTimeOffset now) => now - DataAsOf;
}

/// <summary>One answer for a whole account. A campaign that is missing from it is unknown, not at rest.</summary>
public sealed record AccountReading(AdAccountId Account, DateTimeOffset ReadAt, ImmutableDictionary<ExternalId, PerformanceReading> Campaigns);
