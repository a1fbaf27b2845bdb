using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Ahead;

/// <summary>How many of one kind of result.</summary>
public sealed record ResultCount(ResultWord Word, decimal Count);

/// <summary>One way ahead, written before it is begun and after each step: what a kill leaves of it can be told.</summary>
/// <param name="Reached">Campaign time of the step that was begun last.</param>
/// <param name="Where">Whom to tell, in the words of whoever asked.</param>
public sealed record SkippedTime(
    DateTimeOffset From, DateTimeOffset Until, DateTimeOffset Reached, ImmutableArray<Money> SpentBefore, ImmutableArray<ResultCount> ResultsBefore, string Where, bool Ended)
{
    public const string Setting = "fast-forward";
}

/// <summary>Notes how far time was moved ahead, and sums up what happened meanwhile.</summary>
public sealed class SkipJournal(
    ISettingsStore settings, ICampaignStore campaigns, IReadingStore readings, IIntentStore intents, IIncidentStore incidents, IAdAccounts accounts)
{
    private const int IncidentsLookedAt = 200;

    public async Task<SkippedTime> BeginAsync(DateTimeOffset from, DateTimeOffset until, string where, CancellationToken cancellationToken)
    {
        var (spend, results, _) = await TotalsAsync(from, cancellationToken);
        return await KeepAsync(new SkippedTime(from, until, from, [.. spend.Values], [.. results.Select(total => new ResultCount(total.Key, total.Value))], where, Ended: false), cancellationToken);
    }

    public Task<SkippedTime> StepAsync(SkippedTime skipped, DateTimeOffset reached, CancellationToken cancellationToken) =>
        KeepAsync(skipped with { Reached = reached }, cancellationToken);

    /// <summary>People were told of it.</summary>
    public Task EndAsync(SkippedTime skipped, CancellationToken cancellationToken) => KeepAsync(skipped with { Ended = true }, cancellationToken);

    /// <summary>What was begun and never told to its end; only to be asked when nothing is under way.</summary>
    public async Task<SkippedTime?> FindCutAsync(CancellationToken cancellationToken) =>
        await settings.FindAsync<SkippedTime>(WorkspaceId.Local, SkippedTime.Setting, cancellationToken) is { Ended: false } cut ? cut : null;

    public async Task<FastForwardSummary> SumUpAsync(SkippedTime skipped, CancellationToken cancellationToken)
    {
        var (spend, results, uncounted) = await TotalsAsync(skipped.From, cancellationToken);
        var before = skipped.SpentBefore.ToDictionary(total => total.Currency);
        return new FastForwardSummary(
            skipped.From, skipped.Reached,
            [.. spend.Select(total => total.Value - before.GetValueOrDefault(total.Key, total.Key.Zero)).Where(total => total.Amount != 0)],
            [.. Gained(results, skipped.ResultsBefore)], await MovesAsync(skipped.From, cancellationToken), await StopsAsync(skipped.From, cancellationToken),
            CutFrom: skipped.Reached < skipped.Until ? skipped.Until - skipped.From : null)
        {
            Uncounted = uncounted,
            Zone = await accounts.ZoneAsync(null, cancellationToken),
        };
    }

    private static IEnumerable<string> Gained(Dictionary<ResultWord, decimal> after, ImmutableArray<ResultCount> before) => after
        .Select(total => (Word: total.Key, Count: total.Value - before.Where(known => known.Word == total.Key).Sum(known => known.Count)))
        .Where(total => total.Count > 0)
        .OrderByDescending(total => total.Count)
        .Select(total => total.Word.Counted(total.Count));

    private async Task<SkippedTime> KeepAsync(SkippedTime skipped, CancellationToken cancellationToken)
    {
        await settings.SetAsync(WorkspaceId.Local, SkippedTime.Setting, skipped, cancellationToken);
        return skipped;
    }

    private async Task<(Dictionary<Currency, Money> Spend, Dictionary<ResultWord, decimal> Results, ImmutableArray<string> Uncounted)> TotalsAsync(
        DateTimeOffset from, CancellationToken cancellationToken)
    {
        var spend = new Dictionary<Currency, Money>();
        var results = new Dictionary<ResultWord, decimal>();
        var uncounted = ImmutableArray.CreateBuilder<string>();
        foreach (var (campaign, account) in await CampaignsAsync(cancellationToken))
        {
            var word = ResultWord.Of(campaign);
            var days = await readings.DaysAsync(campaign.Id, account.DayAt(from), cancellationToken);
            foreach (var day in days)
            {
                spend[day.Spend.Currency] = spend.GetValueOrDefault(day.Spend.Currency, day.Spend.Currency.Zero) + day.Spend;
                results[word] = results.GetValueOrDefault(word) + (word.In(day) ?? 0);
            }

            if (days.Any(day => word.In(day) is null))
                uncounted.Add(campaign.Name);
        }

        return (spend, results, uncounted.ToImmutable());
    }

    private async Task<int> MovesAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        var moves = 0;
        foreach (var (campaign, _) in await CampaignsAsync(cancellationToken))
        {
            moves += (await intents.ConfirmedAsync(campaign.Id, from, cancellationToken))
                .Count(intent => intent.By == PersonId.Agent && intent.Command is NetworkCommand.SetBid or NetworkCommand.SetDailyBudget or NetworkCommand.PauseAd or NetworkCommand.ResumeAd);
        }

        return moves;
    }

    private async Task<ImmutableArray<string>> StopsAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        var stops = ImmutableArray.CreateBuilder<string>();
        foreach (var workspace in await WorkspacesAsync(cancellationToken))
        {
            stops.AddRange((await incidents.LatestAsync(workspace, IncidentsLookedAt, cancellationToken))
                .Where(incident => incident.OpenedAt >= from && incident.Remedy == Remedy.PauseCampaign)
                .Select(incident => $"{incident.CampaignName}: {incident.CauseWords}"));
        }

        return stops.ToImmutable();
    }

    private async Task<IReadOnlyList<(Campaign Campaign, AdAccount Account)>> CampaignsAsync(CancellationToken cancellationToken)
    {
        var known = (await accounts.AllAsync(cancellationToken)).ToDictionary(account => account.Id);
        var all = new List<(Campaign, AdAccount)>();
        foreach (var workspace in await WorkspacesAsync(cancellationToken))
        {
            all.AddRange((await campaigns.AllAsync(workspace, cancellationToken))
                .Where(campaign => known.ContainsKey(campaign.Account))
                .Select(campaign => (campaign, known[campaign.Account])));
        }

        return all;
    }

    private async Task<IReadOnlyList<WorkspaceId>> WorkspacesAsync(CancellationToken cancellationToken) =>
        [.. (await accounts.AllAsync(cancellationToken)).Select(account => account.Workspace).Distinct()];
}
