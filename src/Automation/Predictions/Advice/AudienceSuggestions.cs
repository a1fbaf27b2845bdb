using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Automation.Predictions.Advice;

/// <summary>Interests and lookalikes with which the account's own campaigns were cheaper than without.</summary>
internal static class AudienceSuggestions
{
    private const int MostInterests = 3;

    /// <summary>Those that came out cheaper; without a comparison those that most of the best campaigns had.</summary>
    public static Recommendation? Interests(DraftSituation situation, ImmutableArray<PastCampaign> best)
    {
        if (!situation.Profile.Capabilities.Interests)
            return null;

        var used = situation.Own.SelectMany(past => past.Campaign.Spec.Targeting.Interests).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var cheaper = used
            .Select(interest => (Interest: interest, Effect: OwnComparison.Of(situation.Own, Has(interest))))
            .Where(compared => compared.Effect?.Change < 0)
            .OrderBy(compared => compared.Effect!.Change)
            .Take(MostInterests)
            .Select(compared => compared.Interest)
            .ToList();
        var chosen = cheaper.Count > 0 ? cheaper : [.. used.Where(interest => best.Count(Has(interest)) * 2 >= best.Length).Take(MostInterests)];
        if (chosen.Count == 0)
            return null;

        var value = string.Join(", ", chosen);
        var with = situation.Own.Where(Has(chosen[0])).OrderBy(past => past.CostPerResult);
        return new Recommendation(
            "interests", $"Interests {value}", $"{StepSuggestions.Effect(situation, $"with the interest {chosen[0]}", Has(chosen[0]))} ({StepSuggestions.Names(with)})",
            nameof(CampaignDraft.Interests), value);
    }

    /// <summary>The lookalike with which campaigns came out cheapest against all others.</summary>
    public static Recommendation? Lookalike(DraftSituation situation)
    {
        if (!situation.Profile.Capabilities.Lookalike)
            return null;

        var best = situation.Own
            .Select(past => past.Campaign.Spec.Targeting.Lookalike)
            .OfType<Lookalike>()
            .Distinct()
            .Select(lookalike => (Lookalike: lookalike, Effect: OwnComparison.Of(situation.Own, Has(lookalike))))
            .OrderBy(compared => compared.Effect?.Change ?? 0)
            .FirstOrDefault();
        if (best.Lookalike is not { } found || best.Effect is { Change: >= 0 })
            return null;

        var value = string.Create(CultureInfo.InvariantCulture, $"{Words(found.Source)} {found.Percent}");
        var with = situation.Own.Where(Has(found)).OrderBy(past => past.CostPerResult);
        return new Recommendation(
            "lookalike", $"Lookalike of {value} %", $"{StepSuggestions.Effect(situation, $"with a lookalike of {value} %", Has(found))} ({StepSuggestions.Names(with)})",
            nameof(CampaignDraft.Lookalike), value);
    }

    private static Func<PastCampaign, bool> Has(string interest) => past => past.Campaign.Spec.Targeting.Interests.Contains(interest, StringComparer.OrdinalIgnoreCase);

    private static Func<PastCampaign, bool> Has(Lookalike lookalike) => past => past.Campaign.Spec.Targeting.Lookalike == lookalike;

    private static string Words(LookalikeSource source) => source switch
    {
        LookalikeSource.Purchasers => "purchasers",
        LookalikeSource.HighLtv => "high ltv",
        _ => "existing users",
    };
}
