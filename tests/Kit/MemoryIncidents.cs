using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

public sealed class MemoryIncidents(MemoryAudit? audit = null) : IIncidentStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IncidentId, Incident> _incidents = [];

    public bool Locked { get; set; }

    public bool Unreadable { get; set; }

    /// <summary>Called before every change.</summary>
    public Action Changing { get; set; } = () => { };

    /// <summary>Writes that failed because of it.</summary>
    public int Refused { get; private set; }

    public IReadOnlyList<Incident> All
    {
        get
        {
            lock (_lock)
                return [.. _incidents.Values];
        }
    }

    public Task<Incident?> FindAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(_incidents.GetValueOrDefault(incident));
    }

    public Task<IReadOnlyList<Incident>> OpenAsync(CancellationToken cancellationToken) => Unreadable
        ? Task.FromException<IReadOnlyList<Incident>>(new IOException("disk I/O error"))
        : Task.FromResult<IReadOnlyList<Incident>>([.. All.Where(incident => incident.State != IncidentState.Closed)]);

    public async Task<IReadOnlyList<Incident>> OpenOfAsync(CampaignId campaign, CancellationToken cancellationToken) =>
        [.. (await OpenAsync(cancellationToken)).Where(incident => incident.Campaign == campaign)];

    public async Task<IReadOnlyList<Incident>> OpenOfAsync(IReadOnlyCollection<CampaignId> campaigns, CancellationToken cancellationToken) =>
        [.. (await OpenAsync(cancellationToken)).Where(incident => campaigns.Contains(incident.Campaign))];

    public Task<Incident?> FindStopAsync(CampaignId campaign, CancellationToken cancellationToken) =>
        Task.FromResult(All.Where(incident => incident.Campaign == campaign && incident.Remedy == Remedy.PauseCampaign).MaxBy(incident => incident.OpenedAt));

    public Task<IReadOnlyList<Incident>> LatestAsync(WorkspaceId workspace, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Incident>>([.. All.Where(incident => incident.Workspace == workspace).OrderByDescending(incident => incident.OpenedAt).Take(count)]);

    public Task<(Incident Incident, bool IsNew)> OpenAsync(Incident incident, CancellationToken cancellationToken)
    {
        ThrowIfLocked();
        lock (_lock)
        {
            var open = _incidents.Values.FirstOrDefault(
                known => known.State != IncidentState.Closed && known.Campaign == incident.Campaign && known.Cause == incident.Cause);
            if (open is not null)
                return Task.FromResult((open, false));

            var stored = incident with { Handle = $"i{_incidents.Count + 1}", Version = 1 };
            audit.Keep(IncidentEntry.OfNew(stored), () => _incidents.Add(stored.Id, stored));
            return Task.FromResult((stored, true));
        }
    }

    public Task<Incident> ChangeAsync(IncidentId incident, Func<Incident, Incident> change, CancellationToken cancellationToken)
    {
        ThrowIfLocked();
        Changing();
        lock (_lock)
        {
            var changed = change(_incidents[incident]);
            return Task.FromResult(_incidents[incident] = changed with { Version = changed.Version + 1 });
        }
    }

    private void ThrowIfLocked()
    {
        if (!Locked)
            return;

        lock (_lock)
            Refused++;

        throw new IOException("database is locked");
    }
}
