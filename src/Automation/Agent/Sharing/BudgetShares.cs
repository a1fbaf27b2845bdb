using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Curves;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Sharing;

/// <summary>
/// Divides the daily budgets that the agent has of an account by what the next unit of money brings in each campaign, from finished days alone. A campaign
/// takes part where somebody said what a result is to cost, and its spend varied enough to tell what the next unit brings, or that it surely costs more than one is to.
/// Their sum stays what it is. Pure.
/// </summary>
public static class BudgetShares
{
    private const int FewestDays = 6;
    private const int MostDays = 30;

    /// <summary>Share of a day's results that can be known before the day counts.</summary>
    private const double KnownShare = .6;

    /// <summary>Days whose spend differs by less say nothing of more or less of it.</summary>
    private const double Apart = 1.3;

    /// <summary>How much of yesterday's knowledge still counts a day later.</summary>
    private const double Kept = .98;

    private sealed record Known(Campaign Campaign, double Worth, double? Limit, ResponseCurve Curve, int Days, decimal Results);

    /// <param name="campaigns">With their finished days.</param>
    public static ImmutableArray<BudgetShare> Of(AdAccount account, IReadOnlyList<(Campaign Campaign, IReadOnlyList<DayFigures> Days)> campaigns, DateTimeOffset now)
    {
        var known = campaigns.Where(one => TakesPart(one.Campaign, account)).Select(one => Learn(account, one.Campaign, one.Days, now)).OfType<Known>().ToList();
        if (known.Count == 0)
            return [];

        var sharers = known.Select(one => new Sharer((double)one.Campaign.DailyBudget.Amount, Usual(one.Campaign), spend => one.Worth * one.Curve.Slope(spend))).ToList();
        var divided = Portfolio.Divide(sharers, sharers.Sum(sharer => sharer.Present));
        var ids = known.Select(one => one.Campaign.Id).ToImmutableArray();
        return [.. known.Select((one, index) => ShareOf(one, divided[index], ids))];
    }

    /// <summary>What finished days say of one campaign by itself, and how many they are; null where they do not say enough.</summary>
    public static (ResponseCurve Curve, int Days)? CurveOf(AdAccount account, Campaign campaign, IReadOnlyList<DayFigures> days, DateTimeOffset now) =>
        Learn(account, campaign, days, now) is { } known ? (known.Curve, known.Days) : null;

    private static bool TakesPart(Campaign campaign, AdAccount account) =>
        campaign is { AgentManaged: true, Status: CampaignStatus.Active, LifetimeBudget: null, DailyBudget.Amount: > 0 } && campaign.Spec.Automation.AdjustBudgets && campaign.DailyBudget.Currency == account.Currency;

    private static Known? Learn(AdAccount account, Campaign campaign, IReadOnlyList<DayFigures> all, DateTimeOffset now)
    {
        var word = ResultWord.Of(campaign);
        var days = FinishedDays.Of(all.Where(day => day.Spend.Currency == account.Currency), word, account, now, KnownShare).TakeLast(MostDays).ToList();
        if (days.Count < FewestDays || days.Max(day => day.Figures.Spend) < days.Min(day => day.Figures.Spend) * (decimal)Apart || WorthOf(campaign, days.Select(day => day.Figures), word) is not { } worth)
            return null;

        var limit = LimitOf(campaign, days.Select(day => day.Figures), word);

        var evidence = days.Aggregate(
            ResponseEvidence.None(Usual(campaign)), (sum, day) => sum.With(new SpendDay((double)day.Figures.Spend.Amount, (double)(word.In(day.Figures) ?? 0), day.Known), Kept));
        var curve = evidence.Curve();
        return curve.HasEnoughVariation || SurelyTooDear(curve, campaign, Math.Min(worth, limit ?? worth)) ? new Known(campaign, worth, limit, curve, days.Count, days.Sum(day => word.In(day.Figures) ?? 0)) : null;
    }

    /// <summary>Where the curve is flat the next unit's worth is known badly, and is small all the same.</summary>
    private static bool SurelyTooDear(ResponseCurve curve, Campaign campaign, double worth) => curve.SlopeRange((double)campaign.DailyBudget.Amount).High * worth < 1;

    /// <summary>
    /// What a result is to cost as a mean: as somebody said, or what it brought over the return that somebody wants, and never above the most that somebody allows. Null
    /// where nobody said any of these.
    /// </summary>
    private static double? WorthOf(Campaign campaign, IEnumerable<DayFigures> days, ResultWord word) => Least(
        Said(campaign.Spec.Bidding.TargetCpa) ?? Over(campaign.Spec.Bidding.TargetRoas ?? campaign.Spec.Automation.MinRoas, days, word), Said(campaign.Spec.Automation.MaxCpa));

    /// <summary>What the last one may cost: the less of the most that somebody allows a result and of what it brought over the least that has to come back. A target is a mean, and no such limit.</summary>
    private static double? LimitOf(Campaign campaign, IEnumerable<DayFigures> days, ResultWord word) =>
        Least(Said(campaign.Spec.Automation.MaxCpa), Over(campaign.Spec.Automation.MinRoas, days, word));

    private static double? Said(Money? amount) => amount is { Amount: > 0 and var said } ? (double)said : null;

    private static double? Least(double? one, double? other) => one is null || other < one ? other : one;

    private static double? Over(decimal? wanted, IEnumerable<DayFigures> days, ResultWord word)
    {
        if (wanted is not (> 0 and var roas))
            return null;

        var valued = days.Where(day => day.Revenue is not null).ToList();
        var results = valued.Sum(day => word.In(day) ?? 0);
        return results > 0 && valued.Sum(day => day.Revenue!.Value.Amount) is > 0 and var revenue ? (double)(revenue / results / roas) : null;
    }

    private static double Usual(Campaign campaign) => (double)(campaign.Spec.Budget is { Type: BudgetType.Daily, Amount.Amount: > 0 and var said } ? said : campaign.DailyBudget.Amount);

    private static BudgetShare ShareOf(Known one, double wanted, ImmutableArray<CampaignId> sharers)
    {
        var budget = one.Campaign.DailyBudget;
        var present = (double)budget.Amount;
        var slope = one.Curve.SlopeRange(present);
        return new BudgetShare(
            one.Campaign.Id, budget, InMoney(wanted), Cost(slope.Middle), Cost(slope.High), InMoney(one.Worth),
            one.Limit is { } limit && slope.Middle * limit < 1 && one.Curve.OptimalSpend(limit, 1) is { } best && best.High < present ? InMoney(best.Middle) : null, one.Curve.Saturation(present).Middle, one.Days, one.Results, sharers)
        {
            Limit = one.Limit is { } most ? InMoney(most) : null, Curve = one.Curve,
        };

        Money InMoney(double amount) => budget.Currency.Of((decimal)Math.Clamp(amount, 0, 1e12)).Rounded();

        Money Cost(double at) => InMoney(at > 0 ? 1 / at : 1e9);
    }
}
