using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Automation.Predictions.Advice;

/// <summary>
/// What the account's best campaigns were set to, for the fields of one wizard step: the cheaper half of at least
/// <see cref="PastCampaigns.Enough"/> campaigns with results. With fewer there is no data yet, and that is said.
/// </summary>
public static class StepSuggestions
{
    private const int MostNamed = 3;

    public static IReadOnlyList<Recommendation> For(CampaignDraft draft, DraftSituation situation, string step)
    {
        var best = BestOf(situation.Own);
        var enough = situation.Own.Length >= PastCampaigns.Enough;
        IEnumerable<Recommendation?> suggested = step switch
        {
            "targeting" => enough ? [Countries(situation, best), Ages(situation, best), AudienceSuggestions.Interests(situation, best), AudienceSuggestions.Lookalike(situation)] : [NoData(situation)],
            "budget" => enough
                ? [Budget(situation, best), Target(situation, best), BiddingSuggestions.Roas(draft, situation), BiddingSuggestions.Strategy(draft, situation)]
                : [NoData(situation), BiddingSuggestions.Roas(draft, situation), BiddingSuggestions.Strategy(draft, situation)],
            "automation" => [enough ? Mode(situation, best) : NoData(situation)],
            _ => [],
        };
        return [.. suggested.OfType<Recommendation>()];
    }

    private static ImmutableArray<PastCampaign> BestOf(ImmutableArray<PastCampaign> own) =>
        [.. own.OrderBy(past => past.CostPerResult).Take(Math.Max(2, own.Length / 2))];

    private static Recommendation NoData(DraftSituation situation) => new(
        "no-data", situation.Own.IsEmpty ? "no data yet" : "too little data yet",
        $"{Count(situation.Own.Length)} on {situation.Profile.ShortTitle} {(situation.Own.Length == 1 ? "has" : "have")} brought {situation.Result.Many} so far; suggestions begin with {PastCampaigns.Enough.ToString(CultureInfo.InvariantCulture)}.");

    private static Recommendation Countries(DraftSituation situation, ImmutableArray<PastCampaign> best)
    {
        var often = best
            .SelectMany(past => past.Campaign.Spec.Targeting.Countries)
            .GroupBy(country => country)
            .Where(group => group.Count() * 2 >= best.Length)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key)
            .ToList();
        IReadOnlyList<string> countries = often.Count > 0 ? often : best[0].Campaign.Spec.Targeting.Countries;
        var value = string.Join(", ", countries);
        return Suggest(
            "countries", $"Countries {value}", nameof(CampaignDraft.Countries), value, situation, best,
            $"in {value}", past => countries.All(country => past.Campaign.Spec.Targeting.Countries.Contains(country)));
    }

    private static Recommendation Ages(DraftSituation situation, ImmutableArray<PastCampaign> best)
    {
        var low = (int)Median(best.Select(past => (decimal)past.Campaign.Spec.Targeting.AgeMin));
        var high = (int)Median(best.Select(past => (decimal)past.Campaign.Spec.Targeting.AgeMax));
        var value = string.Create(CultureInfo.InvariantCulture, $"{low}-{high}");
        return Suggest(
            "ages", $"Ages {value}", nameof(CampaignDraft.AgeMin), value, situation, best,
            $"for {value}", past => (past.Campaign.Spec.Targeting.AgeMin, past.Campaign.Spec.Targeting.AgeMax) == (low, high));
    }

    private static Recommendation Budget(DraftSituation situation, ImmutableArray<PastCampaign> best)
    {
        var budget = situation.Currency.Of(Math.Round(Median(best.Select(past => past.Campaign.DailyBudget.Amount))));
        return Suggest(
            "budget", $"{budget} a day", nameof(CampaignDraft.BudgetAmount), $"{budget}/day", situation, best,
            $"with at most {budget} a day", past => past.Campaign.DailyBudget <= budget);
    }

    private static Recommendation Target(DraftSituation situation, ImmutableArray<PastCampaign> best)
    {
        var target = situation.Money((decimal)situation.Cost.Middle);
        return new Recommendation(
            "target-cpa", $"Aim at {target} per {situation.Result.One} (likely {situation.Money((decimal)situation.Cost.Low)}–{situation.Money((decimal)situation.Cost.High)})",
            $"From what {Count(situation.Own.Length)} cost, and the network's usual range.", nameof(CampaignDraft.TargetCpa), target.ToString());
    }

    private static Recommendation Mode(DraftSituation situation, ImmutableArray<PastCampaign> best)
    {
        var mode = best.GroupBy(past => past.Campaign.Spec.Automation.Mode).OrderByDescending(group => group.Count()).First().Key;
        var value = mode.ToString().ToLowerInvariant();
        return Suggest(
            "mode", $"Mode {value}", nameof(CampaignDraft.Automation), value, situation, best, $"in the mode {value}", past => past.Campaign.Spec.Automation.Mode == mode);
    }

    /// <param name="trait">What campaigns like this have in common, in words after "your 3 campaigns".</param>
    internal static Recommendation Suggest(
        string id, string says, string field, string value, DraftSituation situation, ImmutableArray<PastCampaign> best, string trait, Func<PastCampaign, bool> has) => new(
        id, says, $"As in your {best.Length} best of {situation.Own.Length} campaigns ({Names(best)}). {Effect(situation, trait, has)}", field, value);

    /// <summary>What campaigns with a trait cost against those without, with its range; or why nobody can tell.</summary>
    internal static string Effect(DraftSituation situation, string trait, Func<PastCampaign, bool> has) => OwnComparison.Of(situation.Own, has) switch
    {
        { Surely: true } sure => sure.Words(trait, situation),
        { } unsure => $"{unsure.Words(trait, situation)} It may be chance.",
        null => $"What it changes is not known: {Count(situation.Own.Count(has))} ran {trait}, {situation.Own.Count(past => !has(past)).ToString(CultureInfo.InvariantCulture)} did not.",
    };

    internal static string Names(IEnumerable<PastCampaign> campaigns) => string.Join(", ", campaigns.Take(MostNamed).Select(past => past.Campaign.Handle));

    internal static string Count(int campaigns) => campaigns switch
    {
        0 => "none of your campaigns",
        1 => "1 of your campaigns",
        _ => $"{campaigns.ToString(CultureInfo.InvariantCulture)} of your campaigns",
    };

    private static decimal Median(IEnumerable<decimal> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
