using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Recommending;
using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Feed;

/// <summary>Everything of one currency that may spend.</summary>
/// <param name="SpendToday">Of the campaigns whose spend today is known.</param>
/// <param name="Utilisation">Spend over budget, null without a budget.</param>
/// <param name="Unknown">Campaigns whose spend today is not known yet.</param>
public sealed record CurrencyTotal(Money SpendToday, Money Budget, decimal? Utilisation, int Unknown);

/// <summary>One campaign in the list.</summary>
/// <param name="Icon">A sign before the name: ● running, ◐ waiting, ‖ paused, ■ stopped, ○ ended, ✕ refused.</param>
/// <param name="StatusWord">For example "running" or "STOPPED: daily cap".</param>
/// <param name="Roas">Of the last seven finished days; null where no revenue is known.</param>
/// <param name="CostPerResult">Of the last seven finished days.</param>
/// <param name="Worst">The most that today may cost; only for what may spend.</param>
/// <param name="Suggestion">What the agent suggests and waits for, or null.</param>
/// <param name="Alarm">The open emergency, or null without one.</param>
public sealed record DashboardLine(
    CampaignId Id, string Handle, string Name, NetworkName Network, NetworkMode Mode, CampaignStatus Status, string Icon, string StatusWord,
    Money DailyBudget, Money? SpendToday, decimal? Roas, ResultWord Result, Money? CostPerResult, bool AgentOn, LastAction? LastAction, WorstDay? Worst, bool Demo,
    Alarm? Alarm, Suggestion? Suggestion)
{
    /// <summary>What may have been spent by now; only for what may spend.</summary>
    public ExposureLine? Risk { get; init; }
}

/// <summary>The figures that every surface shows: chat, page and cards read this and nothing else.</summary>
/// <param name="WorstLine">The campaign that may go furthest beyond its budget today.</param>
/// <param name="SweepSays">"last check 12 s ago, 41 of 41", with how many accounts were silent, or that there was none.</param>
/// <param name="Frozen">That raises, launches and resumes are refused for everybody, or null.</param>
public sealed record DashboardFigures(
    WorkspaceId Workspace, DateTimeOffset At, int Active, int AgentManaged, int Manual, ImmutableArray<CurrencyTotal> Totals,
    ImmutableArray<DashboardLine> Lines, DashboardLine? WorstLine, SweepReport? LastSweep, string SweepSays, string? Frozen)
{
    /// <summary>What people could do with campaigns that run, and the agent does not.</summary>
    public AdviceList Advice { get; init; } = AdviceList.None;
}

/// <summary>Builds the dashboard from what is kept, without asking any network.</summary>
public sealed class DashboardProjection(
    ICampaignStore campaigns, IReadingStore readings, LastActions actions, IAdAccounts accounts, Observer observer, Alarms alarms,
    ISettingsStore settings, CampaignClock clock)
{
    private const int DaysLookedAt = 7;

    public Task<DashboardFigures> BuildAsync(WorkspaceId workspace, CancellationToken cancellationToken) => BuildAsync(workspace, _ => true, cancellationToken);

    /// <summary>What is shown to somebody where they ask.</summary>
    public Task<DashboardFigures> BuildAsync(Person reader, CancellationToken cancellationToken) => BuildAsync(reader.Workspace, campaign => reader.Sees(campaign.Account), cancellationToken);

    private async Task<DashboardFigures> BuildAsync(WorkspaceId workspace, Func<Campaign, bool> isShown, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var all = (await campaigns.AllAsync(workspace, cancellationToken)).Where(isShown).ToList();
        var lines = ImmutableArray.CreateBuilder<DashboardLine>(all.Count);
        var known = (await accounts.AllAsync(cancellationToken)).ToDictionary(account => account.Id);
        var open = await alarms.OpenAsync(cancellationToken);
        var running = new List<Observation>();
        foreach (var campaign in all.OrderBy(campaign => open[campaign.Id].Any() ? 0 : Rank(campaign)))
        {
            var line = known.TryGetValue(campaign.Account, out var account)
                ? await LineAsync(campaign, account, now, running, cancellationToken)
                : await LostAsync(campaign, now, cancellationToken);
            lines.Add(line with { Alarm = Alarms.Of(open[campaign.Id].FirstOrDefault()), Suggestion = await SuggestionAsync(campaign, cancellationToken) });
        }

        var active = all.Where(campaign => campaign.Status == CampaignStatus.Active).ToList();
        var managed = active.Count(campaign => campaign.AgentManaged);
        var sweep = await settings.FindAsync<SweepReport>(WorkspaceId.Local, EmergencyMonitor.Heartbeat, cancellationToken);
        var worst = lines.Where(line => line.Worst is { Most.Amount: > 0 }).MaxBy(line => Share(line));

        return new DashboardFigures(
            workspace, now, active.Count, managed, active.Count - managed, Totals(lines), lines.ToImmutable(), worst, sweep, Says(sweep, now),
            await alarms.FrozenAsync(cancellationToken))
        {
            Advice = Recommender.Of([.. running.Where(one => !open[one.Campaign.Id].Any())]),
        };
    }

    /// <summary>Without its account nothing can be read, changed or stopped; that must show, and hide no other line.</summary>
    private async Task<DashboardLine> LostAsync(Campaign campaign, DateTimeOffset now, CancellationToken cancellationToken) => new(
        campaign.Id, campaign.Handle, campaign.Name, campaign.Spec.Network, campaign.Mode, campaign.Status, Icon(campaign.Status),
        $"{Word(campaign)}, but its ad account {campaign.Account} is no longer configured: nobody watches it", campaign.DailyBudget, null, null, ResultWord.Of(campaign), null,
        campaign.AgentManaged, await actions.OfAsync(campaign, now, cancellationToken), null, campaign.Demo, null, null);

    /// <param name="running">What is seen of a campaign that may spend is added to it.</param>
    private async Task<DashboardLine> LineAsync(Campaign campaign, AdAccount account, DateTimeOffset now, List<Observation> running, CancellationToken cancellationToken)
    {
        var today = account.DayAt(now);
        var days = await readings.DaysAsync(campaign.Id, new AccountDay(today.Date.AddDays(-DaysLookedAt)), cancellationToken);
        var finished = days.Where(day => day.Day < today).ToList();
        var result = ResultWord.Of(campaign);
        var observation = campaign.MaySpend ? await observer.LatestAsync(campaign, cancellationToken) : null;
        if (observation is not null)
            running.Add(observation);

        var spend = observation?.Reading?.Today is { } figures && figures.Day == today ? figures.Spend : days.FirstOrDefault(day => day.Day == today)?.Spend;

        return new DashboardLine(
            campaign.Id, campaign.Handle, campaign.Name, campaign.Spec.Network, campaign.Mode, campaign.Status, Icon(campaign.Status), Word(campaign),
            campaign.DailyBudget, spend, Roas(finished), result, Cost(result, finished), campaign.AgentManaged,
            await actions.OfAsync(campaign, now, cancellationToken), observation is null ? null : WorstDay.Of(observation), campaign.Demo, null, null)
        {
            Risk = observation is null ? null : ExposureProjection.Of(observation),
        };
    }

    private async Task<Suggestion?> SuggestionAsync(Campaign campaign, CancellationToken cancellationToken) =>
        campaign.AgentManaged && await SuggestionBook.FindAsync(settings, campaign, cancellationToken) is { } suggestion && suggestion.Waits(campaign) ? suggestion : null;

    private static ImmutableArray<CurrencyTotal> Totals(IEnumerable<DashboardLine> lines) =>
    [
        .. lines
            .Where(line => line.Status == CampaignStatus.Active)
            .GroupBy(line => line.DailyBudget.Currency)
            .OrderBy(group => group.Key.Code, StringComparer.Ordinal)
            .Select(group =>
            {
                var spend = group.Aggregate(group.Key.Zero, (sum, line) => sum + (line.SpendToday ?? group.Key.Zero));
                var budget = group.Aggregate(group.Key.Zero, (sum, line) => sum + line.DailyBudget);
                return new CurrencyTotal(spend, budget, budget.Amount > 0 ? spend.Over(budget) : null, group.Count(line => line.SpendToday is null));
            }),
    ];

    private static decimal? Roas(List<DayFigures> days)
    {
        var valued = days.Where(day => day.Revenue is not null).ToList();
        var spend = valued.Sum(day => day.Spend.Amount);
        return spend > 0 ? valued.Sum(day => day.Revenue!.Value.Amount) / spend : null;
    }

    private static Money? Cost(ResultWord result, List<DayFigures> days)
    {
        var counted = days.Where(day => result.In(day) is not null && day.Spend.Amount > 0).ToList();
        var results = counted.Sum(day => result.In(day)!.Value);
        return results > 0 ? counted[0].Spend.Currency.Of(counted.Sum(day => day.Spend.Amount) / results).Rounded() : null;
    }

    /// <summary>By its share of the budget, so that currencies compare.</summary>
    private static decimal Share(DashboardLine line) =>
        line.DailyBudget.Amount > 0 ? line.Worst!.Most.Amount / line.DailyBudget.Amount : decimal.MaxValue;

    private static string Says(SweepReport? sweep, DateTimeOffset now) => sweep is null
        ? "no check yet"
        : $"last check {Ages.Of(now - sweep.At)} ago, {sweep.Judged} of {sweep.Total}{sweep.SilentWords()}";

    private static int Rank(Campaign campaign) => campaign.Status switch
    {
        CampaignStatus.Stopped => 0,
        CampaignStatus.Active => 1,
        CampaignStatus.Launching or CampaignStatus.InReview or CampaignStatus.Scheduled or CampaignStatus.Resting => 2,
        CampaignStatus.Rejected or CampaignStatus.Paused => 3,
        _ => 4,
    };

    private static string Icon(CampaignStatus status) => status switch
    {
        CampaignStatus.Active => "●",
        CampaignStatus.Launching or CampaignStatus.InReview or CampaignStatus.Scheduled or CampaignStatus.Resting => "◐",
        CampaignStatus.Paused => "‖",
        CampaignStatus.Stopped => "■",
        CampaignStatus.Rejected or CampaignStatus.Failed => "✕",
        CampaignStatus.Ended => "○",
        _ => throw new InvalidOperationException($"{status} has no sign."),
    };

    private static string Word(Campaign campaign) => campaign.Status switch
    {
        CampaignStatus.Active => "running",
        CampaignStatus.Launching => "launching",
        CampaignStatus.InReview => "in review",
        CampaignStatus.Scheduled => StatusWords.With("scheduled", campaign.Because),
        CampaignStatus.Resting => campaign.Because ?? "outside its hours",
        CampaignStatus.Paused => StatusWords.With("paused", campaign.Because),
        CampaignStatus.Stopped => StatusWords.With("STOPPED", campaign.Because),
        CampaignStatus.Rejected => StatusWords.With("rejected", campaign.Because),
        CampaignStatus.Failed => StatusWords.With("failed", campaign.Because),
        CampaignStatus.Ended => "ended",
        var other => throw new InvalidOperationException($"{other} has no word."),
    };
}
