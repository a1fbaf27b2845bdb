using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

internal sealed class CampaignStore(Database database, AuditChain audit) : ICampaignStore
{
    private static readonly string[] Spending =
        [nameof(CampaignStatus.Active), nameof(CampaignStatus.Scheduled), nameof(CampaignStatus.InReview), nameof(CampaignStatus.Resting)];

    private readonly Documents<CampaignRow, Campaign> _documents = new(
        database,
        "The campaign",
        (row, campaign) =>
        {
            row.Id = campaign.Id.Value;
            row.Workspace = campaign.Workspace.Value;
            row.AdAccount = campaign.Account.Value;
            row.Person = campaign.CreatedBy.Value;
            row.At = campaign.CreatedAt;
            row.Name = campaign.Name;
            row.Handle = campaign.Handle;
            row.Status = campaign.Status.ToString();
        },
        (campaign, version) => campaign with { Version = version });

    private readonly Turnstile _adding = new();

    public Task<Campaign?> FindAsync(CampaignId campaign, CancellationToken cancellationToken) =>
        database.FindAsync<CampaignRow, Campaign>(campaign.Value, cancellationToken);

    public Task<IReadOnlyList<Campaign>> AllAsync(WorkspaceId workspace, CancellationToken cancellationToken) =>
        ListAsync(rows => rows.Where(row => row.Workspace == workspace.Value), cancellationToken);

    public async Task<IReadOnlyList<string>> NamesAsync(WorkspaceId workspace, CampaignId except, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Set<CampaignRow>()
            .Where(row => row.Workspace == workspace.Value && row.Id != except.Value)
            .Select(row => row.Name)
            .ToListAsync(cancellationToken);
    }

    public Task<IReadOnlyList<Campaign>> OfAccountAsync(AdAccountId account, CancellationToken cancellationToken) =>
        ListAsync(rows => rows.Where(row => row.AdAccount == account.Value), cancellationToken);

    public Task<IReadOnlyList<Campaign>> MaySpendAsync(CancellationToken cancellationToken) =>
        ListAsync(rows => rows.Where(row => Spending.Contains(row.Status)), cancellationToken);

    public async Task<IReadOnlyList<AdAccountId>> AccountsAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var accounts = await db.Set<CampaignRow>().Select(row => row.AdAccount).Distinct().ToListAsync(cancellationToken);
        return [.. accounts.OfType<string>().Select(account => new AdAccountId(account))];
    }

    public Task<IReadOnlyList<Campaign>> MaySpendOfAsync(AdAccountId account, CancellationToken cancellationToken) =>
        ListAsync(rows => rows.Where(row => Spending.Contains(row.Status) && row.AdAccount == account.Value), cancellationToken);

    public Task<IReadOnlyList<Campaign>> LaunchingAsync(CancellationToken cancellationToken) =>
        ListAsync(rows => rows.Where(row => row.Status == nameof(CampaignStatus.Launching)), cancellationToken);

    public Task<IReadOnlyList<Campaign>> StoppedAsync(CancellationToken cancellationToken) =>
        ListAsync(rows => rows.Where(row => row.Status == nameof(CampaignStatus.Stopped)), cancellationToken);

    public Task<Campaign> AddAsync(Campaign campaign, CancellationToken cancellationToken) => AddAsync(campaign, _ => [], cancellationToken);

    public Task<Campaign> AddAsync(Campaign campaign, Func<Campaign, AuditEntry> entry, CancellationToken cancellationToken) =>
        AddAsync(campaign, added => [entry(added)], cancellationToken);

    private async Task<Campaign> AddAsync(Campaign campaign, Func<Campaign, IReadOnlyList<AuditEntry>> entries, CancellationToken cancellationToken)
    {
        using var turn = await _adding.EnterAsync(campaign.Workspace.Value, cancellationToken);
        return await audit.SaveAsync<Campaign>(
            async db =>
            {
                var known = await db.Set<CampaignRow>()
                    .Where(row => row.Workspace == campaign.Workspace.Value)
                    .Select(row => new { row.Id, row.Name })
                    .ToListAsync(CancellationToken.None);
                if (known.Exists(row => row.Id == campaign.Id.Value))
                    return new((await FindAsync(campaign.Id, CancellationToken.None))!, []);

                var names = known.ConvertAll(row => row.Name);
                var added = _documents.Add(db, campaign with { Handle = $"c{names.Count + 1}", Spec = campaign.Spec with { Name = CampaignNames.Free(campaign.Name, names) } });
                return new(added, entries(added));
            },
            cancellationToken);
    }

    public Task<Campaign> ChangeAsync(CampaignId campaign, Func<Campaign, Campaign> change, CancellationToken cancellationToken) =>
        _documents.ChangeAsync(campaign.Value, change, cancellationToken);

    private Task<IReadOnlyList<Campaign>> ListAsync(Func<IQueryable<CampaignRow>, IQueryable<CampaignRow>> pick, CancellationToken cancellationToken) =>
        database.ListAsync<CampaignRow, Campaign>(rows => pick(rows).OrderByDescending(row => row.At), cancellationToken);
}
