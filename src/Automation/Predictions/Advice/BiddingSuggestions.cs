using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Automation.Predictions.Advice;

/// <summary>A ROAS target from what a result is worth, and a bid strategy from the goal and what is known about costs.</summary>
internal static class BiddingSuggestions
{
    /// <summary>A cap lies this far above the middle of what is believed, so that most auctions stay within.</summary>
    private const double CapAboveMiddle = .25;

    /// <summary>What the wizard takes as a target.</summary>
    private const decimal Least = .1m;
    private const decimal Most = 100m;

    public static Recommendation? Roas(CampaignDraft draft, DraftSituation situation)
    {
        if (!situation.Profile.BidStrategies.Contains(BidStrategy.TargetRoas) || !situation.Profile.Capabilities.ReportsRevenue
            || Predictor.Worth(draft, situation.Own) is not { } worth)
            return null;

        var target = worth.Middle / (decimal)situation.Cost.Middle;
        if (target is < Least or > Most)
            return null;

        var source = draft.Worth is not null
            ? "as you said"
            : $"from {StepSuggestions.Count(situation.Own.Count(past => past.ValuedResults > 0))} with revenue";
        return new Recommendation(
            "roas-target",
            $"Aim at a ROAS of {Times(target)} (likely {Times(worth.Middle / (decimal)situation.Cost.High)}–{Times(worth.Middle / (decimal)situation.Cost.Low)}), with the strategy target ROAS",
            $"{situation.Result.EachTitle} is worth {situation.Money(worth.Middle)} over 30 days, {source}, and likely costs {situation.Money((decimal)situation.Cost.Middle)}.",
            nameof(CampaignDraft.TargetRoas), target.ToString("0.##", CultureInfo.InvariantCulture));
    }

    public static Recommendation? Strategy(CampaignDraft draft, DraftSituation situation)
    {
        var counts = draft.Objective is Objective.Installs or Objective.Leads or Objective.Purchases && draft.Type is not CampaignType.Awareness;
        if (counts && situation.Own.Length >= PastCampaigns.Enough && situation.Profile.BidStrategies.Contains(BidStrategy.CostCap))
        {
            var cap = situation.Money((decimal)Math.Exp(situation.Cost.Mean + (CapAboveMiddle * situation.Cost.Deviation)));
            return draft.Strategy == BidStrategy.CostCap ? null : new Recommendation(
                "strategy", $"Bid with a cost cap of {cap}",
                $"The goal is {situation.Result.Many} at a known cost: {StepSuggestions.Count(situation.Own.Length)} make it likely {situation.Money((decimal)situation.Cost.Low)}–{situation.Money((decimal)situation.Cost.High)}, and the cap keeps the dear ones out.",
                nameof(CampaignDraft.Strategy), $"cost cap {cap}");
        }

        if (draft.Strategy is not null || !situation.Profile.BidStrategies.Contains(BidStrategy.LowestCost))
            return null;

        return new Recommendation(
            "strategy", "Bid for the lowest cost",
            counts
                ? $"What {situation.Result.Each} costs you is not known yet: the lowest cost finds out, and a cap too low would hardly deliver."
                : $"The goal is as many {situation.Result.Many} as the money buys; a cap would only hold it back.",
            nameof(CampaignDraft.Strategy), "lowest cost");
    }

    private static string Times(decimal ratio) => $"{ratio.ToString("0.##", CultureInfo.InvariantCulture)}×";
}
