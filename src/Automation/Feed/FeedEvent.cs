using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Feed;

public enum Severity
{
    Low,
    Medium,
    High,
    Critical,
}

public enum FeedKind
{
    Launch,
    BidAdjustment,
    BudgetChange,
    CreativeRotation,
    Pause,
    Resume,
    EmergencyStop,
    Incident,
    Approval,
    Switch,
    Note,
    Suggestion,

    /// <summary>Of the audit trail: for whoever checks it, and no news of a campaign.</summary>
    Checkpoint,
}

/// <summary>Something people should see, in words with numbers. One source for feed, list and dashboard.</summary>
/// <param name="Id">Set by the store; grows.</param>
/// <param name="At">Campaign time.</param>
/// <param name="Reason">Why, with the figures.</param>
/// <param name="Action">What was done: "bid $9.18 → $8.45 (-8 %)".</param>
/// <param name="Impact">Computed with its range, or null.</param>
/// <param name="By">Person, agent or monitor.</param>
/// <param name="Incident">The incident it belongs to.</param>
/// <param name="Simulated">No real money is concerned; shown wherever it could be taken for real.</param>
public sealed record FeedEvent(
    long Id, DateTimeOffset At, WorkspaceId Workspace, AdAccountId? Account, CampaignId? Campaign, string CampaignName, FeedKind Kind,
    Severity Severity, string Action, string Reason, PersonId By, string? Impact = null, IncidentId? Incident = null, bool Demo = false,
    bool Simulated = false)
{
    /// <summary>What people may say in answer; empty when nothing is asked.</summary>
    public ImmutableArray<FeedOffer> Offers { get; init; } = [];

    /// <summary>What takes exactly this back, beside what is told of it; null where nothing was done or nothing takes it back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FeedOffer? Undo { get; init; }

    /// <summary>The subject of the message in whose thread it is told, where there are threads; null for news of its own.</summary>
    public string? Below { get; init; }
}

/// <summary>An answer to an event: a button, and the line that it says.</summary>
public sealed record FeedOffer(string Label, string Says);

/// <summary>The activity feed: written once, kept, and told to whoever listens now.</summary>
public interface IActivityFeed
{
    Task<FeedEvent> PublishAsync(FeedEvent happened, CancellationToken cancellationToken);

    /// <summary>The newest first, of the workspace or of one campaign.</summary>
    Task<IReadOnlyList<FeedEvent>> LatestAsync(WorkspaceId workspace, CampaignId? campaign, int count, CancellationToken cancellationToken);

    /// <summary>What came before an event, the newest first.</summary>
    /// <param name="before">Its id; of an unknown one nothing is older.</param>
    Task<IReadOnlyList<FeedEvent>> OlderAsync(WorkspaceId workspace, long before, int count, CancellationToken cancellationToken);

    /// <summary>What one person, the agent or the monitor did to a campaign, the newest first.</summary>
    Task<IReadOnlyList<FeedEvent>> LatestByAsync(WorkspaceId workspace, CampaignId campaign, PersonId by, int count, CancellationToken cancellationToken);

    /// <summary>Everything published from now on; ends when <paramref name="cancellationToken"/> does. Slow readers lose the oldest.</summary>
    IAsyncEnumerable<FeedEvent> ListenAsync(CancellationToken cancellationToken);
}
