using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Automation.Predictions;

/// <summary>What the bidding lets one result cost at most: above it less is bought, not dearer. Amounts in the account's currency.</summary>
/// <param name="Most">Null where nothing holds the cost.</param>
public sealed record CostCeiling(double? Most)
{
    /// <summary>
    /// How strongly spend falls when the market asks for more than the ceiling: by this power of ceiling over cost. Ours: a bid moves the
    /// volume by its power of 1.5 and the cost of a result by its power of 0.65.
    /// </summary>
    private const double SpendElasticity = 1.5 / .65;

    public static readonly CostCeiling None = new((double?)null);

    /// <param name="worth">What one result is worth, where that is known: a target ROAS makes a ceiling of it.</param>
    public static CostCeiling Of(CampaignDraft draft, decimal? worth) => new((double?)(draft.Strategy switch
    {
        BidStrategy.CostCap => Least(draft.TargetCpa?.Amount, draft.MaxBid?.Amount),
        BidStrategy.BidCap => draft.MaxBid?.Amount ?? draft.TargetCpa?.Amount,
        BidStrategy.TargetRoas when draft.TargetRoas is > 0 and var target => worth / target,
        _ => null,
    }));

    /// <summary>What a result costs when the market asks for this much.</summary>
    public double CostAt(double market) => Most is > 0 and var most ? Math.Min(most, market) : market;

    /// <summary>The share of the money that is spent when the market asks for this much, 0–1.</summary>
    public double ShareAt(double market) => Math.Pow(CostAt(market) / market, SpendElasticity);

    /// <summary>Results for one unit of money that could be spent.</summary>
    public double ResultsAt(double market) => ShareAt(market) / CostAt(market);

    private static decimal? Least(decimal? one, decimal? other) => one is null ? other : other is null ? one : Math.Min(one.Value, other.Value);
}
