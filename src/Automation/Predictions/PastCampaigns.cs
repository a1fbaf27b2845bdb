using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Predictions;

/// <summary>What one of the account's own campaigns cost and brought, over its finished days.</summary>
/// <param name="ValuedResults">How many of the results came on days whose revenue is known.</param>
/// <param name="Age">Since its last finished day.</param>
public sealed record PastCampaign(
    Campaign Campaign, decimal Spend, decimal Results, decimal Revenue, decimal ValuedResults, int Days, TimeSpan Age)
{
    public decimal CostPerResult => Spend / Results;
}

/// <summary>Reads what a workspace's campaigns on one network brought. Running days are left out: their results are still coming.</summary>
public sealed class PastCampaigns(ICampaignStore campaigns, IReadingStore readings, Accounts.IAdAccounts accounts, CampaignClock clock)
{
    /// <summary>From so many of its own campaigns on an account's figures are data: for suggestions, advice and the confidence of a forecast alike.</summary>
    public const int Enough = 3;

    /// <summary>How far back finished days are looked at.</summary>
    private const int DaysBack = 90;

    /// <summary>Campaigns of the same network, currency and result that have brought at least one.</summary>
    public async Task<ImmutableArray<PastCampaign>> SimilarAsync(
        WorkspaceId workspace, NetworkName network, Currency currency, ResultWord result, CampaignId except, CancellationToken cancellationToken)
    {
        var similar = ImmutableArray.CreateBuilder<PastCampaign>();
        var known = (await accounts.AllAsync(cancellationToken)).ToDictionary(account => account.Id);
        foreach (var campaign in await campaigns.AllAsync(workspace, cancellationToken))
        {
            if (!known.TryGetValue(campaign.Account, out var account) || campaign.Id == except || campaign.Spec.Network != network || campaign.DailyBudget.Currency != currency
                || ResultWord.Of(campaign) != result)
            {
                continue;
            }

            if (await SumAsync(campaign, account, result, cancellationToken) is { } sum)
                similar.Add(sum);
        }

        return similar.ToImmutable();
    }

    private async Task<PastCampaign?> SumAsync(Campaign campaign, Accounts.AdAccount account, ResultWord result, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = account.DayAt(now);
        var days = (await readings.DaysAsync(campaign.Id, new AccountDay(today.Date.AddDays(-DaysBack)), cancellationToken))
            .Where(day => day.Day < today && day.Spend.Amount > 0 && result.In(day) is not null)
            .ToList();

        var results = days.Sum(day => result.In(day) ?? 0);
        if (results <= 0)
            return null;

        var valued = days.Where(day => day.Revenue is not null).ToList();
        return new PastCampaign(
            campaign, days.Sum(day => day.Spend.Amount), results, valued.Sum(day => day.Revenue?.Amount ?? 0),
            valued.Sum(day => result.In(day) ?? 0), days.Count, now - days[^1].Day.End(account.Zone()));
    }
}
