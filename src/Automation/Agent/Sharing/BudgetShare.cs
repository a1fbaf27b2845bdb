using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Agent.Curves;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Sharing;

/// <summary>What finished days say of a campaign's daily budget beside the others of its account.</summary>
/// <param name="Budget">The daily budget at which this was said; at another one it says nothing.</param>
/// <param name="Wanted">Its part when the account's money is divided so that the next unit is worth the same everywhere.</param>
/// <param name="NextCost">What one more result would cost, in the middle.</param>
/// <param name="NextLeast">With nine tenths' certainty it costs more than this.</param>
/// <param name="Worth">What a result is to cost, as a mean: it weighs campaigns against each other, and nothing is raised whose next result costs more.</param>
/// <param name="Optimum">The spend above which the next result costs more than the most that any may cost, with nine tenths' certainty: null where none is known.</param>
/// <param name="Saturation">How much of what can be had is had, in the middle.</param>
/// <param name="Sharers">Campaigns between which the money was divided, this one among them.</param>
public sealed record BudgetShare(
    CampaignId Campaign, Money Budget, Money Wanted, Money NextCost, Money NextLeast, Money Worth, Money? Optimum, double Saturation, int Days, decimal Results, ImmutableArray<CampaignId> Sharers)
{
    /// <summary>What the agent took from these campaigns lately and gave to none of them: a raise beside it would make the total larger.</summary>
    public Money Freed { get; init; } = Budget.Currency.Zero;

    /// <summary>The average may be good while the last money of a day buys hardly anything.</summary>
    public bool NextIsTooDear => NextCost > Worth;

    /// <summary>The most that any result may cost, as somebody said; null where nobody did. A campaign that meets its target on average is not cut for what its last result costs.</summary>
    public Money? Limit { get; init; }

    /// <summary>What its days say of every spend; null where only the figures above are known.</summary>
    public ResponseCurve? Curve { get; init; }

    /// <summary>With nine tenths' certainty: the spend is above its optimum.</summary>
    public bool NextIsSurelyTooDear => NextLeast > Limit;

    /// <summary>"the next install would cost about $18.20, at least $14.10, against the $12 that one is to cost (11 finished days with 340 installs)".</summary>
    public string Words(ResultWord result) =>
        $"at {Budget} a day the next {result.One} would cost about {NextCost}, at least {NextLeast}, against {(NextIsSurelyTooDear ? $"the {Limit} that it may cost at most" : $"the {Worth} that one is to cost")} ({Ages.Days(Days)} with {result.Counted(Results)} finished)";
}
