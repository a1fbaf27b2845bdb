using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

internal sealed class ApprovalStore(Database database) : IApprovalStore
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

    public Task<IReadOnlyList<PendingApproval>> WaitingAsync(WorkspaceId workspace, CancellationToken cancellationToken) =>
        database.ListAsync<ApprovalRow, PendingApproval>(
            rows => rows.Where(row => row.Workspace == workspace.Value && row.State == nameof(ApprovalState.Waiting)).OrderBy(row => row.At),
            cancellationToken);

    public Task<IReadOnlyList<PendingApproval>> LatestAsync(WorkspaceId workspace, int count, CancellationToken cancellationToken) =>
        database.ListAsync<ApprovalRow, PendingApproval>(
            rows => rows.Where(row => row.Workspace == workspace.Value).OrderByDescending(row => row.At).Take(count), cancellationToken);

    public Task<IReadOnlyList<PendingApproval>> UnfinishedAsync(CancellationToken cancellationToken) =>
        database.ListAsync<ApprovalRow, PendingApproval>(
            rows => rows.Where(row => row.State == nameof(ApprovalState.Approved) && !row.CarriedOut).OrderBy(row => row.At), cancellationToken);

    public async Task<PendingApproval> AddAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        using var turn = await _adding.EnterAsync(approval.Workspace.Value, cancellationToken);
        await using var db = database.Open();
        var workspace = approval.Workspace.Value;
        var number = await Handles.NextAsync(
            db, workspace, "approvals", () => db.Set<ApprovalRow>().CountAsync(row => row.Workspace == workspace, cancellationToken), cancellationToken);
        return await _documents.AddAsync(db, approval with { Handle = $"a{number}" }, cancellationToken);
    }

    public Task<PendingApproval> ChangeAsync(ApprovalId approval, Func<PendingApproval, PendingApproval> change, CancellationToken cancellationToken) =>
        _documents.ChangeAsync(approval.Value, change, cancellationToken);
}
