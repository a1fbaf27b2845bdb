using Npgsql;

namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>One process works on a PostgreSQL database, as one holds a data folder: a lock of the session, given up when the process or its connection ends.</summary>
internal sealed class PostgresHold(string connection) : IAsyncDisposable
{
    /// <summary>Ours among the advisory locks of a database: the letters "chatops".</summary>
    private const long Key = 0x63_6861_746F_7073;

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

    public ValueTask DisposeAsync() => _session?.DisposeAsync() ?? ValueTask.CompletedTask;
}
