using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>A real database of its own, and a data folder beside it, gone afterwards.</summary>
internal sealed class TemporaryStore : IAsyncDisposable
{
    /// <summary>Migrated once, and copied for each test.</summary>
    private static readonly Lazy<Task<string>> Template = new(MigratedAsync);

    private readonly string? _postgres;

    private TemporaryStore(DataFolder folder, string? postgres)
    {
        _postgres = postgres;
        Folder = folder;
        Clock = new CampaignClock(Machine);
        Database = Again();
        Audit = AuditAgain();
        Acts = new ActRecorder(Audit, new JournalStanding(Machine), NullLogger<ActRecorder>.Instance);
        Feed = new ActivityFeedStore(Database, Audit, Acts);
    }

    public DataFolder Folder { get; }

    public bool IsPostgres => _postgres is not null;

    public FakeTimeProvider Machine { get; } = new(A.Noon);

    public CampaignClock Clock { get; }

    public Database Database { get; }

    public AuditChain Audit { get; }

    public ActRecorder Acts { get; }

    public SettingsStore Settings => new(Database, new Lazy<AuditChain>(Audit));

    public ActivityFeedStore Feed { get; }

    public static async Task<TemporaryStore> NewAsync(Engine engine, CancellationToken cancellationToken)
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("store-").FullName);
        var postgres = engine == Engine.Postgres
            ? await PostgresServer.Shared.NewDatabaseAsync(cancellationToken, await Template.Value.WaitAsync(cancellationToken))
            : null;
        var store = new TemporaryStore(folder, postgres);
        await new DatabaseStart(store.Database, store.Folder).PrepareAsync(cancellationToken);
        return store;
    }

    /// <summary>The same database as another process start would open it.</summary>
    public Database Again()
    {
        return _postgres is null ? Database.Of(SqliteCampaignsDb.Options(Folder.Database), new WriterTurns()) : Database.Of(PostgresCampaignsDb.Options(_postgres));
    }

    public AuditChain AuditAgain() => Chain(new AuditKey(Folder, null), Folder, () => Feed);

    /// <param name="checkpoints">The folder in which they are kept.</param>
    public AuditChain Chain(AuditKey key, DataFolder checkpoints, Func<IActivityFeed> feed) => new(Again(), key, new Checkpoints(checkpoints), Maker(checkpoints, feed), Clock);

    public CheckpointMaker Maker(DataFolder checkpoints, Func<IActivityFeed> feed) =>
        new(Again(), new Checkpoints(checkpoints), new Lazy<IActivityFeed>(feed), Clock, NullLogger<CheckpointMaker>.Instance);

    public async ValueTask DisposeAsync()
    {
        Acts.Dispose();
        Audit.Dispose();
        SqliteConnection.ClearAllPools();
        if (_postgres is not null)
        {
            await using (var db = Database.Open())
                NpgsqlConnection.ClearPool((NpgsqlConnection)Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(db.Database));

            await PostgresServer.Shared.DropAsync(_postgres, CancellationToken.None);
        }

        Directory.Delete(Folder.Path, recursive: true);
    }

    private static async Task<string> MigratedAsync()
    {
        var connection = await PostgresServer.Shared.NewDatabaseAsync(CancellationToken.None);
        await using (var db = new PostgresCampaignsDb(PostgresCampaignsDb.Options($"{connection};Pooling=false")))
            await db.PrepareAsync(CancellationToken.None);

        return new NpgsqlConnectionStringBuilder(connection).Database!;
    }
}
