using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Campaigns.Returns;

/// <summary>What a campaign cost in all and what came back, over its whole time. What is not known makes the return unknown, never better.</summary>
/// <param name="Fee">Null: nobody said.</param>
/// <param name="Creatives">What its creatives cost; null: nobody said.</param>
/// <param name="Revenue">Of the days of which it is known; null where it is of none.</param>
/// <param name="Days">Days of which figures are kept.</param>
/// <param name="Unseen">Days in between of which nobody kept any.</param>
/// <param name="Unvalued">Days whose revenue its network did not say.</param>
public sealed record TrueReturn(Money Ads, Money? Fee, Money? Creatives, Money? Revenue, int Days, int Unseen, int Unvalued)
{
    public Money Cost => Ads + (Fee ?? Ads.Currency.Zero) + (Creatives ?? Ads.Currency.Zero);

    /// <summary>Somebody said what comes beside the ads, be it nothing.</summary>
    public bool IsFull => Fee is not null && Creatives is not null;

    /// <summary>What came back beyond the cost, as a share of it: .58 is 58 %. Null where revenue or days are missing; the most that it can be where costs are.</summary>
    public decimal? Roi => Revenue is { } revenue && Unseen == 0 && Unvalued == 0 && Cost.Amount > 0 ? (revenue.Amount / Cost.Amount) - 1 : null;

    /// <summary>Null: nothing is kept of it.</summary>
    public static TrueReturn? Of(Campaign campaign, AdAccount account, IReadOnlyList<DayFigures> all, DateTimeOffset now)
    {
        var days = all.Where(day => day.Spend.Currency == account.Currency).DistinctBy(day => day.Day).ToList();
        if (days.Count == 0)
            return null;

        var first = (campaign.FirstRanAt ?? campaign.LaunchedAt) is { } began ? account.DayAt(began) : days[0].Day;
        var last = campaign.Status == CampaignStatus.Active ? account.DayAt(now) : days[^1].Day;
        var unseen = Math.Max(0, last.Date.DayNumber - first.Date.DayNumber + 1 - days.Count(day => day.Day >= first && day.Day <= last));
        var ads = Sum(days.Select(day => day.Spend), account.Currency);
        var valued = days.Where(day => day.Revenue is not null).ToList();
        return new TrueReturn(
            ads, campaign.Spec.Costs?.Fee is { } fee ? (ads * fee).Rounded() : null, campaign.Spec.Costs?.Creatives,
            valued.Count == 0 ? null : Sum(valued.Select(day => day.Revenue!.Value), account.Currency), days.Count, unseen, days.Count(day => day.Revenue is null && day.Spend.Amount > 0));
    }

    /// <summary>In lines for people.</summary>
    public IEnumerable<string> Words(Campaign campaign)
    {
        var costs = campaign.Spec.Costs;
        yield return $"Spent on ads: {Ads} over {Ages.Days(Days)}";
        yield return Fee is { } fee ? $"Fee: {fee}{(costs?.Fee is { } share ? $", {OtherCosts.Percent(share)} of it" : "")}" : $"Fee: nobody said (\"set fee {campaign.Handle} 10%\", or 0%)";
        yield return Creatives is { } creatives ? $"Creatives: {creatives}" : $"Creatives: nobody said what they cost (\"set creative cost {campaign.Handle} $500\", or $0)";
        yield return IsFull ? $"Cost in all: {Cost}" : $"Cost in all: at least {Cost}";
        yield return Revenue is not { } revenue ? "Came back: unknown, its network says of no day what its results were worth"
            : Unvalued > 0 ? $"Came back: {revenue}, without {Ages.Days(Unvalued)} of which its network does not say"
            : $"Came back: {revenue}, as its network attributes it";
        yield return Return();
    }

    private string Return()
    {
        if (Roi is not { } roi)
        {
            return Unseen > 0 ? $"Return: unknown, since nobody kept figures of {Ages.Days(Unseen)} in between"
                : Cost.Amount <= 0 ? "Return: unknown, nothing was spent yet"
                : "Return: unknown, and not nothing, as long as it is not known what came back";
        }

        var says = string.Create(CultureInfo.InvariantCulture, $"{roi * 100:0} % beyond the cost: each {Ads.Currency.Of(1)} brought back {Ads.Currency.Of(1 + roi).Rounded()}");
        return IsFull ? $"Return: {says}" : $"Return: at most {says}, since part of the cost is not known";
    }

    private static Money Sum(IEnumerable<Money> amounts, Currency currency) => amounts.Aggregate(currency.Zero, (sum, amount) => sum + amount);
}
