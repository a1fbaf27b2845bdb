using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>
/// Incidents that can be opened also when the database cannot be written: they are held in memory and written first when it
/// returns, together with the stops that were noted beside it.
/// </summary>
public sealed partial class IncidentBook(
    IIncidentStore incidents, IIntentStore intents, IStopJournal stops, JournalStanding journal, TimeProvider machine, ILogger<IncidentBook> logger) : IDisposable
{
    private const int MostLookedThrough = 200;

    private readonly ConcurrentDictionary<IncidentId, Incident> _unwritten = new();
    private readonly Turnstile _campaigns = new();
    private readonly Turnstile _opening = new();
    private readonly SemaphoreSlim _catchingUp = new(1, 1);

    /// <summary>One at a time for each campaign: stopping, resuming and looking after what stands still.</summary>
    public Task<IDisposable> EnterAsync(CampaignId campaign, CancellationToken cancellationToken) => _campaigns.EnterAsync(campaign.Value, cancellationToken);

    /// <summary>The same for what must not wait: null when the turn does not come, as beside a resume that hangs at its network. Then it acts all the same.</summary>
    public async Task<IDisposable?> EnterOrPassAsync(CampaignId campaign, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(SafetyLimits.PauseTimeout, machine);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await EnterAsync(campaign, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public Task<IReadOnlyList<Incident>> OpenAsync(CancellationToken cancellationToken) =>
        WithUnwrittenAsync(incidents.OpenAsync, _ => true, cancellationToken);

    public Task<IReadOnlyList<Incident>> OpenOfAsync(CampaignId campaign, CancellationToken cancellationToken) =>
        WithUnwrittenAsync(token => incidents.OpenOfAsync(campaign, token), held => held.Campaign == campaign, cancellationToken);

    /// <summary>For a stop: what is known, when the database could not even be read a moment ago.</summary>
    public Task<IReadOnlyList<Incident>> KnownOfAsync(CampaignId campaign, CancellationToken cancellationToken) => journal.IsUnread
        ? Task.FromResult<IReadOnlyList<Incident>>([.. Held(held => held.Campaign == campaign)])
        : OpenOfAsync(campaign, cancellationToken);

    public Task<IReadOnlyList<Incident>> OpenOfAsync(IReadOnlyCollection<CampaignId> asked, CancellationToken cancellationToken) =>
        WithUnwrittenAsync(token => incidents.OpenOfAsync(asked, token), held => asked.Contains(held.Campaign), cancellationToken);

    /// <summary>What holds a stopped campaign: its open stop, else the newest closed one.</summary>
    public async Task<Incident?> FindStopAsync(CampaignId campaign, CancellationToken cancellationToken) =>
        (await OpenOfAsync(campaign, cancellationToken)).FirstOrDefault(open => open.Remedy == Remedy.PauseCampaign)
        ?? await incidents.FindStopAsync(campaign, cancellationToken);

    /// <summary>When the newest closed incident of a cause in an account was closed; null when there is none among the last, or the database does not say.</summary>
    public async Task<DateTimeOffset?> FindClosedAtAsync(WorkspaceId workspace, AdAccountId account, RuleId cause, CancellationToken cancellationToken)
    {
        try
        {
            return (await incidents.LatestAsync(workspace, MostLookedThrough, cancellationToken)).Where(one => one.Account == account && one.Cause == cause).Max(one => one.ClosedAt);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            journal.NotRead();
            NotWritten("closed incidents", fault.Message);
            return null;
        }
    }

    private async Task<IReadOnlyList<Incident>> WithUnwrittenAsync(
        Func<CancellationToken, Task<IReadOnlyList<Incident>>> ask, Func<Incident, bool> isAsked, CancellationToken cancellationToken)
    {
        try
        {
            var open = await ask(cancellationToken);
            return [.. Held(isAsked), .. open.Where(kept => !_unwritten.ContainsKey(kept.Id))];
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            journal.NotRead();
            NotWritten("open incidents", fault.Message);
            return [.. Held(isAsked)];
        }
    }

    private IEnumerable<Incident> Held(Func<Incident, bool> isAsked) => _unwritten.Values.Where(held => held.State != IncidentState.Closed && isAsked(held));

    public async Task<Incident?> FindAsync(IncidentId incident, CancellationToken cancellationToken) =>
        _unwritten.TryGetValue(incident, out var held) ? held : await incidents.FindAsync(incident, cancellationToken);

    public async Task<(Incident Incident, bool IsNew)> OpenAsync(Incident incident, CancellationToken cancellationToken)
    {
        // A database that is away may still be read, or let every question wait: side by side, so that many wait no longer than one.
        var kept = journal.IsAway ? await KnownOfAsync(incident.Campaign, cancellationToken) : [];

        // One after another: of many stops only the first waits for a database that is away.
        using var turn = await _opening.EnterAsync(incident.Workspace.Value, cancellationToken);
        if (kept.Concat(_unwritten.Values).FirstOrDefault(open => open.State != IncidentState.Closed && open.Campaign == incident.Campaign && open.Cause == incident.Cause) is { } already)
            return (already, false);

        try
        {
            if (journal.IsAway)
                throw new JournalAwayException();

            return await incidents.OpenAsync(incident, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Failed(incident.Cause.Value, fault);
            var held = incident with { Handle = $"m{_unwritten.Count + 1}" };
            await HoldAsync(held, cancellationToken);
            return (held, true);
        }
    }

    public async Task<Incident> ChangeAsync(Incident incident, Func<Incident, Incident> change, CancellationToken cancellationToken)
    {
        if (_unwritten.TryGetValue(incident.Id, out var held))
            return await HoldAsync(change(held), cancellationToken);

        try
        {
            if (journal.IsAway)
                throw new JournalAwayException();

            return await incidents.ChangeAsync(incident.Id, change, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Failed(incident.Cause.Value, fault);
            return await HoldAsync(change(incident), cancellationToken);
        }
    }

    /// <summary>In memory and beside the database, so that it outlives also a crash while the database is away.</summary>
    private async Task<Incident> HoldAsync(Incident incident, CancellationToken cancellationToken)
    {
        _unwritten[incident.Id] = incident;
        await stops.NoteAsync(incident, cancellationToken);
        return incident;
    }

    private void Failed(string what, Exception fault)
    {
        if (fault is not JournalAwayException)
            journal.Failed();

        NotWritten(what, fault.Message);
    }

    /// <summary>Holds what an earlier life could not write, so that what it stopped is known.</summary>
    private async Task<StopNotes> RecallAsync(CancellationToken cancellationToken)
    {
        var noted = await stops.PendingAsync(cancellationToken);
        foreach (var incident in noted.Incidents)
        {
            if (!_unwritten.ContainsKey(incident.Id) && !await IsWrittenAsync(incident, cancellationToken))
                _unwritten.TryAdd(incident.Id, incident);
        }

        return noted;
    }

    /// <summary>Writes what could not be written before, in an earlier life too. What cannot be written yet is held, and counts.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        // Sweeps overlap, and what one of them writes is no other's to write.
        if (!await _catchingUp.WaitAsync(TimeSpan.Zero, cancellationToken))
            return;

        try
        {
            var noted = await RecallAsync(cancellationToken);
            if (noted.IsEmpty && _unwritten.IsEmpty)
                return;

            foreach (var (id, held) in _unwritten.ToArray())
            {
                await WriteAsync(held, cancellationToken);

                // What changed meanwhile is written in the next round.
                _unwritten.TryRemove(new KeyValuePair<IncidentId, Incident>(id, held));
            }

            foreach (var intent in noted.Intents)
            {
                var present = await intents.AddAsync(intent, cancellationToken);
                if (intent.State != IntentState.Planned && !present.IsNewerThan(intent))
                    await intents.SaveAsync(intent, cancellationToken);
            }

            await stops.ClearAsync(noted, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotWritten("what was held back", fault.Message);
        }
        finally
        {
            _catchingUp.Release();
        }
    }

    /// <summary>What an earlier round wrote, that failed after it, and an earlier life perhaps: it is not written over what has come of it since.</summary>
    private async Task<bool> IsWrittenAsync(Incident noted, CancellationToken cancellationToken) =>
        await incidents.FindAsync(noted.Id, cancellationToken) is { } written && written.Version > noted.Version;

    private async Task WriteAsync(Incident held, CancellationToken cancellationToken)
    {
        if (await incidents.FindAsync(held.Id, cancellationToken) is null)
        {
            var (opened, _) = await incidents.OpenAsync(held, cancellationToken);
            held = held with { Id = opened.Id, Handle = opened.Handle };
        }

        await incidents.ChangeAsync(held.Id, now => held with { Handle = now.Handle, Version = now.Version }, cancellationToken);
    }

    public void Dispose() => _catchingUp.Dispose();

    [LoggerMessage(EventId = 230, Level = LogLevel.Critical, Message = "The database cannot be written ({What}); held in memory: {Says}")]
    private partial void NotWritten(string what, string says);
}
