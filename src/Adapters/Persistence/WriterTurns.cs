using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>
/// Lets the writers of this process write one after the other, and what waits meanwhile in one commit: each commit waits for the disk, and
/// many cost little more than one. SQLite takes one writer at a time anyway; whoever finds another there sleeps for 150 ms, asks again
/// without any order among those who wait, and gives up after the file's own time: among many the unlucky lose.
/// </summary>
internal sealed class WriterTurns : IDisposable
{
    /// <summary>As long as a locked file is waited for. Whoever has waited so long goes on without a turn.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>What can wait gives way for so long; it is never what a stop waits for.</summary>
    private static readonly TimeSpan LongPatience = TimeSpan.FromSeconds(30);

    /// <summary>One commit holds at most so many saves, so that those who come next do not wait for long.</summary>
    private const int MostTogether = 64;

    /// <summary>Of those that can wait, which are large.</summary>
    private const int MostThatCanWait = 8;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lock _lock = new();
    private readonly List<Waiting> _urgent = [];
    private readonly List<Waiting> _canWait = [];

    /// <summary>A context that waits to be saved, and what came of it.</summary>
    private sealed record Waiting(SqliteCampaignsDb Db)
    {
        public TaskCompletionSource<int> Saved { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>A write that is a commit of its own.</summary>
    public async Task<int> TakeAsync(Func<Task<int>> write, CancellationToken cancellationToken)
    {
        var mine = await _one.WaitAsync(Patience, cancellationToken);
        try
        {
            return await write();
        }
        finally
        {
            if (mine)
                _one.Release();
        }
    }

    /// <summary>Saves with whatever else waits. It has been committed, or nothing of it has, when this returns; a fault of one is not another's.</summary>
    public async Task<int> SaveAsync(SqliteCampaignsDb db, CancellationToken cancellationToken)
    {
        var mine = new Waiting(db);
        var line = db.CanWait ? _canWait : _urgent;
        lock (_lock)
            line.Add(mine);

        if (!await EnterAsync(mine, line, db.CanWait ? LongPatience : Patience, cancellationToken))
            return Withdrawn(mine, line) ? await db.SaveAloneAsync(cancellationToken) : await mine.Saved.Task;

        try
        {
            while (!mine.Saved.Task.IsCompleted)
                await SaveWaitingAsync();
        }
        finally
        {
            _one.Release();
        }

        return await mine.Saved.Task;
    }

    public void Dispose() => _one.Dispose();

    /// <summary>False when the turn did not come. What somebody else saves already is not given up any more.</summary>
    private async Task<bool> EnterAsync(Waiting mine, List<Waiting> line, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await _one.WaitAsync(patience, cancellationToken);
        }
        catch (OperationCanceledException) when (!Withdrawn(mine, line))
        {
            return false;
        }
    }

    private bool Withdrawn(Waiting mine, List<Waiting> line)
    {
        lock (_lock)
            return line.Remove(mine);
    }

    private async Task SaveWaitingAsync()
    {
        List<Waiting> together;
        lock (_lock)
            together = [.. Taken(_urgent, MostTogether), .. Taken(_canWait, MostThatCanWait)];

        try
        {
            await (together is [var only] ? SaveAsync(only, () => only.Db.SaveAloneAsync(CancellationToken.None)) : CommitAsync(together));
        }
        catch (Exception fault)
        {
            foreach (var waiting in together)
                waiting.Saved.TrySetException(fault);
        }
    }

    private static List<Waiting> Taken(List<Waiting> line, int most)
    {
        var taken = line.Take(most).ToList();
        line.RemoveRange(0, taken.Count);
        return taken;
    }

    /// <summary>One transaction on one connection that each context borrows. Whoever breaks a rule of the database is told so after the others are committed.</summary>
    private static async Task CommitAsync(IReadOnlyList<Waiting> together)
    {
        await using var connection = new SqliteConnection(together[0].Db.Database.GetConnectionString());
        await connection.OpenAsync();
        await SqliteCampaignsDb.PrepareConnectionAsync(connection, CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        var outcomes = new List<Action>(together.Count);
        foreach (var waiting in together)
            outcomes.Add(await SavedAsync(waiting, connection, transaction));

        await transaction.CommitAsync();
        foreach (var tell in outcomes)
            tell();
    }

    /// <returns>Tells the writer.</returns>
    private static async Task<Action> SavedAsync(Waiting waiting, DbConnection connection, DbTransaction transaction)
    {
        try
        {
            var saved = await waiting.Db.SaveInAsync(connection, transaction);
            return () => waiting.Saved.TrySetResult(saved);
        }
        catch (DbUpdateException fault) when (fault is DbUpdateConcurrencyException || fault.InnerException is SqliteException { SqliteErrorCode: SqliteCampaignsDb.Constraint })
        {
            return () => waiting.Saved.TrySetException(fault);
        }
    }

    private static async Task SaveAsync(Waiting waiting, Func<Task<int>> save) => waiting.Saved.TrySetResult(await save());
}
