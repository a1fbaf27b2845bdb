using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

/// <summary>The journal in memory. <see cref="Locked"/> makes every write fail, as a locked database does.</summary>
public sealed class MemoryIntents : IIntentStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CommandKey, CommandIntent> _intents = [];

    public bool Locked { get; set; }

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
            _intents.TryAdd(intent.Key, intent);
            return Task.FromResult(_intents[intent.Key]);
        }
    }

    public Task SaveAsync(CommandIntent intent, CancellationToken cancellationToken)
    {
        ThrowIfLocked();
        lock (_lock)
            _intents[intent.Key] = intent;

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<CommandIntent>> OpenAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CommandIntent>>([.. All.Where(intent => intent.IsOpen).OrderBy(intent => intent.PlannedAt)]);

    public Task<IReadOnlyList<CommandIntent>> ConfirmedAsync(CampaignId campaign, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CommandIntent>>([.. All
            .Where(intent => intent.Command.Campaign == campaign && intent.State == IntentState.Confirmed && intent.SettledAt >= since)
            .OrderByDescending(intent => intent.SettledAt)]);

    private void ThrowIfLocked()
    {
        if (Locked)
            throw new IOException("database is locked");
    }
}

/// <summary>Stops noted beside the database.</summary>
public sealed class MemoryStopJournal : IStopJournal
{
    public List<CommandIntent> Noted { get; } = [];

    public Task NoteAsync(CommandIntent intent, string says, CancellationToken cancellationToken)
    {
        Noted.Add(intent);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<CommandIntent>> PendingAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CommandIntent>>([.. Noted]);

    public Task ClearAsync(CancellationToken cancellationToken)
    {
        Noted.Clear();
        return Task.CompletedTask;
    }
}
