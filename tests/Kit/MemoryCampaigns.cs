using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

/// <summary>Campaigns in memory, with handles and unique names as the real store gives them.</summary>
public sealed class MemoryCampaigns(MemoryAudit? audit = null) : ICampaignStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CampaignId, Campaign> _campaigns = [];

    public MemoryCampaigns With(params ReadOnlySpan<Campaign> campaigns)
    {
        foreach (var campaign in campaigns)
            _campaigns[campaign.Id] = campaign;

        return this;
    }

    /// <summary>How often one was looked up.</summary>
    public int Finds { get; private set; }

    public Task<Campaign?> FindAsync(CampaignId campaign, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Finds++;
            return Task.FromResult(_campaigns.GetValueOrDefault(campaign));
        }
    }

    public Task<IReadOnlyList<Campaign>> AllAsync(WorkspaceId workspace, CancellationToken cancellationToken) =>
        ListAsync(campaign => campaign.Workspace == workspace);

    public async Task<IReadOnlyList<string>> NamesAsync(WorkspaceId workspace, CampaignId except, CancellationToken cancellationToken) =>
        [.. (await ListAsync(campaign => campaign.Workspace == workspace && campaign.Id != except)).Select(campaign => campaign.Name)];

    public Task<IReadOnlyList<Campaign>> OfAccountAsync(AdAccountId account, CancellationToken cancellationToken) =>
        ListAsync(campaign => campaign.Account == account);

    public Task<IReadOnlyList<Campaign>> MaySpendAsync(CancellationToken cancellationToken) => ListAsync(campaign => campaign.MaySpend);

    public Task<IReadOnlyList<AdAccountId>> AccountsAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<AdAccountId>>([.. _campaigns.Values.Select(campaign => campaign.Account).Distinct()]);
    }

    public Task<IReadOnlyList<Campaign>> MaySpendOfAsync(AdAccountId account, CancellationToken cancellationToken) =>
        ListAsync(campaign => campaign.MaySpend && campaign.Account == account);

    public Task<IReadOnlyList<Campaign>> LaunchingAsync(CancellationToken cancellationToken) =>
        ListAsync(campaign => campaign.Status == CampaignStatus.Launching);

    public Task<IReadOnlyList<Campaign>> StoppedAsync(CancellationToken cancellationToken) =>
        ListAsync(campaign => campaign.Status == CampaignStatus.Stopped);

    public Task<Campaign> AddAsync(Campaign campaign, CancellationToken cancellationToken) => AddAsync(campaign, _ => [], cancellationToken);

    public Task<Campaign> AddAsync(Campaign campaign, Func<Campaign, AuditEntry> entry, CancellationToken cancellationToken) =>
        AddAsync(campaign, added => [entry(added)], cancellationToken);

    private Task<Campaign> AddAsync(Campaign campaign, Func<Campaign, IReadOnlyList<AuditEntry>> entries, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_campaigns.TryGetValue(campaign.Id, out var known))
                return Task.FromResult(known);

            var name = CampaignNames.Free(campaign.Name, _campaigns.Values.Where(other => other.Workspace == campaign.Workspace).Select(other => other.Name));
            var stored = campaign with { Handle = $"c{_campaigns.Count + 1}", Spec = campaign.Spec with { Name = name }, Version = 1 };
            audit.Keep(entries(stored), () => _campaigns.Add(stored.Id, stored));
            return Task.FromResult(stored);
        }
    }

    /// <summary>Awaited before the next change is made, for what happens meanwhile.</summary>
    public Func<Task>? BeforeChange { get; set; }

    /// <summary>Awaited before every change.</summary>
    public Func<CampaignId, Task> Changing { get; set; } = _ => Task.CompletedTask;

    public async Task<Campaign> ChangeAsync(CampaignId campaign, Func<Campaign, Campaign> change, CancellationToken cancellationToken)
    {
        if (BeforeChange is { } wait)
            await wait();

        await Changing(campaign).WaitAsync(cancellationToken);
        lock (_lock)
        {
            var changed = change(_campaigns[campaign]);
            return _campaigns[campaign] = changed with { Version = changed.Version + 1 };
        }
    }

    private Task<IReadOnlyList<Campaign>> ListAsync(Func<Campaign, bool> wanted)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<Campaign>>([.. _campaigns.Values.Where(wanted).OrderByDescending(campaign => campaign.CreatedAt)]);
    }
}
