using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Feed;

/// <summary>What one campaign may have spent of the day by now.</summary>
/// <param name="AtRisk">The last reported spend, and the worst rate over the age of the figures; where nothing is known, its whole cap.</param>
/// <param name="Reported">Null: no figures of today.</param>
/// <param name="Age">How old the figures are; null: there are none.</param>
/// <param name="Unknown">Why nothing is known and it is counted at its worst; null where something is.</param>
public sealed record ExposureLine(Campaign Campaign, Money AtRisk, Money? Reported, TimeSpan? Age, Money Cap, string? Unknown)
{
    /// <summary>Dollars roughly, so that currencies can be put in an order; what has no rate comes first.</summary>
    internal decimal Weight => DollarRates.Of(AtRisk.Currency) is { } rate ? AtRisk.Amount / rate : decimal.MaxValue;
}

/// <summary>Several campaigns of one currency together.</summary>
/// <param name="Limit">The most that they may be budgeted a day; null where none is set.</param>
/// <param name="Unknown">How many of them are counted at their worst.</param>
public sealed record ExposureSum(string Name, Money AtRisk, Money? Limit, int Campaigns, int Unknown);

/// <summary>Money at risk now, the worst first.</summary>
public sealed record ExposureFigures(ImmutableArray<ExposureSum> Workspace, ImmutableArray<ExposureSum> Accounts, ImmutableArray<ExposureLine> Lines);

/// <summary>
/// Adds up what may have been spent by now of everything that may spend: what runs or will by itself, stops that are not confirmed, and launches of
/// which nobody knows yet whether they run. Asks no network.
/// </summary>
public sealed class ExposureProjection(ICampaignStore campaigns, IIncidentStore incidents, IIntentStore intents, IAdAccounts accounts, Observer observer)
{
    /// <summary>What is shown to somebody where they ask.</summary>
    public async Task<ExposureFigures> BuildAsync(Person reader, CancellationToken cancellationToken)
    {
        var known = (await accounts.AllAsync(cancellationToken)).ToDictionary(account => account.Id);
        var lines = new List<ExposureLine>();
        foreach (var campaign in await CountedAsync(reader, cancellationToken))
            lines.Add(known.ContainsKey(campaign.Account) ? Of(await observer.LatestAsync(campaign, cancellationToken)) : Lost(campaign));

        var byAccount = lines.GroupBy(line => line.Campaign.Account)
            .Select(group => Sum(group.Key.Value, [.. group], known.GetValueOrDefault(group.Key)?.DailyLimit)).ToList();
        var together = new List<ExposureSum>();
        foreach (var group in lines.GroupBy(line => line.AtRisk.Currency).OrderBy(group => group.Key.Code, StringComparer.Ordinal))
            together.Add(Sum(group.Key.Code, [.. group], await accounts.FindWorkspaceLimitAsync(group.Key, cancellationToken)));

        return new ExposureFigures(
            [.. together], [.. byAccount.OrderByDescending(sum => Weight(sum.AtRisk)).ThenBy(sum => sum.Name, StringComparer.Ordinal)],
            [.. lines.OrderByDescending(line => line.Weight).ThenBy(line => line.Campaign.Handle, StringComparer.Ordinal)]);
    }

    private async Task<IReadOnlyList<Campaign>> CountedAsync(Person reader, CancellationToken cancellationToken)
    {
        var all = (await campaigns.AllAsync(reader.Workspace, cancellationToken)).Where(campaign => reader.Sees(campaign.Account));
        var unsure = (await incidents.OpenAsync(cancellationToken))
            .Where(open => open is { Remedy: Remedy.PauseCampaign, PauseConfirmed: false })
            .Select(open => open.Campaign)
            .Concat((await intents.OpenAsync(cancellationToken))
                .Where(intent => intent is { State: IntentState.Sent or IntentState.Unknown, Command: NetworkCommand.Activate })
                .Select(intent => intent.Command.Campaign))
            .ToHashSet();
        return [.. all.Where(campaign => campaign.MaySpend || unsure.Contains(campaign.Id))];
    }

    public static ExposureLine Of(Observation now)
    {
        var campaign = now.Campaign;
        var age = Freshness.AgeOf(now);
        if (now.Reading is null && campaign.Status == CampaignStatus.Scheduled && campaign.Spec.Schedule.StartAhead(now.Now) is not null)
            return new ExposureLine(campaign, now.Account.Currency.Zero, null, null, now.Cap, null);

        var worst = Exposure.Of(now) is { } already ? Money.Max(already, now.Cap) : now.Cap;
        return now.Reading is not null && Exposure.Of(now) is { } known
            ? new ExposureLine(campaign, known.Rounded(), now.HighestSpendToday, age, now.Cap, null)
            : new ExposureLine(campaign, worst.Rounded(), null, age, now.Cap, "no figures have come yet");
    }

    private static ExposureLine Lost(Campaign campaign) => new(
        campaign, Money.Max(campaign.Spec.Budget.MaxDailySpend, campaign.DailyBudget), null, null, campaign.Spec.Budget.MaxDailySpend,
        $"its ad account {campaign.Account} is no longer configured, and nobody watches it");

    private static ExposureSum Sum(string name, IReadOnlyList<ExposureLine> lines, Money? limit) => new(
        name, lines.Aggregate(lines[0].AtRisk.Currency.Zero, (sum, line) => sum + line.AtRisk), limit, lines.Count, lines.Count(line => line.Unknown is not null));

    private static decimal Weight(Money amount) => DollarRates.Of(amount.Currency) is { } rate ? amount.Amount / rate : decimal.MaxValue;
}
