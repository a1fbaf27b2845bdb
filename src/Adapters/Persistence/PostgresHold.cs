using Npgsql;

namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>One process works on a PostgreSQL database, as one holds a data folder: a lock of the session, given up when the process or its connection ends.</summary>
internal sealed class PostgresHold(string connection, TimeProvider machine) : IAsyncDisposable
{
    /// <summary>Ours among the advisory locks of a database: the letters "chatops".</summary>
    private const long Key = 0x63_6861_746F_7073;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The session takes one question at a time.</summary>
    private readonly SemaphoreSlim _one = new(1, 1);

    private NpgsqlConnection? _session;

    /// <exception cref="InvalidOperationException">The server cannot be reached, or another process works on the database.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        var at = new NpgsqlConnectionStringBuilder(connection) { Pooling = false, KeepAlive = 30 };
        _session = new NpgsqlConnection(at.ToString());
        try
        {
            await _session.OpenAsync(cancellationToken);
        }
        catch (NpgsqlException fault)
        {
            throw new InvalidOperationException($"PostgreSQL at {at.Host}:{at.Port} cannot be used: {fault.Message} Check Database:ConnectionString.", fault);
        }

        await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({Key})", _session);
        if (await command.ExecuteScalarAsync(cancellationToken) is not true)
        {
            throw new InvalidOperationException(
                $"Another process works on the database {at.Database} at {at.Host}:{at.Port}. Stop that process, or choose another database with Database:ConnectionString.");
        }
    }

    /// <summary>Whether the session lives and still has the lock; false too when the server does not answer within five seconds of machine time.</summary>
    public async Task<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_session is not { } session)
                return false;

            await using var command = new NpgsqlCommand(
                $"SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid() AND ((classid::bigint << 32) | objid::bigint) = {Key})", session);
            return await command.ExecuteScalarAsync(either.Token) is true;
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
        finally
        {
            _one.Release();
        }
    }

    public ValueTask DisposeAsync() => _session?.DisposeAsync() ?? ValueTask.CompletedTask;
}
