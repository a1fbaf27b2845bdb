using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace ChatOpsCampaigns.Adapters.Persistence;

internal sealed class SqliteCampaignsDb(DbContextOptions<SqliteCampaignsDb> options) : CampaignsDb(options)
{
    /// <summary>Of the process that writes; one that nobody else writes beside has its own.</summary>
    public WriterTurns Turns { get => field ??= new WriterTurns(); init; }

    /// <summary>SQLite's code for a row that breaks a rule of its table.</summary>
    public const int Constraint = 19;

    /// <summary>A locked file is given up after this, so that a stop is never held for longer.</summary>
    private const int SecondsToWaitForALock = 2;

    /// <summary>The mode in which freed pages go back to the disk when asked.</summary>
    private const int Incremental = 2;

    /// <summary>8 MB.</summary>
    private const int PagesAtOnce = 2000;

    /// <summary>One page in ten may stand free.</summary>
    private const int SpareShare = 10;

    private const int DiskFull = 13;

    private static readonly ConditionalWeakTable<sqlite3, object> Prepared = [];

    public static DbContextOptions<SqliteCampaignsDb> Options(string file) => new DbContextOptionsBuilder<SqliteCampaignsDb>()
        .UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = SecondsToWaitForALock }.ToString())
        .AddInterceptors(new Pragmas())
        .ConfigureWarnings(ModelIsHeldByTests)
        .Options;

    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);
        await MakeShrinkableAsync(cancellationToken);
        await ForgetDeadMigrationAsync(cancellationToken);
        await Database.MigrateAsync(cancellationToken);
        await Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);

        var verdict = await Database.SqlQueryRaw<string>("SELECT quick_check AS Value FROM pragma_quick_check").ToListAsync(cancellationToken);
        if (verdict is not ["ok"])
            throw new InvalidOperationException($"{Database.GetDbConnection().DataSource} is damaged ({verdict.FirstOrDefault()}). Restore a copy, or move the file away to begin anew.");
    }

    /// <summary>In small parts: whoever writes meanwhile waits for no longer than one takes. What is left is filled again by what comes.</summary>
    public override async Task<bool> GiveSpaceBackAsync(CancellationToken cancellationToken)
    {
        var (pages, free) = (await PagesAsync(cancellationToken), await FreePagesAsync(cancellationToken));
        if (free <= pages / SpareShare)
            return false;

        await InTurnAsync(token => Database.ExecuteSqlRawAsync($"PRAGMA incremental_vacuum({PagesAtOnce});", token), cancellationToken);
        return await FreePagesAsync(cancellationToken) is var left && left < free && left > pages / SpareShare;
    }

    public override Task LeaveNothingAsync(CancellationToken cancellationToken) => InTurnAsync(
        async token =>
        {
            Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            await Database.OpenConnectionAsync(token);
            await Database.ExecuteSqlRawAsync("VACUUM;", token);
            await using var command = Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
            return await command.ExecuteScalarAsync(token) is 0L
                ? 0
                : throw new InvalidOperationException("Somebody else reads the database, so that its -wal file cannot be emptied. Do the same once more when nobody does.");
        },
        cancellationToken);

    /// <summary>A new file can give pages back one by one; one from before that is written anew once, and left as it is when the disk has no room for that.</summary>
    private async Task MakeShrinkableAsync(CancellationToken cancellationToken)
    {
        if (await Database.SqlQueryRaw<long>("SELECT auto_vacuum AS Value FROM pragma_auto_vacuum").SingleAsync(cancellationToken) == Incremental)
            return;

        await Database.ExecuteSqlRawAsync($"PRAGMA auto_vacuum={Incremental};", cancellationToken);
        if (await PagesAsync(cancellationToken) == 0)
            return;

        try
        {
            Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            await Database.ExecuteSqlRawAsync("VACUUM;", cancellationToken);
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == DiskFull)
        {
            // Its rows are all there; the next start tries again.
        }
    }

    private Task<long> PagesAsync(CancellationToken cancellationToken) =>
        Database.SqlQueryRaw<long>("SELECT page_count AS Value FROM pragma_page_count").SingleAsync(cancellationToken);

    private Task<long> FreePagesAsync(CancellationToken cancellationToken) =>
        Database.SqlQueryRaw<long>("SELECT freelist_count AS Value FROM pragma_freelist_count").SingleAsync(cancellationToken);

    /// <summary>A process killed in the middle of a migration leaves its lock row, and every later one would wait for ever. We hold the data folder, so nobody else migrates.</summary>
    private async Task ForgetDeadMigrationAsync(CancellationToken cancellationToken)
    {
        var exists = await Database.SqlQueryRaw<long>("SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancellationToken);
        if (exists > 0)
            await Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsLock\";", cancellationToken);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        acceptAllChangesOnSuccess && Database.CurrentTransaction is null
            ? Turns.SaveAsync(this, cancellationToken)
            : Turns.TakeAsync(() => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken), cancellationToken);

    public override Task<int> InTurnAsync(Func<CancellationToken, Task<int>> write, CancellationToken cancellationToken) =>
        Turns.TakeAsync(() => write(cancellationToken), cancellationToken);

    /// <summary>A commit of its own, on its own connection.</summary>
    public Task<int> SaveAloneAsync(CancellationToken cancellationToken) => base.SaveChangesAsync(true, cancellationToken);

    /// <summary>A part of somebody else's transaction, on that connection; undone by itself when it fails.</summary>
    public async Task<int> SaveInAsync(DbConnection connection, DbTransaction transaction)
    {
        var own = Database.GetConnectionString();
        Database.SetDbConnection(connection, contextOwnsConnection: false);
        await Database.UseTransactionAsync(transaction, CancellationToken.None);
        try
        {
            return await base.SaveChangesAsync(true, CancellationToken.None);
        }
        finally
        {
            await Database.UseTransactionAsync(null, CancellationToken.None);
            Database.SetConnectionString(own);
        }
    }

    /// <summary>A commit is on the disk before it counts: this is a ledger of money.</summary>
    public static async Task PrepareConnectionAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (!IsNew(connection))
            return;

        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas.Sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
        IsPrepared(connection);
    }

    /// <summary>What the pool of connections hands out again has its settings already.</summary>
    private static bool IsNew(DbConnection connection) => connection is not SqliteConnection { Handle: { } handle } || !Prepared.TryGetValue(handle, out _);

    private static void IsPrepared(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } handle })
            Prepared.AddOrUpdate(handle, handle);
    }

    private sealed class Pragmas : DbConnectionInterceptor
    {
        public const string Sql = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (!IsNew(connection))
                return;

            using var command = connection.CreateCommand();
            command.CommandText = Sql;
            command.ExecuteNonQuery();
            IsPrepared(connection);
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default) =>
            PrepareConnectionAsync(connection, cancellationToken);
    }
}

/// <summary>For the tool that writes migrations; never used by the program.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteCampaignsDb>
{
    public SqliteCampaignsDb CreateDbContext(string[] args) => new(SqliteCampaignsDb.Options("design.db"));
}
