using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Predictions;

public enum Confidence
{
    Low,
    Medium,
    High,
}

/// <summary>
/// A figure with its own 10 % and 90 % points. The middle column chains to the cent; the ends are each figure's own and do not.
/// </summary>
public sealed record Estimate(decimal Low, decimal Middle, decimal High);

/// <summary>One point of a curve: a day's spend and the results it brings, with its band.</summary>
public sealed record CurvePoint(decimal Spend, decimal Low, decimal Middle, decimal High);

/// <summary>Results against daily spend. <paramref name="Assumed"/>: from priors, not from the account's own days.</summary>
/// <param name="Level">How far today's budget is up the curve, 0–1.</param>
/// <param name="Optimum">The daily budget range where the next unit of money still pays, or null when it cannot be said.</param>
public sealed record SaturationCurve(ImmutableArray<CurvePoint> Points, decimal Level, MoneyRange? Optimum, bool Assumed);

/// <summary>From–to in the account's currency.</summary>
public sealed record MoneyRange(Money Low, Money High);

/// <summary>Something worth changing before launch.</summary>
/// <param name="Id">Stable name of the recommendation, for its accept button.</param>
/// <param name="Field">The draft field that accepting sets; null when it is advice alone and gets no button.</param>
/// <param name="Value">What accepting writes into the field, in the words a person would type; null for files, which accepting asks for.</param>
/// <param name="Because">Evidence: which campaigns, how many, what effect.</param>
public sealed record Recommendation(string Id, string Says, string Because, string? Field = null, string? Value = null);

/// <summary>
/// What 30 days would bring: spend → results → revenue → ROAS → ROI, one chain. Revenue and what follows are null when
/// nobody said what a result is worth and the account has too few valued ones.
/// </summary>
/// <param name="Result">What is counted.</param>
/// <param name="SimilarCampaigns">How many of the account's own campaigns went into it.</param>
public sealed record PreLaunchPredictions(
    Currency Currency, int Days, ResultWord Result, Estimate Spend, Estimate Results, Estimate CostPerResult,
    Estimate? Revenue, Estimate? Roas, Estimate? Roi, Confidence Confidence, string Basis, int SimilarCampaigns,
    SaturationCurve Curve, ImmutableArray<Recommendation> Recommendations, ImmutableArray<string> Warnings, DateTimeOffset MadeAt)
{
    /// <summary>The person's own limits that this forecast breaks, each with a limit that leaves room.</summary>
    public ImmutableArray<DraftProblem> Risks { get; init; } = [];
}
