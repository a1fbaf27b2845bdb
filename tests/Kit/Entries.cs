using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

/// <summary>Entries of the audit trail where a test does not look at them.</summary>
public static class Entries
{
    /// <summary>A trail that nobody looks at keeps nothing.</summary>
    internal static void Keep(this MemoryAudit? audit, IReadOnlyList<AuditEntry> entries, Action change)
    {
        if (audit is null)
            change();
        else
            audit.KeepTogether(entries, change);
    }

    public static Task<PendingApproval> AddAsync(this IApprovalStore approvals, PendingApproval approval, CancellationToken cancellationToken) =>
        approvals.AddAsync(approval, Of(approval.Workspace), cancellationToken);

    public static Task<PendingApproval> ChangeAsync(
        this IApprovalStore approvals, ApprovalId approval, Func<PendingApproval, PendingApproval> change, CancellationToken cancellationToken) =>
        approvals.ChangeAsync(approval, change, Of(WorkspaceId.Local), cancellationToken);

    private static AuditEntry Of(WorkspaceId workspace) => new(workspace, null, null, PersonId.System, "approval", "arranged by a test", []);
}
