using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace ChatOpsCampaigns.Adapters.Persistence;

internal sealed class PostgresCampaignsDb(DbContextOptions<PostgresCampaignsDb> options) : CampaignsDb(options)
{
    /// <summary>A server that does not answer is given up after this, so that a stop is never held for longer.</summary>
    private const int SecondsToWait = 2;

    /// <summary>A connection whose question was given up is closed at once: a server that hangs answers neither, and would be waited for twice.</summary>
    private const int NoAnswerToACancel = -1;

    /// <summary>Every tenth of a second, for a minute.</summary>
    private const int ReadersAskedFor = 600;

    public static DbContextOptions<PostgresCampaignsDb> Options(string connection) => new DbContextOptionsBuilder<PostgresCampaignsDb>()
        .UseNpgsql(new NpgsqlConnectionStringBuilder(connection) { Timeout = SecondsToWait, CommandTimeout = SecondsToWait, CancellationTimeout = NoAnswerToACancel }.ToString())
        .ConfigureWarnings(ModelIsHeldByTests)
        .Options;

    /// <summary>The server looks after its own files; a migration cut short is rolled back with its session.</summary>
    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await Database.MigrateAsync(cancellationToken);
    }

    /// <summary>Also the samples that the server keeps of what stands in columns; its log and its copies are its keeper's.</summary>
    public override async Task LeaveNothingAsync(CancellationToken cancellationToken)
    {
        Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await OldReadersAsync(cancellationToken);
        await Database.ExecuteSqlRawAsync("VACUUM (FULL, ANALYZE);", cancellationToken);

        // The samples from before were replaced by the line above; what they were goes with this one.
        await OldReadersAsync(cancellationToken);
        await Database.ExecuteSqlRawAsync("VACUUM (FULL) pg_catalog.pg_statistic;", cancellationToken);
    }

    /// <summary>
    /// The server keeps what a transaction that began before may still see: one that changes something in any of its databases, one that reads in this. It is
    /// waited for until none is left.
    /// </summary>
    private async Task OldReadersAsync(CancellationToken cancellationToken)
    {
        var now = await Database.SqlQueryRaw<long>("""SELECT pg_current_xact_id()::text::bigint AS "Value" """).SingleAsync(cancellationToken);
        for (var attempt = 1; attempt <= ReadersAskedFor; attempt++)
        {
            var old = await Database.SqlQueryRaw<long>(
                """
                SELECT (CASE WHEN pg_snapshot_xmin(pg_current_snapshot())::text::bigint > {0} THEN 0 ELSE 1 END) + count(*) AS "Value" FROM pg_stat_activity
                WHERE pid <> pg_backend_pid() AND backend_xmin IS NOT NULL AND (datname = current_database() OR datname IS NULL)
                """,
                now).SingleAsync(cancellationToken);
            if (old == 0)
                return;

            await Database.ExecuteSqlRawAsync("SELECT pg_sleep(0.1)", cancellationToken);
        }

        throw new InvalidOperationException("Somebody else has worked on the PostgreSQL server for a minute without an end, so that what was deleted cannot be taken off its disk yet. Do the same once more when that is over.");
    }

    /// <summary>The server does it by itself.</summary>
    public override Task<bool> GiveSpaceBackAsync(CancellationToken cancellationToken) => Task.FromResult(false);
}

/// <summary>For the tool that writes migrations; never used by the program.</summary>
internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresCampaignsDb>
{
    public PostgresCampaignsDb CreateDbContext(string[] args) => new(PostgresCampaignsDb.Options("Host=design"));
}
