using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety.Auditing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Persistence.Audit;

/// <summary>Something that speaks against the audit trail.</summary>
internal sealed record TrailTrouble(Severity Severity, string Says, string Repair);

/// <summary>
/// Whether the audit trail is the one that its checkpoints and its key belong to: its newest entry and those that the first, the longest and the last checkpoint
/// saw are looked at, so that it costs the same however long the trail is. Whether all of it is as it was written, <c>audit verify</c> tells.
/// </summary>
internal sealed partial class TrailStanding(Database database, AuditKey key, Checkpoints checkpoints, ILogger<TrailStanding> logger) : ISelfCheck
{
    private const string Verify =
        "Stop the bot, copy the data folder as it is and run \"audit verify\"; then put back the copy or the key that belongs together (docs/operating.md, \"A lost or foreign audit trail\").";

    public string Name => "audit_trail";

    public async Task<IReadOnlyList<SelfFinding>> LookAsync(CancellationToken cancellationToken) =>
        [.. (await TroublesAsync(cancellationToken)).Select(trouble => new SelfFinding(Name, trouble.Severity, $"{trouble.Says}. {trouble.Repair.TrimEnd('.')}"))];

    /// <summary>At a start, which goes on whatever is found: stops have to go out.</summary>
    public async Task SayAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var trouble in await TroublesAsync(cancellationToken))
                Wrong(trouble.Says, trouble.Repair);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotLooked(fault);
        }
    }

    public async Task<IReadOnlyList<TrailTrouble>> TroublesAsync(CancellationToken cancellationToken)
    {
        var troubles = new List<TrailTrouble>();
        if (await checkpoints.ProblemAsync(cancellationToken) is { } problem)
            troubles.Add(new TrailTrouble(Severity.High, problem, "Make room on its disk or let the user who runs this program write it; until a checkpoint is written a trail that is cut short is not found."));

        // What they saw was in the database before they were written.
        var (kept, _) = await checkpoints.AllAsync(cancellationToken);
        await using var db = database.Open();
        var newest = await db.Set<AuditRow>().AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken);
        if (newest is not null && !key.IsThere)
            troubles.Add(new TrailTrouble(Severity.Critical, key.LostSays, key.LostRepair));
        else if (await MisfitAsync(db, newest, kept, cancellationToken) is { } misfit)
            troubles.Add(new TrailTrouble(Severity.Critical, misfit, Verify));

        return troubles;
    }

    public async Task<(long Entries, int Checkpoints)> SizeAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var (kept, _) = await checkpoints.AllAsync(cancellationToken);
        return (await db.Set<AuditRow>().MaxAsync(row => (long?)row.Number, cancellationToken) ?? 0, kept.Count);
    }

    private async Task<string?> MisfitAsync(CampaignsDb db, AuditRow? newest, IReadOnlyList<Checkpoint> kept, CancellationToken cancellationToken)
    {
        if (kept.MaxBy(checkpoint => checkpoint.Entries) is { } longest)
        {
            if (longest.Entries > (newest?.Number ?? 0))
                return $"the audit trail ends at {newest?.Number ?? 0}, but a checkpoint has seen {longest.Entries} entries: it was cut short, or is an older copy or another one";

            foreach (var checkpoint in new[] { kept[0], longest, kept[^1] }.Distinct())
            {
                var row = await db.Set<AuditRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Number == checkpoint.Entries, cancellationToken);
                if (row?.Hash != checkpoint.Head)
                    return $"entry {checkpoint.Entries} of the audit trail does not fit the checkpoint that was kept when it was written";

                if (!IsOurs(row))
                    return Foreign(row);
            }
        }

        return newest is null || IsOurs(newest) ? null : Foreign(newest);
    }

    private bool IsOurs(AuditRow row) => Removal.HashOf(row) == AuditHash.Of(row, key);

    private static string Foreign(AuditRow row) => $"entry {row.Number} of the audit trail is not what was written with this key: it was changed, or the key is another one";

    [LoggerMessage(EventId = 700, Level = LogLevel.Critical, Message = "The audit trail is not as it should be: {Says}. {Repair}")]
    private partial void Wrong(string says, string repair);

    [LoggerMessage(EventId = 701, Level = LogLevel.Error, Message = "Whether the audit trail is as it should be could not be looked at; it is looked at again every minute.")]
    private partial void NotLooked(Exception fault);
}
