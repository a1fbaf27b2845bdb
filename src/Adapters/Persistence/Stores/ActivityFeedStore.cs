using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

/// <summary>The feed: kept, acts in one commit with their entries in the audit trail, then told to whoever listens in this process.</summary>
internal sealed class ActivityFeedStore(Database database, AuditChain audit, ActRecorder acts) : IActivityFeed
{
    /// <summary>How far a listener may fall behind before it loses the oldest.</summary>
    private const int Backlog = 1000;

    private readonly Lock _lock = new();
    private readonly List<Channel<FeedEvent>> _listeners = [];

    public async Task<FeedEvent> PublishAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        var tried = false;
        return await acts.KeepAsync(
            happened,
            async (entry, token) =>
            {
                // What is told not to have been kept may stand there all the same.
                var row = tried ? await FindAsync(happened, token) : null;
                tried = true;
                return Tell(happened with { Id = (row ?? await KeepAsync(happened, entry, token)).Number });
            },
            cancellationToken) ?? happened;
    }

    private FeedEvent Tell(FeedEvent stored)
    {
        lock (_lock)
        {
            foreach (var listener in _listeners)
                listener.Writer.TryWrite(stored);
        }

        return stored;
    }

    private async Task<FeedRow> KeepAsync(FeedEvent happened, AuditEntry? entry, CancellationToken cancellationToken)
    {
        if (entry is not null)
            return await audit.SaveAsync<FeedRow>(db => Task.FromResult(new Recorded<FeedRow>(Added(db, happened), [entry])), cancellationToken);

        await using var db = database.Open();
        var row = Added(db, happened);
        await db.SaveChangesAsync(cancellationToken);
        return row;
    }

    private static FeedRow Added(CampaignsDb db, FeedEvent happened) => db.Add(new FeedRow
    {
        Workspace = happened.Workspace.Value,
        AdAccount = happened.Account?.Value,
        Person = happened.By.Value,
        Campaign = happened.Campaign?.Value,
        At = happened.At,
        Body = Database.Write(happened),
    }).Entity;

    private async Task<FeedRow?> FindAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        var body = Database.Write(happened);
        await using var db = database.Open();
        return await db.Set<FeedRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.Workspace == happened.Workspace.Value && row.At == happened.At && row.Body == body, cancellationToken);
    }

    public async Task<IReadOnlyList<FeedEvent>> LatestAsync(
        WorkspaceId workspace, CampaignId? campaign, int count, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = db.Set<FeedRow>().AsNoTracking().Where(row => row.Workspace == workspace.Value);
        return await NewestAsync(campaign is { } one ? rows.Where(row => row.Campaign == one.Value) : rows, count, cancellationToken);
    }

    public async Task<IReadOnlyList<FeedEvent>> OlderAsync(WorkspaceId workspace, long before, int count, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = db.Set<FeedRow>().AsNoTracking().Where(row => row.Workspace == workspace.Value);
        if (await rows.FirstOrDefaultAsync(row => row.Number == before, cancellationToken) is not { } last)
            return [];

        return await NewestAsync(rows.Where(row => row.At < last.At || (row.At == last.At && row.Number < before)), count, cancellationToken);
    }

    public async Task<IReadOnlyList<FeedEvent>> LatestByAsync(
        WorkspaceId workspace, CampaignId campaign, PersonId by, int count, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = db.Set<FeedRow>().AsNoTracking()
            .Where(row => row.Workspace == workspace.Value && row.Campaign == campaign.Value && row.Person == by.Value);
        return await NewestAsync(rows, count, cancellationToken);
    }

    private static async Task<IReadOnlyList<FeedEvent>> NewestAsync(IQueryable<FeedRow> rows, int count, CancellationToken cancellationToken)
    {
        var newest = await rows.OrderByDescending(row => row.At).ThenByDescending(row => row.Number).Take(count).ToListAsync(cancellationToken);
        return [.. newest.Select(row => Database.Read<FeedEvent>(row.Body) with { Id = row.Number })];
    }

    public async IAsyncEnumerable<FeedEvent> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<FeedEvent>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
            _listeners.Add(channel);

        try
        {
            await foreach (var happened in channel.Reader.ReadAllAsync(cancellationToken))
                yield return happened;
        }
        finally
        {
            lock (_lock)
                _listeners.Remove(channel);
        }
    }
}
