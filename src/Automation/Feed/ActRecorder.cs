using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Feed;

/// <summary>
/// Puts on record what people and the monitor do: whatever the feed tells of them is one commit with its entry in the audit trail. What cannot
/// be written holds up neither a stop nor anything else; it is kept in memory and written first, in its order, when the database returns.
/// </summary>
/// <remarks>Approvals write entries of their own, bound to what was shown; the agent's moves are on record as intents and outcomes.</remarks>
public sealed partial class ActRecorder(IAuditTrail audit, JournalStanding journal, ILogger<ActRecorder> logger) : IDisposable
{
    /// <summary>One that fails for a reason of its own keeps no other from being written; so many in a row, and the database is away.</summary>
    private const int MostFailuresInARow = 2;

    private readonly Lock _lock = new();
    private readonly List<Held> _waiting = [];
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Keeps what happened, and its entry in the same commit when it is an act.</summary>
    /// <param name="keep">Handed the entry to keep with it, or null. Called again, also later and without, when that fails.</param>
    /// <returns>Null when it is held: the database is known to be away, or what was held before is just being written.</returns>
    public async Task<T?> KeepAsync<T>(FeedEvent happened, Func<AuditEntry?, CancellationToken, Task<T>> keep, CancellationToken cancellationToken) where T : class
    {
        if (!IsAct(happened))
            return await keep(null, cancellationToken);

        var held = new Held(EntryOf(happened)) { Tell = keep };
        if (journal.IsAway)
        {
            Hold(held);
            return null;
        }

        if (!await TryCatchUpAsync(cancellationToken))
        {
            Hold(held);
            await TryCatchUpAsync(cancellationToken);
            return null;
        }

        return await KeepAsync(held, keep, cancellationToken);
    }

    private async Task<T?> KeepAsync<T>(Held held, Func<AuditEntry?, CancellationToken, Task<T>> keep, CancellationToken cancellationToken) where T : class
    {
        try
        {
            return await keep(held.Entry, cancellationToken);
        }
        catch (Exception fault)
        {
            held.IsDoubtful = true;
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                var told = await keep(null, cancellationToken);
                held.Tell = null;
                return told;
            }
            catch (Exception again) when (again is not OperationCanceledException)
            {
                journal.Failed();
                return null;
            }
            finally
            {
                NotWritten(Hold(held), fault);
            }
        }
    }

    /// <summary>An entry of its own. One that cannot be written holds nobody up.</summary>
    public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        Hold(new Held(entry));
        return journal.IsAway ? Task.CompletedTask : CatchUpAsync(cancellationToken);
    }

    /// <summary>Writes what waits, in its order; what still cannot be written goes on waiting.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (First(0) is null)
            return;

        await _writing.WaitAsync(cancellationToken);
        try
        {
            await WriteWaitingAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>False, at once, while somebody else does it: whoever stops something waits for nobody.</summary>
    private async Task<bool> TryCatchUpAsync(CancellationToken cancellationToken)
    {
        if (First(0) is null)
            return true;

        if (!await _writing.WaitAsync(TimeSpan.Zero, cancellationToken))
            return false;

        try
        {
            await WriteWaitingAsync(cancellationToken);
            return true;
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task WriteWaitingAsync(CancellationToken cancellationToken)
    {
        var (next, failures) = (0, 0);
        while (failures < MostFailuresInARow && First(next) is { } held)
        {
            try
            {
                await WriteOnceAsync(held, cancellationToken);
                Release(held);
                journal.Written();
                failures = 0;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                NotWritten(Count(), fault);
                (next, failures) = (next + 1, failures + 1);
            }
        }
    }

    private async Task WriteOnceAsync(Held held, CancellationToken cancellationToken)
    {
        var stands = held.IsDoubtful && await audit.HasAsync(held.Entry, cancellationToken);
        held.IsDoubtful = true;
        if (held.Tell is { } tell)
            await TellAsync(held, tell, stands, cancellationToken);
        else if (!stands)
            await audit.AppendAsync(held.Entry, cancellationToken);
    }

    /// <summary>People hear of it also while the audit trail alone cannot be written.</summary>
    private static async Task TellAsync(Held held, Func<AuditEntry?, CancellationToken, Task> tell, bool stands, CancellationToken cancellationToken)
    {
        try
        {
            await tell(stands ? null : held.Entry, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException && !stands)
        {
            await tell(null, cancellationToken);
            held.Tell = null;
            throw;
        }
    }

    public void Dispose() => _writing.Dispose();

    private int Hold(Held held)
    {
        lock (_lock)
        {
            _waiting.Add(held);
            return _waiting.Count;
        }
    }

    private void Release(Held held)
    {
        lock (_lock)
            _waiting.Remove(held);
    }

    /// <summary>The first one that waits behind so many others.</summary>
    private Held? First(int behind)
    {
        lock (_lock)
            return _waiting.ElementAtOrDefault(behind);
    }

    private int Count()
    {
        lock (_lock)
            return _waiting.Count;
    }

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

        /// <summary>Tells of it, with the entry that it is handed in the same commit; null when people were told, or nobody is.</summary>
        public Func<AuditEntry?, CancellationToken, Task>? Tell { get; set; }

        /// <summary>Told to have failed: it may stand in the trail all the same.</summary>
        public bool IsDoubtful { get; set; }
    }

    [LoggerMessage(EventId = 160, Level = LogLevel.Critical, Message = "{Count} acts cannot be put on record yet; they are held in memory.")]
    private partial void NotWritten(int count, Exception fault);
}
