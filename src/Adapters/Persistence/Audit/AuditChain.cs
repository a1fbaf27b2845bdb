using System.Data.Common;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Audit;

/// <summary>
/// The audit trail: each entry's keyed hash covers its number, time, body and the hash before it. Editing, deleting, swapping and
/// inserting break the chain; a shortened chain and yesterday's copy are found by the checkpoints, kept beside the database and posted to the feed.
/// Whoever holds the key, the database and the checkpoints can rewrite all of it.
/// </summary>
internal sealed class AuditChain(
    Database database, AuditKey key, Checkpoints checkpoints, CheckpointMaker maker, CampaignClock clock)
    : IAuditTrail, IDisposable
{
    private const string Beginning = "";
    private const int Attempts = 50;

    /// <summary>The checkpoints that were told in the chat in so many days are said again.</summary>
    private const int DaysSaid = 7;

    private static readonly string[] NeedCheckpoints = ["a shortened chain", "an older copy of the database"];

    private readonly Lock _lock = new();
    private readonly List<Waiting> _waiting = [];
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>The last entry that this process wrote, so that it need not be looked up; touched only in the turn of <see cref="_writing"/>.</summary>
    private AuditRow? _head;

    public async Task<long> AppendAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        (await WriteAsync(_ => Task.FromResult<IReadOnlyList<AuditEntry>>([entry]), cancellationToken))[^1].Number;

    /// <summary>A change and its entries in one commit: neither stands without the other.</summary>
    /// <param name="change">Made anew, in another unit of work, when somebody else's save came in between.</param>
    public async Task<T> SaveAsync<T>(Func<CampaignsDb, Task<Recorded<T>>> change, CancellationToken cancellationToken)
    {
        T result = default!;
        await WriteAsync(
            async db =>
            {
                (result, var entries) = await change(db);
                return entries;
            },
            cancellationToken);
        return result;
    }

    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken)
    {
        var (kept, unreadable) = await checkpoints.AllAsync(cancellationToken);
        var marks = kept.ToLookup(checkpoint => checkpoint.Entries);
        string[] cannotSee = [.. kept.Count == 0 ? NeedCheckpoints : [], .. unreadable.Select(line => $"what the checkpoint in line {line} saw (torn by a crash or damaged)")];
        var count = 0L;
        var previous = Beginning;
        using var removals = new Removals();

        await using var db = database.Open();
        await foreach (var row in db.Set<AuditRow>().AsNoTracking().OrderBy(row => row.Number).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            count++;
            var (hash, fits) = removals.See(row);
            if (row.Number != count || row.PreviousHash != previous || hash != AuditHash.Of(row, key))
                return new AuditVerdict(count, count, $"Entry {count} is not what was written: it was changed, moved, removed or put in.", cannotSee);

            if (!fits)
                return new AuditVerdict(count, count, $"The entries from which entry {count} took a person out are not as it left them.", cannotSee);

            if (marks[count].Any(mark => mark.Head != row.Hash))
                return new AuditVerdict(count, count, $"Entry {count} does not fit the checkpoint that was kept when it was written.", cannotSee);

            previous = row.Hash;
        }

        if (removals.FirstUnknown is { } unknown)
            return new AuditVerdict(count, unknown, $"Entry {unknown} says that a person was taken out of it, and no entry says who did that.", cannotSee);

        var longest = marks.Select(mark => mark.Key).DefaultIfEmpty().Max();
        return longest > count
            ? new AuditVerdict(count, count + 1, $"The chain ends at {count}, but a checkpoint has seen {longest} entries: it was cut short or is an older copy.", cannotSee)
            : new AuditVerdict(count, null, $"{count} entries, each as it was written{Without(removals.Entries)}.{Tail(kept, count)}", cannotSee) { Removed = removals.Entries, Checkpoints = [.. Told(kept)] };
    }

    /// <summary>The first of each day is told in the chat; of these the newest, each as it stands in the chain.</summary>
    private static IEnumerable<string> Told(IReadOnlyList<Checkpoint> kept) => kept.GroupBy(made => made.At.UtcDateTime.Date).Select(day => day.First())
        .OrderByDescending(made => made.At).Take(DaysSaid).Select(made => $"{made.At.UtcDateTime:yyyy-MM-dd}: {made.Words}, {made.HeadWords}");

    private static string Without(long removed) => removed == 0 ? "" : $" but for {removed} from which a person was taken out on request";

    /// <summary>What the newest checkpoint has not seen could be missing without a trace.</summary>
    private static string Tail(IReadOnlyList<Checkpoint> kept, long count) => kept.MaxBy(checkpoint => checkpoint.Entries) is { } last
        ? $" {count - last.Entries} since the last checkpoint at {AccountTime.In(TimeZoneInfo.Utc, last.At)}: a cut-off there could not be seen."
        : "";

    public async Task<IReadOnlyList<StoredAuditEntry>> LatestAsync(CampaignId? campaign, int count, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = db.Set<AuditRow>().AsNoTracking();
        var picked = campaign is { } one ? rows.Where(row => row.Campaign == one.Value) : rows;
        var newest = await picked.OrderByDescending(row => row.Number).Take(count).ToListAsync(cancellationToken);
        return [.. newest.Select(row => new StoredAuditEntry(row.Number, row.At, Database.Read<AuditEntry>(row.Body), row.PreviousHash, row.Hash))];
    }

    public void Dispose() => _writing.Dispose();

    private async Task<IReadOnlyList<AuditRow>> WriteAsync(Func<CampaignsDb, Task<IReadOnlyList<AuditEntry>>> change, CancellationToken cancellationToken)
    {
        var mine = new Waiting(change);
        lock (_lock)
            _waiting.Add(mine);

        await WriteWithOthersAsync(mine, cancellationToken);
        var (rows, isDue) = await mine.Written.Task;
        if (isDue)
            await maker.MakeAsync(rows[^1], rows[^1].At, cancellationToken);

        return rows;
    }

    /// <summary>Whoever has the turn writes what all the others wait for too, in one commit: many writers cost little more than one.</summary>
    private async Task WriteWithOthersAsync(Waiting mine, CancellationToken cancellationToken)
    {
        try
        {
            await _writing.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
                _waiting.Remove(mine);

            throw;
        }

        try
        {
            if (!mine.Written.Task.IsCompleted)
                await WriteWaitingAsync();
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Not given up when its writer is: it carries what others wait for. What is one writer's own fault is not another's.</summary>
    private async Task WriteWaitingAsync()
    {
        List<Waiting> together;
        lock (_lock)
        {
            together = [.. _waiting];
            _waiting.Clear();
        }

        if (await FindFaultAsync(together) is not { } fault)
            return;

        foreach (var waiting in together)
        {
            if (together.Count > 1 && !IsOfTheDatabase(fault))
                await FindFaultAsync([waiting], isLast: true);
            else
                waiting.Written.SetException(fault);
        }
    }

    private async Task<Exception?> FindFaultAsync(IReadOnlyList<Waiting> together, bool isLast = false)
    {
        try
        {
            var (rows, isStop) = await SavedAsync(together);
            var all = rows.SelectMany(written => written).ToList();
            var isDue = maker.IsDue(all, isStop);
            foreach (var (waiting, written) in together.Zip(rows))
                waiting.Written.SetResult((written, isDue && written.Contains(all[^1])));

            return null;
        }
        catch (Exception fault)
        {
            if (isLast)
                together[0].Written.SetException(fault);

            return fault;
        }
    }

    private static bool IsOfTheDatabase(Exception fault) => fault is DbException || (fault is DbUpdateException failed && !IsBetween(failed));

    /// <summary>Somebody else's save came in between.</summary>
    private static bool IsBetween(DbUpdateException fault) => fault is DbUpdateConcurrencyException || Database.IsTaken(fault);

    /// <summary>Chained to what stands there now; another process that was quicker means reading the end again.</summary>
    /// <returns>The rows of each, and whether one of them is a stop, of one campaign or of everything, or a forgetting.</returns>
    private async Task<(IReadOnlyList<IReadOnlyList<AuditRow>> Rows, bool IsStop)> SavedAsync(IReadOnlyList<Waiting> together)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = database.Open();
            var entries = new List<IReadOnlyList<AuditEntry>>(together.Count);
            foreach (var waiting in together)
                entries.Add(await waiting.Change(db));

            var last = _head ?? await db.Set<AuditRow>().AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(CancellationToken.None);
            _head = null;
            var rows = new List<IReadOnlyList<AuditRow>>(together.Count);
            foreach (var written in entries)
                rows.Add([.. written.Select(entry => last = Chained(entry, last))]);

            db.AddRange(rows.SelectMany(written => written));
            try
            {
                await db.SaveChangesAsync(CancellationToken.None);
                _head = last;
                return (rows, entries.Exists(written => written.Any(entry => entry.Kind is "stop" or "switch" or Removals.Kind)));
            }
            catch (DbUpdateException fault) when (attempt < Attempts && IsBetween(fault))
            {
                // What stands there is read again.
            }
        }
    }

    private AuditRow Chained(AuditEntry entry, AuditRow? last)
    {
        var row = new AuditRow
        {
            Number = (last?.Number ?? 0) + 1,
            // What is hashed is what is stored: whole milliseconds.
            At = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()),
            Workspace = entry.Workspace.Value,
            AdAccount = entry.Account?.Value,
            Person = entry.Actor.Value,
            Campaign = entry.Campaign?.Value,
            Body = AuditHash.Salted(Database.Write(entry)),
            PreviousHash = last?.Hash ?? Beginning,
        };
        row.Hash = AuditHash.Of(row, key);
        return row;
    }

    /// <summary>A change on its way, and the rows that its entries became.</summary>
    private sealed record Waiting(Func<CampaignsDb, Task<IReadOnlyList<AuditEntry>>> Change)
    {
        public TaskCompletionSource<(IReadOnlyList<AuditRow> Rows, bool IsDue)> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
