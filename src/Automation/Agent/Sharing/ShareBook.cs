using System.Collections.Concurrent;
using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Agent.Curves;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Sharing;

/// <summary>
/// Divides an account's budgets once for each of its days, and anew when a budget is not what it was then. What is divided comes from what is kept, so that
/// a restart changes nothing.
/// </summary>
public sealed class ShareBook(ICampaignStore campaigns, IReadingStore readings, AgentMemories memories)
{
    private const int DaysBack = 30;

    /// <summary>A budget that changed is looked at anew after this long: two turns.</summary>
    private static readonly TimeSpan AnewAfter = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<AdAccountId, Divided> _divided = new();

    private sealed record Divided(AccountDay Day, DateTimeOffset At, ImmutableDictionary<CampaignId, BudgetShare> Shares);

    /// <summary>Null where its days do not say what more or less money would bring.</summary>
    public async Task<BudgetShare?> OfAsync(Observation now, CancellationToken cancellationToken)
    {
        if (!now.Campaign.AgentManaged || !now.Campaign.Spec.Automation.AdjustBudgets)
            return null;

        var divided = _divided.GetValueOrDefault(now.Account.Id);
        if (divided is null || divided.Day != now.Today || (IsPast(divided, now) && (now.Now - divided.At).Duration() >= AnewAfter))
            _divided[now.Account.Id] = divided = await DivideAsync(now, cancellationToken);

        return divided.Shares.TryGetValue(now.Campaign.Id, out var share) && share.Budget == now.Campaign.DailyBudget
            ? share with { Freed = share.Wanted > share.Budget ? await FreedAsync(share, now, cancellationToken) : share.Budget.Currency.Zero }
            : null;
    }

    private static bool IsPast(Divided divided, Observation now) => divided.Shares.TryGetValue(now.Campaign.Id, out var share) && share.Budget != now.Campaign.DailyBudget;

    private async Task<Divided> DivideAsync(Observation now, CancellationToken cancellationToken)
    {
        var from = new AccountDay(now.Today.Date.AddDays(-DaysBack));
        var known = new List<(Campaign, IReadOnlyList<AdNetworks.DayFigures>)>();
        foreach (var campaign in await campaigns.MaySpendOfAsync(now.Account.Id, cancellationToken))
            known.Add((campaign, campaign.Id == now.Campaign.Id ? now.Days : await readings.DaysAsync(campaign.Id, from, cancellationToken)));

        return new Divided(now.Today, now.Now, BudgetShares.Of(now.Account, known, now.Now).ToImmutableDictionary(share => share.Campaign));
    }

    /// <summary>What the agent took from budgets of these campaigns since the last division and did not give to any of them.</summary>
    private async Task<Money> FreedAsync(BudgetShare share, Observation now, CancellationToken cancellationToken)
    {
        var freed = share.Budget.Currency.Zero;
        var since = now.Now.AddDays(-Portfolio.EveryDays);
        foreach (var id in share.Sharers)
        {
            if (await campaigns.FindAsync(id, cancellationToken) is not { } campaign || campaign.DailyBudget.Currency != freed.Currency)
                continue;

            var memory = await memories.OfAsync(campaign, cancellationToken);
            freed = memory.Moves.Where(move => move.Lever == Lever.DailyBudget && move.At >= since).Aggregate(freed, (sum, move) => sum + (move.From - move.To));
        }

        return freed.Amount > 0 ? freed : freed.Currency.Zero;
    }
}
