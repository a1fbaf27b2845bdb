using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Retention;

/// <summary>
/// Leaves of every campaign's readings and quiet turns of an hour the last, once they are past their time. A reading carries the totals of its day,
/// so that the last of an hour says what the hour came to; a turn says how many it stands for. Remembers how far it came.
/// </summary>
internal sealed class RollUp(Database database, ISettingsStore settings, RetentionPeriods periods)
{
    /// <summary>Rows that one call deletes at most: whoever writes meanwhile waits for no longer than these take.</summary>
    private const int Batch = 500;

    private const string Setting = "rolled-up";

    /// <summary>Stands in the body of a turn that repeats another one and leaves out what that one says.</summary>
    private const string Refers = $"\"{nameof(Decision.SameAs)}\"";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Hours before these are rolled up; null before the first.</summary>
    private sealed record Reached(DateTimeOffset? Readings, DateTimeOffset? Turns);

    /// <summary>A row of an hour, without what it says.</summary>
    /// <param name="IsShort">It only refers to another one.</param>
    private sealed record Row<TKey>(TKey Key, string Campaign, DateTimeOffset At, int Turns = 1, bool IsShort = false);

    /// <returns>How much was done; 0 when nothing is past its time.</returns>
    public async Task<int> RollSomeAsync(DateTimeOffset campaignNow, CancellationToken cancellationToken)
    {
        var reached = await settings.FindAsync<Reached>(WorkspaceId.Local, Setting, cancellationToken) ?? new Reached(null, null);
        var (readings, readingsDone) = await ReadingsAsync(reached.Readings, campaignNow - periods.RawReadings, cancellationToken);
        var (turns, turnsDone) = await TurnsAsync(reached.Turns, campaignNow - periods.QuietTurns, cancellationToken);
        var now = new Reached(readings, turns);
        if (now != reached)
            await settings.SetAsync(WorkspaceId.Local, Setting, now, cancellationToken);

        return readingsDone + turnsDone;
    }

    private async Task<(DateTimeOffset? Reached, int Done)> ReadingsAsync(DateTimeOffset? reached, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = database.OpenToWait();
        var first = await db.Set<ReadingRow>()
            .Where(row => reached == null || row.ReadAt >= reached)
            .OrderBy(row => row.ReadAt)
            .Select(row => (DateTimeOffset?)row.ReadAt)
            .FirstOrDefaultAsync(cancellationToken);
        if (first is not { } at || HourOf(at) is var from && from + Hour > before)
            return (reached, 0);

        var until = from + Hour;
        var rows = await db.Set<ReadingRow>()
            .Where(row => row.ReadAt >= from && row.ReadAt < until)
            .Select(row => new Row<long>(row.Number, row.Campaign, row.ReadAt, 1, false))
            .ToListAsync(cancellationToken);
        var surplus = Surplus(rows).SelectMany(group => group.Others).Select(row => row.Key).Take(Batch).ToList();
        if (surplus.Count == 0)
            return (until, 1);

        return (reached, await db.InTurnAsync(db.Set<ReadingRow>().Where(row => surplus.Contains(row.Number)).ExecuteDeleteAsync, cancellationToken));
    }

    private async Task<(DateTimeOffset? Reached, int Done)> TurnsAsync(DateTimeOffset? reached, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = database.OpenToWait();
        var quiet = db.Set<DecisionRow>().Where(row => row.Quiet);
        var first = await quiet
            .Where(row => reached == null || row.At >= reached)
            .OrderBy(row => row.At)
            .Select(row => (DateTimeOffset?)row.At)
            .FirstOrDefaultAsync(cancellationToken);
        if (first is not { } at || HourOf(at) is var from && from + Hour > before)
            return (reached, 0);

        var until = from + Hour;
        var rows = await quiet
            .Where(row => row.At >= from && row.At < until)
            .Select(row => new Row<string>(row.Id, row.Campaign, row.At, row.Turns, row.Body.Contains(Refers)))
            .ToListAsync(cancellationToken);
        var deleted = await db.InTurnAsync(token => JoinAsync(db, rows, token), cancellationToken);
        return deleted == 0 ? (until, 1) : (reached, deleted);
    }

    /// <summary>In one commit, so that no turn is lost or counted twice.</summary>
    private static async Task<int> JoinAsync(CampaignsDb db, IReadOnlyList<Row<string>> rows, CancellationToken cancellationToken)
    {
        await using var all = await db.Database.BeginTransactionAsync(cancellationToken);
        var deleted = 0;
        foreach (var (last, others) in Surplus(rows))
        {
            if (deleted + others.Count > Batch && deleted > 0)
                break;

            var (ids, stoodFor) = (others.Select(row => row.Key).ToList(), others.Sum(row => row.Turns));
            deleted += await db.Set<DecisionRow>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
            await db.Set<DecisionRow>().Where(row => row.Id == last.Key).ExecuteUpdateAsync(set => set.SetProperty(row => row.Turns, row => row.Turns + stoodFor), cancellationToken);
        }

        await all.CommitAsync(cancellationToken);
        return deleted;
    }

    /// <summary>The last row of each campaign that stands for itself, else the last, and the others; only where there are some.</summary>
    private static IEnumerable<(Row<TKey> Last, IReadOnlyList<Row<TKey>> Others)> Surplus<TKey>(IReadOnlyList<Row<TKey>> rows) => rows
        .GroupBy(row => row.Campaign)
        .Where(campaign => campaign.Skip(1).Any())
        .Select(campaign => campaign.OrderByDescending(row => row.IsShort).ThenBy(row => row.At).ThenBy(row => row.Key).ToList())
        .Select(ordered => (ordered[^1], (IReadOnlyList<Row<TKey>>)ordered[..^1]));

    private static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Hour.Ticks), TimeSpan.Zero);
}
