using System.Globalization;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Optimizers;

/// <summary>
/// Moves the bid towards the target cost of a result, in proportion to the logarithm of what the estimate misses, and only
/// when enough new results have been seen since the last move to say something new. Pure.
/// </summary>
public static class BidOptimizer
{
    private const double Gain = .9;

    /// <summary>Closer than this to the target (log scale) nothing is moved.</summary>
    private const double DeadBand = .05;

    /// <summary>The smallest step of the mode is made when this share of it is wanted: it then ends closer to the target than it began.</summary>
    private const decimal SmallestOfLeast = .8m;

    /// <summary>A cost that is off by less than this many of its own standard deviations moves nothing.</summary>
    private const double Deviations = 1;

    /// <summary>A step grows to its full size with this many results.</summary>
    private const double HalfStepResults = 4;

    internal const double FewestNewResults = 4;
    internal const double NewShare = .2;

    /// <summary>So many results less than the target would have brought count as evidence by themselves …</summary>
    internal const double MissingResults = 6;

    /// <summary>… after this long.</summary>
    private static readonly TimeSpan MissingFor = TimeSpan.FromHours(6);

    /// <summary>What impressions cost says something new by itself after this long.</summary>
    internal static readonly TimeSpan PriceFor = TimeSpan.FromHours(4);

    /// <summary>A campaign that spends this share of its budget gains nothing by a higher bid.</summary>
    internal const decimal BudgetSpent = .95m;

    public static Proposal? Propose(Observation now, AgentMemory memory)
    {
        var settings = now.Campaign.Spec.Automation;
        if (!settings.AdjustBids || now.Profile.Capabilities.OwnsTheBid || now.State is DataState.None or DataState.Impossible)
            return null;

        if (now.Campaign.Spec.Bidding.TargetCpa is not { } target || now.Reading?.Settings.Bid is not { Amount: > 0 } bid)
            return null;

        if (CostEstimate.From(now, target, bid, memory) is not { } estimate || !IsInformed(now, memory, estimate))
            return null;

        var error = Math.Log((double)target.Amount / estimate.Cost);
        var evidence = Evidence(estimate, error);
        var step = Gain * error / CostEstimate.BidElasticity * evidence / (evidence + HalfStepResults);
        if (Math.Abs(error) <= Noise(estimate, error) || !double.IsFinite(step) || (step > 0 && (LivesOnItsBudget(now) || StoodStill(now))))
            return null;

        var band = ModeBand.Of(settings.Mode);
        var change = (decimal)(Math.Exp(Math.Clamp(step, -1, 1)) - 1);
        if (Math.Abs(change) < band.Least * SmallestOfLeast)
            return null;

        var to = Math.Abs(change) < band.Least ? Step.AtLeast(bid, change > 0 ? band.Least : -band.Least) : Step.From(bid, Math.Clamp(change, -band.Most, band.Most));
        return to == bid ? null : new Proposal(Lever.Bid, bid, to, Because(now, target, estimate), "bid");
    }

    /// <summary>So close to the target nothing is moved: what is seen of a few results is mostly chance.</summary>
    internal static double Noise(CostEstimate estimate, double error) =>
        Math.Max(DeadBand, Deviations / Math.Sqrt(Evidence(estimate, error) + CostEstimate.PriorResults));

    /// <summary>Results that are missing speak as loudly as those that came.</summary>
    private static double Evidence(CostEstimate estimate, double error) => Math.Max(estimate.Results, error < 0 ? estimate.Expected : 0);

    private static bool IsInformed(Observation now, AgentMemory memory, CostEstimate estimate)
    {
        if (memory.Last(Lever.Bid) is not { } last)
            return estimate.Results >= FewestNewResults || estimate.Expected - estimate.Results >= MissingResults;

        var passed = now.Now - last.At;
        if (passed < TimeSpan.Zero || CostEstimate.ResultsSince(now, last) is not { } since)
            return false;

        return (double)since >= Math.Max(FewestNewResults, NewShare * estimate.Results)
            || (estimate.Expected - estimate.Results >= MissingResults && passed >= MissingFor)
            || (estimate.FollowsPrice && passed >= PriceFor);
    }

    internal static bool LivesOnItsBudget(Observation now) =>
        now.Days.Length > 0 && now.Reading is { } reading && now.Days[^1].Spend >= reading.Settings.DailyBudget * BudgetSpent;

    /// <summary>On its last finished day, or a part of it: what it would have spent is not known.</summary>
    private static bool StoodStill(Observation now) =>
        now.Campaign.LastResumedAt is { } resumed && now.Days.Length > 0 && now.Days[^1].Day <= now.Account.DayAt(resumed);

    private static string Because(Observation now, Money target, CostEstimate estimate)
    {
        var word = ResultWord.Of(now.Campaign);
        var cost = target.Currency.Of((decimal)estimate.Cost).Rounded();
        var (results, expected) = (Whole(estimate.Results), Whole(estimate.Expected));
        if (results == "0")
        {
            return $"no {word.One} came for money that should have brought about {expected}, late ones allowed for; " +
                $"counting {CostEstimate.PriorResults} {word.Many} at the target of {target} as already seen, {word.Each} costs about {cost}";
        }

        return estimate.Results < CostEstimate.PriorResults
            ? $"{word.Each} costs about {cost} against the target of {target} ({results} recent {word.Many} where the target would have brought about {expected}, " +
                $"late ones allowed for; {CostEstimate.PriorResults} more at the target count as already seen)"
            : $"{word.Each} costs about {cost} against the target of {target} ({results} recent {word.Many}, late ones allowed for)";
    }

    private static string Whole(double number) => Math.Round(number).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Steps in whole units of the currency, rounded towards where they start.</summary>
internal static class Step
{
    public static Money From(Money from, decimal change) => Towards(from, from * (1 + change));

    /// <summary>The same, rounded away from where it starts: no smaller than asked for.</summary>
    public static Money AtLeast(Money start, decimal change)
    {
        var scale = Scale(start.Currency);
        var units = start.Amount * (1 + change) * scale;
        return start with { Amount = (change > 0 ? Math.Ceiling(units) : Math.Floor(units)) / scale };
    }

    /// <summary>A value between <paramref name="from"/> and <paramref name="wanted"/> that the currency can express.</summary>
    public static Money Towards(Money from, Money wanted)
    {
        var scale = Scale(wanted.Currency);
        var units = wanted.Amount * scale;
        return wanted with { Amount = (wanted > from ? Math.Floor(units) : Math.Ceiling(units)) / scale };
    }

    private static decimal Scale(Currency currency)
    {
        var scale = 1m;
        for (var digit = 0; digit < currency.Decimals; digit++)
            scale *= 10;

        return scale;
    }
}
