using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

internal sealed class IncidentStore(Database database, AuditChain audit) : IIncidentStore
{
    private readonly Documents<IncidentRow, Incident> _documents = new(
        database,
        "The incident",
        (row, incident) =>
        {
            row.Id = incident.Id.Value;
            row.Workspace = incident.Workspace.Value;
            row.AdAccount = incident.Account.Value;
            row.Person = incident.AcknowledgedBy?.Value;
            row.At = incident.OpenedAt;
            row.Campaign = incident.Campaign.Value;
            row.Cause = incident.Cause.Value;
            row.IsOpen = incident.State != IncidentState.Closed;
            row.ClosedAt = incident.ClosedAt;
        },
        (incident, version) => incident with { Version = version });

    private readonly Turnstile _opening = new();

    public Task<Incident?> FindAsync(IncidentId incident, CancellationToken cancellationToken) =>
        database.FindAsync<IncidentRow, Incident>(incident.Value, cancellationToken);

    public Task<IReadOnlyList<Incident>> OpenAsync(CancellationToken cancellationToken) =>
        database.ListAsync<IncidentRow, Incident>(rows => rows.Where(row => row.IsOpen).OrderBy(row => row.At), cancellationToken);

    public Task<IReadOnlyList<Incident>> OpenOfAsync(CampaignId campaign, CancellationToken cancellationToken) =>
        database.ListAsync<IncidentRow, Incident>(
            rows => rows.Where(row => row.Campaign == campaign.Value && row.IsOpen).OrderBy(row => row.At), cancellationToken);

    public async Task<IReadOnlyList<Incident>> OpenOfAsync(IReadOnlyCollection<CampaignId> campaigns, CancellationToken cancellationToken)
    {
        if (campaigns.Count == 0)
            return [];

        var asked = campaigns.Select(campaign => campaign.Value).ToArray();
        return await database.ListAsync<IncidentRow, Incident>(
            rows => rows.Where(row => row.IsOpen && asked.Contains(row.Campaign)).OrderBy(row => row.At), cancellationToken);
    }

    public async Task<Incident?> FindStopAsync(CampaignId campaign, CancellationToken cancellationToken) =>
        (await database.ListAsync<IncidentRow, Incident>(rows => rows.Where(row => row.Campaign == campaign.Value).OrderByDescending(row => row.At), cancellationToken))
            .FirstOrDefault(incident => incident.Remedy == Remedy.PauseCampaign);

    public Task<IReadOnlyList<Incident>> LatestAsync(WorkspaceId workspace, int count, CancellationToken cancellationToken) =>
        database.ListAsync<IncidentRow, Incident>(
            rows => rows.Where(row => row.Workspace == workspace.Value).OrderByDescending(row => row.At).Take(count), cancellationToken);

    public async Task<(Incident Incident, bool IsNew)> OpenAsync(Incident incident, CancellationToken cancellationToken)
    {
        using var turn = await _opening.EnterAsync(incident.Workspace.Value, cancellationToken);
        return await audit.SaveAsync<(Incident, bool)>(
            async db =>
            {
                if (await FindOpenAsync(db, incident) is { } open)
                    return new((open, false), []);

                var opened = _documents.Add(db, incident with { Handle = $"i{await NumberAsync(db, incident.Workspace.Value)}" });
                return new((opened, true), IncidentEntry.OfNew(opened));
            },
            cancellationToken);
    }

    public Task<Incident> ChangeAsync(IncidentId incident, Func<Incident, Incident> change, CancellationToken cancellationToken) =>
        _documents.ChangeAsync(incident.Value, change, cancellationToken);

    private static async Task<Incident?> FindOpenAsync(CampaignsDb db, Incident incident) => await db.Set<IncidentRow>()
        .Where(row => row.IsOpen && row.Campaign == incident.Campaign.Value && row.Cause == incident.Cause.Value)
        .Select(row => row.Body)
        .FirstOrDefaultAsync(CancellationToken.None) is { } body
        ? Database.Read<Incident>(body)
        : null;

    private static Task<long> NumberAsync(CampaignsDb db, string workspace) => Handles.NextAsync(
        db, workspace, "incidents", () => db.Set<IncidentRow>().CountAsync(row => row.Workspace == workspace, CancellationToken.None), CancellationToken.None);
}
