using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Retention;

/// <summary>
/// Deletes what is past its time (<see cref="RetentionPeriods"/>). Never the audit trail, an incident that is open or holds a stopped campaign, an alert of
/// one that is open, a command whose outcome is open or that a launch still builds on.
/// </summary>
internal sealed class OldRecords(Database database, RetentionPeriods periods)
{
    /// <summary>Rows of one table that one call deletes: whoever writes meanwhile waits for no longer than these take.</summary>
    private const int Batch = 500;

    private static readonly string[] OpenStates = [nameof(IntentState.Planned), nameof(IntentState.Sent), nameof(IntentState.Unknown)];
    private static readonly string[] Over = [nameof(CampaignStatus.Ended), nameof(CampaignStatus.Failed), nameof(CampaignStatus.Rejected)];

    /// <param name="campaignNow">What readings, decisions, forecasts, feed, commands and incidents go by.</param>
    /// <param name="machineNow">What turns, activities and alerts go by.</param>
    /// <returns>How many rows were deleted; none when nothing is past its time.</returns>
    public async Task<int> DeleteSomeAsync(DateTimeOffset campaignNow, DateTimeOffset machineNow, CancellationToken cancellationToken)
    {
        var (campaigns, machine, readings) = (campaignNow - periods.Records, machineNow - periods.Records, campaignNow - periods.HourlyReadings);
        Func<CancellationToken, Task<int>>[] tables =
        [
            // What comes in the order of time: only the front of the table has to be looked at.
            Old(db => db.Set<ReadingRow>().OrderBy(row => row.Number).Take(Batch).Where(row => row.ReadAt < readings).Select(row => row.Number), (db, old) => db.Set<ReadingRow>().Where(row => old.Contains(row.Number))),
            Old(db => db.Set<TurnRow>().Where(row => row.Done).OrderBy(row => row.Number).Take(Batch).Where(row => row.At < machine).Select(row => row.Number), (db, old) => db.Set<TurnRow>().Where(row => old.Contains(row.Number))),
            // A card that is still brought up to date is written anew each time, so that only what nobody touched for so long goes.
            Old(db => db.Set<ActivityRow>().OrderBy(row => row.Number).Take(Batch).Where(row => row.At < machine).Select(row => row.Number), (db, old) => db.Set<ActivityRow>().Where(row => old.Contains(row.Number))),

            Old(db => db.Set<DecisionRow>().Where(row => row.At < campaigns).OrderBy(row => row.At).Select(row => row.Id), (db, old) => db.Set<DecisionRow>().Where(row => old.Contains(row.Id))),
            Old(db => db.Set<ForecastRow>().Where(row => row.At < campaigns).OrderBy(row => row.At).Select(row => row.At), (db, old) => db.Set<ForecastRow>().Where(row => old.Contains(row.At))),
            Old(db => db.Set<FeedRow>().Where(row => row.At < campaigns).OrderBy(row => row.At).Select(row => row.Number), (db, old) => db.Set<FeedRow>().Where(row => old.Contains(row.Number))),
            Old(db => Settled(db, campaigns).OrderBy(row => row.At).Select(row => row.Id), (db, old) => db.Set<IntentRow>().Where(row => old.Contains(row.Id))),
            Old(db => Answered(db, machine).OrderBy(row => row.At).Select(row => row.Key), (db, old) => db.Set<AlertRow>().Where(row => old.Contains(row.Key))),
            // A button of a card that is gone is answered with where the present ones are.
            Old(db => db.Set<ChatCardRow>().Where(row => row.At < machine).OrderBy(row => row.At).Select(row => row.Id), (db, old) => db.Set<ChatCardRow>().Where(row => old.Contains(row.Id))),
            Old(db => Closed(db, campaigns).OrderBy(row => row.At).Select(row => row.Id), (db, old) => db.Set<IncidentRow>().Where(row => old.Contains(row.Id))),
            token => DaysAsync(campaignNow - periods.DailyTotals, token),
        ];

        var deleted = 0;
        foreach (var table in tables)
            deleted += await table(cancellationToken);

        return deleted;
    }

    private static IQueryable<IntentRow> Settled(CampaignsDb db, DateTimeOffset before)
    {
        var launching = db.Set<CampaignRow>().Where(row => row.Status == nameof(CampaignStatus.Launching)).Select(row => row.Id);
        return db.Set<IntentRow>().Where(row => row.At < before && row.SettledAt < before && !OpenStates.Contains(row.State) && !launching.Contains(row.Campaign));
    }

    /// <summary>Those of an open incident say that people were told of it.</summary>
    private static IQueryable<AlertRow> Answered(CampaignsDb db, DateTimeOffset before)
    {
        var open = db.Set<IncidentRow>().Where(row => row.IsOpen).Select(row => row.Id);
        return db.Set<AlertRow>().Where(row => row.At < before && (row.Incident == null || !open.Contains(row.Incident)));
    }

    /// <summary>The newest stop of a campaign that still stands stopped is what a resume asks about.</summary>
    private static IQueryable<IncidentRow> Closed(CampaignsDb db, DateTimeOffset before)
    {
        var stopped = db.Set<CampaignRow>().Where(row => row.Status == nameof(CampaignStatus.Stopped)).Select(row => row.Id);
        return db.Set<IncidentRow>().Where(row => !row.IsOpen && row.At < before && (row.ClosedAt == null || row.ClosedAt < before) && !stopped.Contains(row.Campaign));
    }

    /// <summary>One table's part: found beside all others, and deleted in turn with who writes.</summary>
    private Func<CancellationToken, Task<int>> Old<TKey, TRow>(Func<CampaignsDb, IQueryable<TKey>> find, Func<CampaignsDb, List<TKey>, IQueryable<TRow>> those) => async cancellationToken =>
    {
        await using var db = database.OpenToWait();
        var old = await find(db).Take(Batch).ToListAsync(cancellationToken);
        return old.Count == 0 ? 0 : await db.InTurnAsync(those(db, old).ExecuteDeleteAsync, cancellationToken);
    };

    /// <summary>A lifetime budget is held by the sum of all its days, for as long as the campaign may run.</summary>
    private async Task<int> DaysAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = database.OpenToWait();
        var bodies = await db.Set<CampaignRow>().Where(row => row.At < before && !Over.Contains(row.Status)).Select(row => row.Body).ToListAsync(cancellationToken);
        var summed = bodies.Select(Database.Read<Campaign>).Where(campaign => campaign.LifetimeBudget is not null).Select(campaign => campaign.Id.Value).ToList();
        var day = DateOnly.FromDateTime(before.UtcDateTime);
        var old = await db.Set<DayRow>()
            .Where(row => row.Day < day && !summed.Contains(row.Campaign))
            .Take(Batch)
            .Select(row => new { row.Campaign, row.Day })
            .ToListAsync(cancellationToken);
        var deleted = 0;
        foreach (var campaign in old.GroupBy(row => row.Campaign))
        {
            var days = campaign.Select(row => row.Day).ToList();
            deleted += await db.InTurnAsync(db.Set<DayRow>().Where(row => row.Campaign == campaign.Key && days.Contains(row.Day)).ExecuteDeleteAsync, cancellationToken);
        }

        return deleted;
    }
}
