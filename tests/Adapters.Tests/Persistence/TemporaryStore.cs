using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

/// <summary>A real database file in a folder of its own, gone afterwards.</summary>
internal sealed class TemporaryStore : IAsyncDisposable
{
    private TemporaryStore(DataFolder folder)
    {
        Folder = folder;
        Clock = new CampaignClock(Machine);
        Database = Again();
        Feed = new ActivityFeedStore(Database, new ActRecorder(new MemoryAudit(Clock), NullLogger<ActRecorder>.Instance));
        Audit = AuditAgain();
    }

    public DataFolder Folder { get; }

    public FakeTimeProvider Machine { get; } = new(A.Noon);

    public CampaignClock Clock { get; }

    public Database Database { get; }

    public AuditChain Audit { get; }

    public ActivityFeedStore Feed { get; }

    public static async Task<TemporaryStore> NewAsync(CancellationToken cancellationToken)
    {
        var store = new TemporaryStore(new DataFolder(Directory.CreateTempSubdirectory("store-").FullName));
        await new DatabaseStart(store.Database, store.Folder).PrepareAsync(cancellationToken);
        return store;
    }

    /// <summary>The same file as another process start would open it.</summary>
    public Database Again()
    {
        var options = SqliteCampaignsDb.Options(Folder.Database);
        var turns = new WriterTurns();
        return new Database(() => new SqliteCampaignsDb(options, turns));
    }

    public AuditChain AuditAgain() => new(Again(), new AuditKey(Folder, null), new Checkpoints(Folder), new Lazy<IActivityFeed>(() => Feed), Clock, NullLogger<AuditChain>.Instance);

    public async ValueTask DisposeAsync()
    {
        Audit.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder.Path, recursive: true);
        await ValueTask.CompletedTask;
    }
}
