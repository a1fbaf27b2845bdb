using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

public sealed class MemoryDecisions : IDecisionStore
{
    private readonly ConcurrentQueue<Decision> _decisions = new();

    public IReadOnlyList<Decision> All => [.. _decisions];

    public bool Locked { get; set; }

    public Task AddAsync(Decision decision, CancellationToken cancellationToken)
    {
        if (Locked)
            throw new IOException("database is locked");

        _decisions.Enqueue(decision);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Decision>> LatestAsync(CampaignId campaign, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Decision>>([.. All.Where(decision => decision.Campaign == campaign).OrderByDescending(decision => decision.At).Take(count)]);
}

/// <summary>Settings that go through JSON, as the real ones do.</summary>
public sealed class MemorySettings(MemoryAudit? audit = null) : ISettingsStore
{
    private readonly ConcurrentDictionary<(WorkspaceId, string), string> _values = new();

    public bool Locked { get; set; }

    /// <summary>What a write waits for before it counts.</summary>
    public Func<Task> Takes { get; set; } = () => Task.CompletedTask;

    public Task<T?> FindAsync<T>(WorkspaceId workspace, string name, CancellationToken cancellationToken) where T : class =>
        Task.FromResult(_values.TryGetValue((workspace, name), out var json) ? JsonSerializer.Deserialize<T>(json) : null);

    public async Task SetAsync<T>(WorkspaceId workspace, string name, T value, CancellationToken cancellationToken) where T : class
    {
        if (Locked)
            throw new IOException("database is locked");

        await Takes();
        _values[(workspace, name)] = JsonSerializer.Serialize(value);
    }

    public Task SetAsync<T>(WorkspaceId workspace, string name, T value, AuditEntry entry, CancellationToken cancellationToken) where T : class
    {
        audit.Keep([entry], () => _values[(workspace, name)] = JsonSerializer.Serialize(value));
        return Task.CompletedTask;
    }
}

/// <summary>An audit trail without hashes: what was written, in order.</summary>
public sealed class MemoryAudit(TimeProvider clock) : IAuditTrail
{
    private readonly Lock _lock = new();
    private readonly List<StoredAuditEntry> _entries = [];

    public bool Locked { get; set; }

    /// <summary>What is written is told to have failed.</summary>
    public bool LosesAnswers { get; set; }

    public IReadOnlyList<AuditEntry> All
    {
        get
        {
            lock (_lock)
                return [.. _entries.Select(stored => stored.Entry)];
        }
    }

    public Task<long> AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        if (Locked)
            throw new IOException("database is locked");

        lock (_lock)
            _entries.Add(new StoredAuditEntry(_entries.Count + 1, clock.GetUtcNow(), entry, "", ""));

        return LosesAnswers ? throw new IOException("no answer") : Task.FromResult((long)_entries.Count);
    }

    /// <summary>Entries and the change that they speak of, together or not at all; when answers are lost both stand.</summary>
    internal void KeepTogether(IReadOnlyList<AuditEntry> entries, Action change)
    {
        if (Locked && entries.Count > 0)
            throw new IOException("database is locked");

        change();
        lock (_lock)
        {
            foreach (var entry in entries)
                _entries.Add(new StoredAuditEntry(_entries.Count + 1, clock.GetUtcNow(), entry, "", ""));
        }

        if (LosesAnswers && entries.Count > 0)
            throw new IOException("no answer");
    }

    public Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new AuditVerdict(_entries.Count, null, "kept in memory", []));

    public Task<IReadOnlyList<StoredAuditEntry>> LatestAsync(CampaignId? campaign, int count, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<StoredAuditEntry>>([.. _entries
                .Where(stored => campaign is null || stored.Entry.Campaign == campaign)
                .Reverse()
                .Take(count)]);
    }
}

public sealed class MemoryFeed(ActRecorder? acts = null, MemoryAudit? audit = null) : IActivityFeed
{
    private readonly Lock _lock = new();
    private readonly List<FeedEvent> _events = [];
    private readonly List<Channel<FeedEvent>> _listeners = [];

    public IReadOnlyList<FeedEvent> All
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    /// <summary>What keeping something waits for before it counts; throws when nothing can be written.</summary>
    public Func<FeedEvent, Task> Takes { get; set; } = _ => Task.CompletedTask;

    public async Task<FeedEvent> PublishAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        PlainWords.Insist($"{happened.Action} ({happened.Reason})");
        FeedEvent? kept = null;
        return acts is null ? await KeepAsync(null, cancellationToken) : await acts.KeepAsync(happened, KeepAsync, cancellationToken) ?? happened;

        async Task<FeedEvent> KeepAsync(AuditEntry? entry, CancellationToken token)
        {
            await Takes(happened);
            if (kept is null)
                audit.Keep(entry is null ? [] : [entry], () => kept = Keep(happened));

            return kept!;
        }
    }

    private FeedEvent Keep(FeedEvent happened)
    {
        lock (_lock)
        {
            var stored = happened with { Id = _events.Count + 1 };
            _events.Add(stored);
            foreach (var listener in _listeners)
                listener.Writer.TryWrite(stored);

            return stored;
        }
    }

    public Task<IReadOnlyList<FeedEvent>> LatestAsync(WorkspaceId workspace, CampaignId? campaign, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FeedEvent>>([.. All
            .Where(happened => happened.Workspace == workspace && (campaign is null || happened.Campaign == campaign))
            .Reverse()
            .Take(count)]);

    public Task<IReadOnlyList<FeedEvent>> OlderAsync(WorkspaceId workspace, long before, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FeedEvent>>([.. All.Where(happened => happened.Workspace == workspace && happened.Id < before).Reverse().Take(count)]);

    public Task<IReadOnlyList<FeedEvent>> LatestByAsync(WorkspaceId workspace, CampaignId campaign, PersonId by, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FeedEvent>>([.. All
            .Where(happened => happened.Workspace == workspace && happened.Campaign == campaign && happened.By == by)
            .Reverse()
            .Take(count)]);

    public async IAsyncEnumerable<FeedEvent> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<FeedEvent>();
        lock (_lock)
            _listeners.Add(channel);

        await foreach (var happened in channel.Reader.ReadAllAsync(cancellationToken))
            yield return happened;
    }
}

public sealed class MemoryAlerts : IAlertStore
{
    private readonly Lock _lock = new();
    private readonly List<(Alert Alert, string Channel)> _alerts = [];
    private readonly List<AlertReceipt> _receipts = [];

    public IReadOnlyList<(Alert Alert, string Channel)> All
    {
        get
        {
            lock (_lock)
                return [.. _alerts];
        }
    }

    public Task AddAsync(Alert alert, IReadOnlyList<string> channels, CancellationToken cancellationToken)
    {
        PlainWords.Insist($"{alert.Title} ({alert.Text})");
        lock (_lock)
        {
            foreach (var channel in channels.Where(channel => !_alerts.Exists(known => known.Alert.Key == alert.Key && known.Channel == channel)))
                _alerts.Add((alert, channel));
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<(Alert Alert, string Channel)>> WaitingAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<(Alert, string)>>([.. _alerts.Where(
                waiting => waiting.Alert.At > since
                    && !_receipts.Exists(receipt => receipt.Key == waiting.Alert.Key && receipt.Channel == waiting.Channel && (receipt.Accepted || receipt.IsLast)))]);
    }

    public Task<IReadOnlyList<(Alert Alert, AlertReceipt Receipt)>> AcceptedAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<(Alert, AlertReceipt)>>([.. _receipts
                .Where(receipt => receipt.Accepted)
                .Select(receipt => (_alerts.First(known => known.Alert.Key == receipt.Key && known.Channel == receipt.Channel).Alert, receipt))
                .Where(one => one.Alert.At > since)]);
    }

    public Task<IReadOnlyList<string>> KeysAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<string>>([.. _alerts.Where(known => known.Alert.Incident == incident).Select(known => known.Alert.Key).Distinct()]);
    }

    public bool Locked { get; set; }

    /// <summary>As if a crash had come before they were written.</summary>
    public void Forget()
    {
        lock (_lock)
            _alerts.Clear();
    }

    public Task KeepAsync(AlertReceipt receipt, CancellationToken cancellationToken)
    {
        if (Locked)
            throw new IOException("database is locked");

        lock (_lock)
            _receipts.Add(receipt);

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AlertReceipt>> ReceiptsAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<AlertReceipt>>([.. _receipts.Where(
                receipt => _alerts.Exists(known => known.Alert.Key == receipt.Key && known.Alert.Incident == incident))]);
    }
}
