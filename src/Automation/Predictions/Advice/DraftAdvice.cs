using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Predictions.Advice;

/// <summary>What would be better changed before launch, each with its evidence. Without evidence nothing is advised.</summary>
public static class DraftAdvice
{
    public static ImmutableArray<Recommendation> For(CampaignDraft draft, DraftSituation situation, Money daily) =>
        [.. new[] { Video(draft, situation), System(draft, situation), Target(draft, situation), Strategy(draft, situation), Overdelivery(draft, situation, daily) }
            .OfType<Recommendation>()];

    private static Recommendation? Video(CampaignDraft draft, DraftSituation situation)
    {
        var places = situation.Profile.Slots.Where(slot => slot.Kind == CreativeKind.Video).Select(slot => slot.Name).ToList();
        if (places.Count == 0 || draft.Creatives.IsEmpty || draft.Creatives.Any(creative => creative.Kind == CreativeKind.Video))
            return null;

        var effect = OwnComparison.Of(situation.Own, past => past.Campaign.Spec.Creatives.Any(creative => creative.Kind == CreativeKind.Video));
        if (effect is { Surely: false })
            return null;

        return new Recommendation(
            "video", "Add a video creative",
            effect?.Words("with a video", situation)
                ?? $"{situation.Profile.ShortTitle}'s video places stay empty ({string.Join(", ", places.Take(3))}); your own campaigns have no comparison yet.",
            nameof(CampaignDraft.Creatives));
    }

    private static Recommendation? System(CampaignDraft draft, DraftSituation situation)
    {
        if (situation.Result != ResultWord.Install)
            return null;

        var effect = OwnComparison.Of(situation.Own, past => past.Campaign.Spec.Targeting.Os == DeviceOs.Ios);
        if (effect is not { Surely: true } || (draft.TargetOs ?? draft.Destination.Os) == DeviceOs.Ios)
            return null;

        return new Recommendation("ios", "Target iOS", effect.Words("for iOS", situation), nameof(CampaignDraft.TargetOs), "ios");
    }

    private static Recommendation? Target(CampaignDraft draft, DraftSituation situation)
    {
        if (draft.TargetCpa is not { } target || situation.Own.Length < PastCampaigns.Enough)
            return null;

        var middle = situation.Money((decimal)situation.Cost.Middle);
        var chance = situation.Cost.ChanceOfAtMost((double)target.Amount);
        return chance >= .25 || (draft.MaxBid is { } max && middle > max)
            ? null
            : new Recommendation(
                "target", $"Aim at {middle} per {situation.Result.One}",
                $"Only about {chance.ToString("0%", CultureInfo.InvariantCulture)} of such campaigns reach {target}; {Count(situation)} make {middle} the likely cost.",
                nameof(CampaignDraft.TargetCpa), middle.ToString());
    }

    private static Recommendation? Strategy(CampaignDraft draft, DraftSituation situation)
    {
        if (draft.Strategy != BidStrategy.LowestCost || situation.Own.Length < PastCampaigns.Enough || !situation.Profile.BidStrategies.Contains(BidStrategy.CostCap)
            || draft.Objective is not (Objective.Installs or Objective.Leads or Objective.Purchases))
        {
            return null;
        }

        var cap = situation.Money((decimal)Math.Exp(situation.Cost.Mean + (.25 * situation.Cost.Deviation)));
        return new Recommendation(
            "cost-cap", $"Use a cost cap of {cap}",
            $"{Count(situation)} say what {situation.Result.Each} costs, so a cap slightly above the middle keeps the rest out.",
            nameof(CampaignDraft.Strategy), $"cost cap {cap}");
    }

    private static Recommendation? Overdelivery(CampaignDraft draft, DraftSituation situation, Money daily)
    {
        var factor = situation.Profile.MaxDayFactor.Value;
        if (draft.MaxDailySpend is not { } cap || draft.BudgetType == BudgetType.Lifetime || daily * factor <= cap)
            return null;

        var fits = Floored(cap, factor);
        var assumed = situation.Profile.MaxDayFactor.Assumed ? " (assumed)" : "";
        return new Recommendation(
            "overdelivery", $"Set the budget to {fits} a day, or know that I stop at {cap}",
            $"{situation.Profile.ShortTitle} may spend up to {daily * factor} on a day{assumed}; I stop at {cap}.",
            nameof(CampaignDraft.BudgetAmount), $"{fits}/day");
    }

    private static Money Floored(Money cap, decimal factor) => cap with { Amount = Math.Floor(cap.Amount / factor) };

    private static string Count(DraftSituation situation) =>
        situation.Own.Length == 1 ? "1 of your campaigns" : $"{situation.Own.Length.ToString(CultureInfo.InvariantCulture)} of your campaigns";
}

/// <summary>Own campaigns with a trait against those without, on the log cost; at least two on each side.</summary>
/// <param name="Change">Of the cost of a result: −0.2 is a fifth cheaper.</param>
public sealed record OwnComparison(int With, int Without, decimal Change, decimal Low, decimal High)
{
    private const int Fewest = 2;
    private const double CampaignSpread = .25;

    /// <summary>The whole 80 % range says cheaper.</summary>
    public bool Surely => High < 0;

    public static OwnComparison? Of(ImmutableArray<PastCampaign> own, Func<PastCampaign, bool> has)
    {
        var with = own.Where(has).ToList();
        var without = own.Where(past => !has(past)).ToList();
        if (with.Count < Fewest || without.Count < Fewest)
            return null;

        var (one, oneVariance) = Mean(with);
        var (other, otherVariance) = Mean(without);
        var reach = CostBelief.TenPercentPoint * Math.Sqrt(oneVariance + otherVariance);
        return new OwnComparison(with.Count, without.Count, Share(one - other), Share(one - other - reach), Share(one - other + reach));
    }

    public string Words(string trait, DraftSituation situation) =>
        $"Your {With} campaigns {trait} cost {Percent(Change)} per {situation.Result.One} against the {Without} others (80 % range {Percent(Low)} to {Percent(High)}).";

    private static (double Mean, double Variance) Mean(List<PastCampaign> campaigns)
    {
        var weights = campaigns.ConvertAll(past => 1 / ((CampaignSpread * CampaignSpread) + (1 / (double)past.Results)));
        var mean = campaigns.Zip(weights, (past, weight) => Math.Log((double)past.CostPerResult) * weight).Sum() / weights.Sum();
        return (mean, 1 / weights.Sum());
    }

    private static decimal Share(double log) => (decimal)(Math.Exp(Math.Clamp(log, -10, 10)) - 1);

    private static string Percent(decimal share) => $"{Math.Round(share * 100).ToString("+0;-0;0", CultureInfo.InvariantCulture)} %";
}
