using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

internal sealed class ApprovalStore(Database database, AuditChain audit) : IApprovalStore
{
    private readonly Documents<ApprovalRow, PendingApproval> _documents = new(
        database,
        "The request",
        (row, approval) =>
        {
            row.Id = approval.Id.Value;
            row.Workspace = approval.Workspace.Value;
            row.AdAccount = approval.Account?.Value;
            row.Person = approval.RequestedBy.Value;
            row.At = approval.RequestedAt;
            row.State = approval.State.ToString();
            row.CarriedOut = approval.CarriedOut;
        },
        (approval, version) => approval with { Version = version });

    private readonly Turnstile _adding = new();

    public Task<PendingApproval?> FindAsync(ApprovalId approval, CancellationToken cancellationToken) =>
        database.FindAsync<ApprovalRow, PendingApproval>(approval.Value, cancellationToken);

    public Task<IReadOnlyList<PendingApproval>> WaitingAsync(WorkspaceId? workspace, CancellationToken cancellationToken)
    {
        var one = workspace?.Value;
        return database.ListAsync<ApprovalRow, PendingApproval>(
            rows => rows.Where(row => (one == null || row.Workspace == one) && row.State == nameof(ApprovalState.Waiting)).OrderBy(row => row.At), cancellationToken);
    }

    public Task<IReadOnlyList<PendingApproval>> LatestAsync(WorkspaceId workspace, int count, CancellationToken cancellationToken) =>
        database.ListAsync<ApprovalRow, PendingApproval>(
            rows => rows.Where(row => row.Workspace == workspace.Value).OrderByDescending(row => row.At).Take(count), cancellationToken);

    public Task<IReadOnlyList<PendingApproval>> UnfinishedAsync(CancellationToken cancellationToken) =>
        database.ListAsync<ApprovalRow, PendingApproval>(
            rows => rows.Where(row => row.State == nameof(ApprovalState.Approved) && !row.CarriedOut).OrderBy(row => row.At), cancellationToken);

    public async Task<PendingApproval> AddAsync(PendingApproval approval, AuditEntry entry, CancellationToken cancellationToken)
    {
        var workspace = approval.Workspace.Value;
        using var turn = await _adding.EnterAsync(workspace, cancellationToken);
        return await audit.SaveAsync<PendingApproval>(
            async db =>
            {
                var number = await Handles.NextAsync(
                    db, workspace, "approvals", () => db.Set<ApprovalRow>().CountAsync(row => row.Workspace == workspace, CancellationToken.None), CancellationToken.None);
                return new(_documents.Add(db, approval with { Handle = $"a{number}" }), [entry]);
            },
            cancellationToken);
    }

    public Task<PendingApproval> ChangeAsync(
        ApprovalId approval, Func<PendingApproval, PendingApproval> change, AuditEntry entry, CancellationToken cancellationToken) => audit.SaveAsync<PendingApproval>(
        async db =>
        {
            var (before, after) = await _documents.ChangeAsync(db, approval.Value, change, CancellationToken.None);
            return new(after, ReferenceEquals(before, after) ? [] : [entry]);
        },
        cancellationToken);
}
