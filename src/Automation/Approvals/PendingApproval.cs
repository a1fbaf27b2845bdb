using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Approvals;

public enum ApprovalState
{
    Waiting,
    Approved,
    Rejected,

    /// <summary>What was to be approved changed meanwhile.</summary>
    Void,

    /// <summary>Nobody decided in time, or it could not be carried out in time.</summary>
    Expired,
}

public enum ApprovalKind
{
    Launch,

    /// <summary>A higher limit for today, so that a stopped campaign may resume.</summary>
    LiftCap,
    Raise,

    /// <summary>One more resume of a campaign that was stopped again for the same cause soon after the last one.</summary>
    ResumeAgain,

    /// <summary>A higher cap of a campaign for good.</summary>
    Cap,

    /// <summary>Another limit of a campaign that is lifted, or an agent that may do more there.</summary>
    Setting,

    /// <summary>A higher limit of an account, or of all of them together.</summary>
    Limits,
}

/// <summary>Somebody's request that waits for another person. Bound to the digest of what was shown.</summary>
/// <param name="Subject">The draft, campaign or incident id it is about.</param>
/// <param name="Shown">Digest of what the approver sees; an approval of anything else is refused.</param>
/// <param name="Says">What is asked for, in one sentence.</param>
/// <param name="Details">What is needed to carry it out, as JSON of the kind's own record.</param>
public sealed record PendingApproval(
    ApprovalId Id, WorkspaceId Workspace, AdAccountId? Account, ApprovalKind Kind, string Subject, Digest Shown, string Says,
    PersonId RequestedBy, DateTimeOffset RequestedAt, ApprovalState State)
{
    public int Version { get; init; }

    /// <summary>Short name for typing: <c>a2</c>.</summary>
    public string Handle { get; init; } = "";

    public string Details { get; init; } = "{}";

    public PersonId? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? Why { get; init; }

    /// <summary>What was changed by whoever approved, "budget $1,500 → $500"; null when it was approved as it was asked for.</summary>
    public string? Changes { get; init; }

    /// <summary>What was shown before it was approved with changes; null when it was not.</summary>
    public Digest? AskedShown { get; init; }

    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>When Admins were told that nobody decides.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>The effect of an approval was carried out; false after a crash between the two, and then it is done.</summary>
    public bool CarriedOut { get; init; }
}

/// <summary>Requests, each change of which is one commit with its entry in the audit trail.</summary>
public interface IApprovalStore
{
    Task<PendingApproval?> FindAsync(ApprovalId approval, CancellationToken cancellationToken);

    /// <param name="workspace">Null for all.</param>
    Task<IReadOnlyList<PendingApproval>> WaitingAsync(WorkspaceId? workspace, CancellationToken cancellationToken);

    /// <summary>The newest first, decided ones too.</summary>
    Task<IReadOnlyList<PendingApproval>> LatestAsync(WorkspaceId workspace, int count, CancellationToken cancellationToken);

    /// <summary>Approved and not carried out yet: to be finished after a restart.</summary>
    Task<IReadOnlyList<PendingApproval>> UnfinishedAsync(CancellationToken cancellationToken);

    Task<PendingApproval> AddAsync(PendingApproval approval, AuditEntry entry, CancellationToken cancellationToken);

    /// <param name="entry">Put on record unless the change leaves the request as it stands.</param>
    Task<PendingApproval> ChangeAsync(
        ApprovalId approval, Func<PendingApproval, PendingApproval> change, AuditEntry entry, CancellationToken cancellationToken);
}
