using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Recommending;

public enum AdviceKind
{
    Lookalike,
    Country,
    Creatives,
    BudgetShift,
}

/// <summary>Something that people may do and the agent does not: what is seen, what may be expected of it, and how it begins.</summary>
/// <param name="Evidence">Figures with how many days and results are behind them.</param>
/// <param name="Expects">A range that should hold eight times out of ten, and what of it is assumed.</param>
/// <param name="Steps">Each a button and the line that it says: a draft that is filled in, or a change that goes the way of any other.</param>
public sealed record CampaignAdvice(AdviceKind Kind, CampaignId Campaign, string Title, string Evidence, string Expects, ImmutableArray<AdviceStep> Steps);

public sealed record AdviceStep(string Label, string Says);

/// <summary>A campaign of which nothing can be said or something is not proposed, and why, in a sentence.</summary>
public sealed record LackingAdvice(CampaignId Campaign, string Says);

/// <summary>What is recommended over some campaigns.</summary>
public sealed record AdviceList(ImmutableArray<CampaignAdvice> Advice, ImmutableArray<LackingAdvice> Lacking)
{
    public static readonly AdviceList None = new([], []);

    /// <summary>Campaigns of which enough is known.</summary>
    public ImmutableArray<CampaignId> Judged { get; init; } = [];

    /// <summary>What might be thought of and is not proposed.</summary>
    public ImmutableArray<LackingAdvice> Held { get; init; } = [];
}
