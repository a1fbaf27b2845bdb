using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Automation.Predictions;

/// <summary>
/// What the account's best campaigns were set to, for the fields of one wizard step: the cheaper half of at least
/// <see cref="Fewest"/> campaigns with results. With fewer there is no data yet, and nothing is suggested.
/// </summary>
public static class StepSuggestions
{
    private const int Fewest = 3;

    public static IReadOnlyList<Recommendation> For(DraftSituation situation, string step)
    {
        if (situation.Own.Length < Fewest)
            return [];

        var ranked = situation.Own.OrderBy(past => past.CostPerResult).ToList();
        var best = ranked.Take(Math.Max(2, ranked.Count / 2)).ToImmutableArray();
        return step switch
        {
            "targeting" => [Countries(situation, best), Ages(situation, best)],
            "budget" => [Budget(situation, best), Target(situation, best)],
            "automation" => [Mode(situation, best)],
            _ => [],
        };
    }

    private static Recommendation Countries(DraftSituation situation, ImmutableArray<PastCampaign> best)
    {
        var countries = best
            .SelectMany(past => past.Campaign.Spec.Targeting.Countries)
            .GroupBy(country => country)
            .Where(group => group.Count() * 2 >= best.Length)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key)
            .ToList();
        var value = string.Join(", ", countries.Count > 0 ? countries : [.. best[0].Campaign.Spec.Targeting.Countries]);
        return Suggest("countries", $"Countries {value}", nameof(CampaignDraft.Countries), value, situation, best);
    }

    private static Recommendation Ages(DraftSituation situation, ImmutableArray<PastCampaign> best)
    {
        var low = Median(best.Select(past => (decimal)past.Campaign.Spec.Targeting.AgeMin));
        var high = Median(best.Select(past => (decimal)past.Campaign.Spec.Targeting.AgeMax));
        var value = string.Create(CultureInfo.InvariantCulture, $"{low:0}-{high:0}");
        return Suggest("ages", $"Ages {value}", nameof(CampaignDraft.AgeMin), value, situation, best);
    }

    private static Recommendation Budget(DraftSituation situation, ImmutableArray<PastCampaign> best)
    {
        var budget = situation.Currency.Of(Math.Round(Median(best.Select(past => past.Campaign.DailyBudget.Amount))));
        return Suggest("budget", $"{budget} a day", nameof(CampaignDraft.BudgetAmount), $"{budget}/day", situation, best);
    }

    private static Recommendation Target(DraftSituation situation, ImmutableArray<PastCampaign> best)
    {
        var target = situation.Money((decimal)situation.Cost.Middle);
        return Suggest(
            "target-cpa", $"Aim at {target} per {situation.Result.One} (likely {situation.Money((decimal)situation.Cost.Low)}–{situation.Money((decimal)situation.Cost.High)})",
            nameof(CampaignDraft.TargetCpa), target.ToString(), situation, best);
    }

    private static Recommendation Mode(DraftSituation situation, ImmutableArray<PastCampaign> best)
    {
        var mode = best.GroupBy(past => past.Campaign.Spec.Automation.Mode).OrderByDescending(group => group.Count()).First().Key;
        var value = mode.ToString().ToLowerInvariant();
        return Suggest("mode", $"Mode {value}", nameof(CampaignDraft.Automation), value, situation, best);
    }

    private static Recommendation Suggest(
        string id, string says, string field, string value, DraftSituation situation, ImmutableArray<PastCampaign> best)
    {
        var names = string.Join(", ", best.Take(3).Select(past => past.Campaign.Handle));
        var chosen = best.Select(past => past.Campaign.Id).ToHashSet();
        var effect = OwnComparison.Of(situation.Own, past => chosen.Contains(past.Campaign.Id));
        var because = effect is null
            ? $"As in your {best.Length} best of {situation.Own.Length} campaigns ({names})."
            : $"As in your {best.Length} best of {situation.Own.Length} campaigns ({names}). {effect.Words("among them", situation)}";
        return new Recommendation(id, says, because, field, value);
    }

    private static decimal Median(IEnumerable<decimal> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
