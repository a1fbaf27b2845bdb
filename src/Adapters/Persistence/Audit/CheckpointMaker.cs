using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Persistence.Audit;

/// <summary>
/// Says when a checkpoint of the audit chain is due and makes it: every 100 entries, every hour of campaign time in which entries came, and after every stop.
/// </summary>
internal sealed partial class CheckpointMaker(
    Database database, Checkpoints checkpoints, Lazy<IActivityFeed> feed, CampaignClock clock, ILogger<CheckpointMaker> logger)
{
    private const int EntriesBetween = 100;

    private static readonly TimeSpan TimeBetween = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private DateTimeOffset? _last;

    /// <summary>Whether these entries call for one; asked once for each commit.</summary>
    public bool IsDue(IReadOnlyList<AuditRow> written, bool isStop) =>
        written.Count > 0 && (isStop || written.Any(row => row.Number % EntriesBetween == 0) || IsTime(written[^1].At));

    /// <summary>Kept where a writer to the database does not reach, and told where people see it. The entry stands whether or not that works.</summary>
    public async Task MakeAsync(AuditRow head, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            var made = new Checkpoint(head.Number, head.Hash, at);
            await checkpoints.AddAsync(made, cancellationToken);
            await feed.Value.PublishAsync(
                new FeedEvent(0, at, WorkspaceId.Local, null, null, "audit trail", FeedKind.Checkpoint, Severity.Low, made.Words, made.HeadWords, PersonId.System),
                cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            lock (_lock)
                _last = null;

            NoCheckpoint(head.Number, fault);
        }
    }

    /// <summary>The last entries before a quiet time wait for no entry after them.</summary>
    public async Task MakeOverdueAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        if (await db.Set<AuditRow>().AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken) is not { } head)
            return;

        var (kept, _) = await checkpoints.AllAsync(cancellationToken);
        var now = clock.GetUtcNow();
        if (kept.All(made => made.Entries < head.Number) && IsTime(now))
            await MakeAsync(head, now, cancellationToken);
    }

    private bool IsTime(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_last is { } last && now - last < TimeBetween)
                return false;

            _last = now;
            return true;
        }
    }

    [LoggerMessage(EventId = 161, Level = LogLevel.Error, Message = "The checkpoint after entry {Number} could not be kept; the next entry makes another.")]
    private partial void NoCheckpoint(long number, Exception fault);
}
