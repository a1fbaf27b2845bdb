using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Commands;

public enum IntentState
{
    /// <summary>Written, not yet sent.</summary>
    Planned,

    /// <summary>Handed to the network; no answer kept yet. After a crash: settled by reading.</summary>
    Sent,

    /// <summary>Read back and as wanted.</summary>
    Confirmed,

    /// <summary>Never sent, because the gate said no.</summary>
    Refused,

    /// <summary>The network said no, or reading back shows that it did not happen.</summary>
    Failed,

    /// <summary>May have happened. Only reading settles it.</summary>
    Unknown,

    /// <summary>It happened, and was taken back: everything had been frozen or the campaign stopped while it was under way.</summary>
    TakenBack,
}

/// <summary>A wanted effect, written before it is tried. One row of the journal.</summary>
/// <param name="Key">Unique: the same effect wanted twice is one intent.</param>
public sealed record CommandIntent(
    CommandKey Key, WorkspaceId Workspace, NetworkMode Mode, NetworkCommand Command, PersonId By, string Because,
    DateTimeOffset PlannedAt, IntentState State)
{
    public ExternalId? Result { get; init; }

    public FaultKind? Fault { get; init; }

    public string? Says { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>How its campaign stood when it was wanted; null when nothing had been seen of it.</summary>
    public SeenBefore? Before { get; init; }

    /// <summary>The incident that it was judged and allowed beside: a resume that ends it, or a roll back.</summary>
    public IncidentId? Resumes { get; init; }

    /// <summary>By when they were settled; of one moment, the one that was wanted later, and at last by key, so that it is the same every time.</summary>
    public static IReadOnlyList<CommandIntent> NewestFirst(IEnumerable<CommandIntent> intents) =>
        [.. intents.OrderByDescending(intent => intent.SettledAt).ThenByDescending(intent => intent.PlannedAt).ThenByDescending(intent => intent.Key.Value, StringComparer.Ordinal)];

    /// <summary>Whether it was settled since another of its key was written down.</summary>
    public bool IsNewerThan(CommandIntent other) =>
        SettledAt is { } settled && (other.SettledAt is { } before ? settled > before : settled >= other.PlannedAt);

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOpen => State is IntentState.Planned or IntentState.Sent or IntentState.Unknown;
}

/// <summary>The newest figures and settings of a campaign that were known in a moment.</summary>
/// <param name="ReadAt">Our campaign time at the answer.</param>
/// <param name="DataAsOf">Up to when the figures count, where the network says.</param>
public sealed record SeenBefore(DayFigures Today, Money DailyBudget, Money? Bid, DateTimeOffset ReadAt, DateTimeOffset? DataAsOf)
{
    public static SeenBefore In(PerformanceReading reading) =>
        new(reading.Today, reading.Settings.DailyBudget, reading.Settings.Bid, reading.ReadAt, reading.DataAsOf);

    /// <summary>How old the figures were; since they were read where the network says no more.</summary>
    public TimeSpan Age(DateTimeOffset at) => at - (DataAsOf ?? ReadAt);
}

/// <summary>
/// The journal of every command. A row is added before its effect and changed after it, never removed. Each change and the entries that
/// <see cref="IntentEntry"/> makes of it in the audit trail are one commit; saving what stands there already is none.
/// </summary>
public interface IIntentStore
{
    Task<CommandIntent?> FindAsync(CommandKey key, CancellationToken cancellationToken);

    /// <summary>Adds the intent, or returns the one that already has its key.</summary>
    Task<CommandIntent> AddAsync(CommandIntent intent, CancellationToken cancellationToken);

    Task SaveAsync(CommandIntent intent, CancellationToken cancellationToken);

    /// <summary>Not settled yet, the oldest first.</summary>
    Task<IReadOnlyList<CommandIntent>> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Failed ones that were settled since an instant, the oldest first.</summary>
    Task<IReadOnlyList<CommandIntent>> FailedAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Confirmed commands of one campaign since an instant, in the order of <see cref="CommandIntent.NewestFirst"/>.</summary>
    Task<IReadOnlyList<CommandIntent>> ConfirmedAsync(CampaignId campaign, DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>What came of a command.</summary>
public abstract record CommandOutcome
{
    /// <summary>Why it is not confirmed, for people.</summary>
    public string Words() => this switch
    {
        Refused refused => refused.Says,
        Failed failed => failed.Says,
        Unknown unknown => unknown.Says,
        _ => "not confirmed",
    };

    /// <summary>Read back: it is so. <paramref name="Id"/> is what was created or changed.</summary>
    public sealed record Confirmed(ExternalId Id) : CommandOutcome
    {
        /// <summary>What an activated campaign was read back as: running, waiting for its start or for the network's review. Null for other commands, and for one confirmed before.</summary>
        public NetworkStatus? Shown { get; init; }

        /// <summary>How the activated campaign stands.</summary>
        public CampaignStatus Runs => Shown switch
        {
            NetworkStatus.InReview => CampaignStatus.InReview,
            NetworkStatus.Scheduled => CampaignStatus.Scheduled,
            _ => CampaignStatus.Active,
        };
    }

    /// <summary>The gate did not let it through: nothing was sent, or what had been sent already was taken back.</summary>
    public sealed record Refused(string Says) : CommandOutcome;

    /// <summary>The network would not, or it did not take effect.</summary>
    public sealed record Failed(FaultKind Kind, string Says) : CommandOutcome;

    /// <summary>Nobody knows yet. Settled by reading, never by sending again.</summary>
    public sealed record Unknown(string Says) : CommandOutcome;
}
