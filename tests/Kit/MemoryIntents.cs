using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

/// <summary>The journal in memory. <see cref="Locked"/> makes every write fail, as a locked database does.</summary>
/// <param name="audit">Where its entries go; null: nobody looks at them.</param>
public sealed class MemoryIntents(MemoryAudit? audit = null) : IIntentStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CommandKey, CommandIntent> _intents = [];

    public bool Locked { get; set; }

    /// <summary>What failed cannot be looked up because of it.</summary>
    public Exception? LookFault { get; set; }

    /// <summary>Writes that failed because of it.</summary>
    public int Refused { get; private set; }

    public IReadOnlyList<CommandIntent> All
    {
        get
        {
            lock (_lock)
                return [.. _intents.Values];
        }
    }

    public Task<CommandIntent?> FindAsync(CommandKey key, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(_intents.GetValueOrDefault(key));
    }

    public Task<CommandIntent> AddAsync(CommandIntent intent, CancellationToken cancellationToken)
    {
        ThrowIfLocked();
        lock (_lock)
        {
            if (!_intents.TryGetValue(intent.Key, out var present))
                audit.Keep(IntentEntry.OfNew(intent), () => _intents[intent.Key] = present = intent);

            return Task.FromResult(present!);
        }
    }

    /// <summary>Awaited before every save.</summary>
    public Func<CommandIntent, Task> Saving { get; set; } = _ => Task.CompletedTask;

    /// <summary>Awaited after every save: what it throws is told of a save that stands there all the same.</summary>
    public Func<CommandIntent, Task> Saved { get; set; } = _ => Task.CompletedTask;

    public async Task SaveAsync(CommandIntent intent, CancellationToken cancellationToken)
    {
        await Saving(intent).WaitAsync(cancellationToken);
        ThrowIfLocked();
        lock (_lock)
        {
            var present = _intents.GetValueOrDefault(intent.Key);
            if (present != intent)
                audit.Keep(present is null ? IntentEntry.OfNew(intent) : IntentEntry.OfChange(intent), () => _intents[intent.Key] = intent);
        }

        await Saved(intent);
    }

    public Task<IReadOnlyList<CommandIntent>> OpenAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CommandIntent>>([.. All.Where(intent => intent.IsOpen).OrderBy(intent => intent.PlannedAt)]);

    public Task<IReadOnlyList<CommandIntent>> FailedAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        LookFault is not null ? throw LookFault : Task.FromResult<IReadOnlyList<CommandIntent>>([.. All
            .Where(intent => intent.State == IntentState.Failed && intent.SettledAt >= since)
            .OrderBy(intent => intent.SettledAt)]);

    public Task<IReadOnlyList<CommandIntent>> ConfirmedAsync(CampaignId campaign, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult(CommandIntent.NewestFirst(All
            .Where(intent => intent.Command.Campaign == campaign && intent.State == IntentState.Confirmed && intent.SettledAt >= since)));

    private void ThrowIfLocked()
    {
        if (!Locked)
            return;

        lock (_lock)
            Refused++;

        throw new IOException("database is locked");
    }
}

/// <summary>Stops noted beside the database.</summary>
public sealed class MemoryStopJournal : IStopJournal
{
    private readonly Lock _lock = new();

    public List<CommandIntent> Noted { get; } = [];

    public Dictionary<IncidentId, Incident> Incidents { get; } = [];

    public Task NoteAsync(CommandIntent intent, string says, CancellationToken cancellationToken)
    {
        lock (_lock)
            Noted.Add(intent);

        return Task.CompletedTask;
    }

    public Task NoteAsync(Incident incident, CancellationToken cancellationToken)
    {
        lock (_lock)
            Incidents[incident.Id] = incident;

        return Task.CompletedTask;
    }

    public SwitchState? Freeze { get; private set; }

    public Task NoteAsync(SwitchState freeze, CancellationToken cancellationToken)
    {
        Freeze = freeze;
        return Task.CompletedTask;
    }

    public Task<SwitchState?> FindFreezeAsync(CancellationToken cancellationToken) => Task.FromResult(Freeze);

    public Task ClearAsync(SwitchState freeze, CancellationToken cancellationToken)
    {
        Freeze = null;
        return Task.CompletedTask;
    }

    public Task<StopNotes> PendingAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(new StopNotes([.. Noted], [.. Incidents.Values]));
    }

    public Task ClearAsync(StopNotes written, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Noted.RemoveRange(0, written.Intents.Count);
            foreach (var incident in written.Incidents)
                Incidents.Remove(incident.Id);
        }

        return Task.CompletedTask;
    }
}
