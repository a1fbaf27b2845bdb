using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

public sealed class MemoryApprovals(MemoryAudit? audit = null) : IApprovalStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ApprovalId, PendingApproval> _approvals = [];

    public IReadOnlyList<PendingApproval> All
    {
        get
        {
            lock (_lock)
                return [.. _approvals.Values];
        }
    }

    /// <summary>What happens right after a request was looked up, before the look comes back.</summary>
    public Func<Task>? Found { get; set; }

    public async Task<PendingApproval?> FindAsync(ApprovalId approval, CancellationToken cancellationToken)
    {
        PendingApproval? found;
        lock (_lock)
            found = _approvals.GetValueOrDefault(approval);

        if (Found is { } happens)
            await happens();

        return found;
    }

    public Task<IReadOnlyList<PendingApproval>> WaitingAsync(WorkspaceId? workspace, CancellationToken cancellationToken) =>
        ListAsync(approval => (workspace is null || approval.Workspace == workspace) && approval.State == ApprovalState.Waiting);

    public async Task<IReadOnlyList<PendingApproval>> LatestAsync(WorkspaceId workspace, int count, CancellationToken cancellationToken) =>
        [.. (await ListAsync(approval => approval.Workspace == workspace)).OrderByDescending(approval => approval.RequestedAt).Take(count)];

    public Task<IReadOnlyList<PendingApproval>> UnfinishedAsync(CancellationToken cancellationToken) =>
        ListAsync(approval => approval is { State: ApprovalState.Approved, CarriedOut: false });

    public Task<PendingApproval> AddAsync(PendingApproval approval, AuditEntry entry, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var stored = approval with { Handle = $"a{_approvals.Count + 1}", Version = 1 };
            audit.Keep([entry], () => _approvals.Add(stored.Id, stored));
            return Task.FromResult(stored);
        }
    }

    public Task<PendingApproval> ChangeAsync(
        ApprovalId approval, Func<PendingApproval, PendingApproval> change, AuditEntry entry, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var present = _approvals[approval];
            var changed = change(present);
            if (!ReferenceEquals(present, changed))
                audit.Keep([entry], () => _approvals[approval] = changed with { Version = changed.Version + 1 });

            return Task.FromResult(_approvals[approval]);
        }
    }

    private Task<IReadOnlyList<PendingApproval>> ListAsync(Func<PendingApproval, bool> wanted)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<PendingApproval>>([.. _approvals.Values.Where(wanted)]);
    }
}
