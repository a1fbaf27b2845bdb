using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>
/// Incidents that can be opened also when the database cannot be written: they are held in memory and written first when it
/// returns, together with the stops that were noted beside it.
/// </summary>
public sealed partial class IncidentBook(
    IIncidentStore incidents, IIntentStore intents, IStopJournal stops, IAuditTrail audit, ILogger<IncidentBook> logger)
{
    private readonly ConcurrentDictionary<IncidentId, Incident> _unwritten = new();

    public async Task<IReadOnlyList<Incident>> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var open = await incidents.OpenAsync(cancellationToken);
            return [.. _unwritten.Values.Where(held => held.State != IncidentState.Closed), .. open.Where(kept => !_unwritten.ContainsKey(kept.Id))];
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotWritten("open incidents", fault.Message);
            return [.. _unwritten.Values];
        }
    }

    public async Task<Incident?> FindAsync(IncidentId incident, CancellationToken cancellationToken) =>
        _unwritten.TryGetValue(incident, out var held) ? held : await incidents.FindAsync(incident, cancellationToken);

    public async Task<(Incident Incident, bool IsNew)> OpenAsync(Incident incident, CancellationToken cancellationToken)
    {
        if (_unwritten.Values.FirstOrDefault(held => held.Campaign == incident.Campaign && held.Cause == incident.Cause) is { } already)
            return (already, false);

        try
        {
            var (opened, isNew) = await incidents.OpenAsync(incident, cancellationToken);
            if (isNew)
                await audit.AppendAsync(Entry(opened), cancellationToken);

            return (opened, isNew);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotWritten(incident.Cause.Value, fault.Message);
            var held = incident with { Handle = $"m{_unwritten.Count + 1}" };
            return _unwritten.TryAdd(incident.Id, held) ? (held, true) : (incident, false);
        }
    }

    public async Task<Incident> ChangeAsync(Incident incident, Func<Incident, Incident> change, CancellationToken cancellationToken)
    {
        if (_unwritten.TryGetValue(incident.Id, out var held))
            return _unwritten[incident.Id] = change(held);

        try
        {
            return await incidents.ChangeAsync(incident.Id, change, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotWritten(incident.Cause.Value, fault.Message);
            return _unwritten[incident.Id] = change(incident);
        }
    }

    /// <summary>Writes what could not be written before. Nothing happens while the database is still away.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var held in _unwritten.Values.ToList())
            {
                var kept = await incidents.FindAsync(held.Id, cancellationToken) ?? await WrittenAsync(held, cancellationToken);
                await incidents.ChangeAsync(kept.Id, now => held with { Id = now.Id, Handle = now.Handle, Version = now.Version }, cancellationToken);
                _unwritten.TryRemove(held.Id, out _);
            }

            var noted = await stops.PendingAsync(cancellationToken);
            if (noted.Count == 0)
                return;

            foreach (var intent in noted)
            {
                await intents.AddAsync(intent, cancellationToken);
                await intents.SaveAsync(intent, cancellationToken);
                if (intent.State != IntentState.Sent)
                    await audit.AppendAsync(IntentEntry.Of(intent), cancellationToken);
            }

            await stops.ClearAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotWritten("what was held back", fault.Message);
        }
    }

    private async Task<Incident> WrittenAsync(Incident held, CancellationToken cancellationToken)
    {
        var (opened, isNew) = await incidents.OpenAsync(held, cancellationToken);
        if (isNew)
            await audit.AppendAsync(Entry(opened), cancellationToken);

        return opened;
    }

    private static AuditEntry Entry(Incident incident) => new(
        incident.Workspace, incident.Account, incident.Campaign, PersonId.Monitor, "incident",
        $"incident {incident.Handle} ({incident.Cause}) opened on {incident.CampaignName}",
        new JsonObject
        {
            ["incident"] = incident.Id.Value,
            ["at"] = incident.OpenedAt,
            ["remedy"] = incident.Remedy.ToString(),
            ["evidence"] = JsonSerializer.SerializeToNode(incident.Evidence),
        });

    [LoggerMessage(EventId = 230, Level = LogLevel.Critical, Message = "The database cannot be written ({What}); held in memory: {Says}")]
    private partial void NotWritten(string what, string says);
}
