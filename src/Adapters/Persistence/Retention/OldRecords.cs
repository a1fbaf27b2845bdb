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
        var (campaigns, machine) = (campaignNow - periods.Records, machineNow - periods.Records);
        return await ReadingsAsync(campaignNow - periods.HourlyReadings, cancellationToken)
            + await DecisionsAsync(campaigns, cancellationToken)
            + await ForecastsAsync(campaigns, cancellationToken)
            + await FeedAsync(campaigns, cancellationToken)
            + await IntentsAsync(campaigns, cancellationToken)
            + await TurnsAsync(machine, cancellationToken)
            + await ActivitiesAsync(machine, cancellationToken)
            + await CardsAsync(machine, cancellationToken)
            + await AlertsAsync(machine, cancellationToken)
            + await IncidentsAsync(campaigns, cancellationToken)
            + await DaysAsync(campaignNow - periods.DailyTotals, cancellationToken);
    }

    /// <summary>They come in the order of time, so that only the front of the table has to be looked at.</summary>
    private async Task<int> ReadingsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = database.OpenToWait();
        var front = await db.Set<ReadingRow>().OrderBy(row => row.Number).Take(Batch).Select(row => new { row.Number, row.ReadAt }).ToListAsync(cancellationToken);
        var old = front.Where(row => row.ReadAt < before).Select(row => row.Number).ToList();
        return old.Count == 0 ? 0 : await db.InTurnAsync(db.Set<ReadingRow>().Where(row => old.Contains(row.Number)).ExecuteDeleteAsync, cancellationToken);
    }

    private async Task<int> DecisionsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = database.OpenToWait();
        var old = await db.Set<DecisionRow>().Where(row => row.At < before).OrderBy(row => row.At).Take(Batch).Select(row => row.Id).ToListAsync(cancellationToken);
        return old.Count == 0 ? 0 : await db.InTurnAsync(db.Set<DecisionRow>().Where(row => old.Contains(row.Id)).ExecuteDeleteAsync, cancellationToken);
    }

    private async Task<int> ForecastsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = database.OpenToWait();
        var old = await db.Set<ForecastRow>().Where(row => row.At < before).OrderBy(row => row.At).Take(Batch).Select(row => row.At).ToListAsync(cancellationToken);
        return old.Count == 0 ? 0 : await db.InTurnAsync(db.Set<ForecastRow>().Where(row => old.Contains(row.At)).ExecuteDeleteAsync, cancellationToken);
    }

    private async Task<int> FeedAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = database.OpenToWait();
        var old = await db.Set<FeedRow>().Where(row => row.At < before).OrderBy(row => row.At).Take(Batch).Select(row => row.Number).ToListAsync(cancellationToken);
        return old.Count == 0 ? 0 : await db.InTurnAsync(db.Set<FeedRow>().Where(row => old.Contains(row.Number)).ExecuteDeleteAsync, cancellationToken);
    }

    private async Task<int> IntentsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = database.OpenToWait();
        var launching = db.Set<CampaignRow>().Where(row => row.Status == nameof(CampaignStatus.Launching)).Select(row => row.Id);
        var old = await db.Set<IntentRow>()
            .Where(row => row.At < before && row.SettledAt < before && !OpenStates.Contains(row.State) && !launching.Contains(row.Campaign))
            .OrderBy(row => row.At)
            .Take(Batch)
            .Select(row => row.Id)
            .ToListAsync(cancellationToken);
        return old.Count == 0 ? 0 : await db.InTurnAsync(db.Set<IntentRow>().Where(row => old.Contains(row.Id)).ExecuteDeleteAsync, cancellationToken);
    }

    private async Task<int> TurnsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = database.OpenToWait();
        var front = await db.Set<TurnRow>().Where(row => row.Done).OrderBy(row => row.Number).Take(Batch).Select(row => new { row.Number, row.At }).ToListAsync(cancellationToken);
        var old = front.Where(row => row.At < before).Select(row => row.Number).ToList();
        return old.Count == 0 ? 0 : await db.InTurnAsync(db.Set<TurnRow>().Where(row => old.Contains(row.Number)).ExecuteDeleteAsync, cancellationToken);
    }

    /// <summary>A card that is still brought up to date is written anew each time, so that only what nobody touched for so long goes.</summary>
    private async Task<int> ActivitiesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = database.OpenToWait();
        var front = await db.Set<ActivityRow>().OrderBy(row => row.Number).Take(Batch).Select(row => new { row.Number, row.At }).ToListAsync(cancellationToken);
        var old = front.Where(row => row.At < before).Select(row => row.Number).ToList();
        return old.Count == 0 ? 0 : await db.InTurnAsync(db.Set<ActivityRow>().Where(row => old.Contains(row.Number)).ExecuteDeleteAsync, cancellationToken);
    }

    /// <summary>A button of a card that is gone is answered with where the present ones are.</summary>
    private async Task<int> CardsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = database.OpenToWait();
        var old = await db.Set<ChatCardRow>().Where(row => row.At < before).OrderBy(row => row.At).Take(Batch).Select(row => row.Id).ToListAsync(cancellationToken);
        return old.Count == 0 ? 0 : await db.InTurnAsync(db.Set<ChatCardRow>().Where(row => old.Contains(row.Id)).ExecuteDeleteAsync, cancellationToken);
    }

    /// <summary>Those of an open incident say that people were told of it.</summary>
    private async Task<int> AlertsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = database.OpenToWait();
        var open = db.Set<IncidentRow>().Where(row => row.IsOpen).Select(row => row.Id);
        var old = await db.Set<AlertRow>()
            .Where(row => row.At < before && (row.Incident == null || !open.Contains(row.Incident)))
            .OrderBy(row => row.At)
            .Take(Batch)
            .Select(row => row.Key)
            .ToListAsync(cancellationToken);
        return old.Count == 0 ? 0 : await db.InTurnAsync(db.Set<AlertRow>().Where(row => old.Contains(row.Key)).ExecuteDeleteAsync, cancellationToken);
    }

    /// <summary>The newest stop of a campaign that still stands stopped is what a resume asks about.</summary>
    private async Task<int> IncidentsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = database.OpenToWait();
        var stopped = db.Set<CampaignRow>().Where(row => row.Status == nameof(CampaignStatus.Stopped)).Select(row => row.Id);
        var old = await db.Set<IncidentRow>()
            .Where(row => !row.IsOpen && row.At < before && (row.ClosedAt == null || row.ClosedAt < before) && !stopped.Contains(row.Campaign))
            .OrderBy(row => row.At)
            .Take(Batch)
            .Select(row => row.Id)
            .ToListAsync(cancellationToken);
        return old.Count == 0 ? 0 : await db.InTurnAsync(db.Set<IncidentRow>().Where(row => old.Contains(row.Id)).ExecuteDeleteAsync, cancellationToken);
    }

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
