using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Feed;

/// <summary>
/// Puts on record what people and the monitor do: whatever the feed tells of them is one commit with its entry in the audit trail. An
/// entry that cannot be written holds up neither a stop nor its telling; it is kept in memory and written first when the database returns.
/// </summary>
/// <remarks>Approvals write entries of their own, bound to what was shown; the agent's moves are on record as intents and outcomes.</remarks>
public sealed partial class ActRecorder(IAuditTrail audit, ILogger<ActRecorder> logger) : IDisposable
{
    private readonly ConcurrentQueue<Held> _waiting = new();
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Keeps what happened, and its entry in the same commit when it is an act.</summary>
    /// <param name="keep">Handed the entry to keep with it, or null. Called once more, without, when that fails: then the entry waits here.</param>
    public async Task<T> KeepAsync<T>(FeedEvent happened, Func<AuditEntry?, Task<T>> keep, CancellationToken cancellationToken)
    {
        if (!IsAct(happened))
            return await keep(null);

        await CatchUpAsync(cancellationToken);
        var entry = EntryOf(happened);
        try
        {
            return await keep(entry);
        }
        catch (Exception fault)
        {
            _waiting.Enqueue(new Held(entry) { IsDoubtful = true });
            NotWritten(_waiting.Count, fault);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return await keep(null);
    }

    public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        _waiting.Enqueue(new Held(entry));
        return CatchUpAsync(cancellationToken);
    }

    /// <summary>Writes what waits, in its order; what still cannot be written goes on waiting.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (_waiting.IsEmpty)
            return;

        await _writing.WaitAsync(cancellationToken);
        try
        {
            while (_waiting.TryPeek(out var first))
            {
                await WriteOnceAsync(first, cancellationToken);
                _waiting.TryDequeue(out _);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotWritten(_waiting.Count, fault);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task WriteOnceAsync(Held held, CancellationToken cancellationToken)
    {
        if (held.IsDoubtful && await audit.HasAsync(held.Entry, cancellationToken))
            return;

        held.IsDoubtful = true;
        await audit.AppendAsync(held.Entry, cancellationToken);
    }

    public void Dispose() => _writing.Dispose();

    private static bool IsAct(FeedEvent happened) =>
        happened is { Demo: false, Kind: not FeedKind.Approval } && (happened.By.IsHuman || happened.By == PersonId.Monitor);

    private static AuditEntry EntryOf(FeedEvent happened)
    {
        var facts = new JsonObject { ["at"] = happened.At, ["because"] = happened.Reason, ["severity"] = happened.Severity.ToString() };
        if (happened.Incident is { } incident)
            facts["incident"] = incident.Value;

        return new AuditEntry(
            happened.Workspace, happened.Account, happened.Campaign, happened.By, WordOf(happened.Kind), happened.Action, facts);
    }

    private static string WordOf(FeedKind kind) => kind switch
    {
        FeedKind.EmergencyStop => "stop",
        FeedKind.BidAdjustment => "bid",
        FeedKind.BudgetChange => "budget",
        FeedKind.CreativeRotation => "creative",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private sealed class Held(AuditEntry entry)
    {
        public AuditEntry Entry => entry;

        /// <summary>Told to have failed: it may stand in the trail all the same.</summary>
        public bool IsDoubtful { get; set; }
    }

    [LoggerMessage(EventId = 160, Level = LogLevel.Critical, Message = "{Count} acts cannot be put on record yet; they are held in memory.")]
    private partial void NotWritten(int count, Exception fault);
}
