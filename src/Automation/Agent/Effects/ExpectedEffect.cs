using System.Globalization;
using ChatOpsCampaigns.Automation.Agent.Curves;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Optimizers;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Agent.Sharing;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives.Testing;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Effects;

/// <summary>
/// Says what a move that is left after the rails is expected to change, from the evidence of the optimiser that asked for it: with a range that should hold eight
/// times out of ten, or that it is not known and why. Pure.
/// </summary>
public static class ExpectedEffect
{
    /// <summary>The last money of a day brings between half and all of what the average does. Assumed.</summary>
    private const double LeastOfAverage = .5;
    private const double MiddleOfAverage = .75;

    /// <summary>A result follows the bid by a power of about <see cref="CostEstimate.BidElasticity"/>, which differs by so much from market to market.</summary>
    private const double ElasticitySpread = .12;

    public static Effect Of(Proposal move, Surroundings around) => move.Lever switch
    {
        Lever.Bid => OfBid(move, around.Now, around.Memory),
        Lever.DailyBudget => around.Share is { Curve: { } curve } share && share.Budget == move.From ? OfCurve(move, around, curve, share) : OfBudget(move, around.Now, around.Memory),
        Lever.Creative => OfAd(move, around.Now, around.Memory),
        _ => OfPause(around.Now, around.Memory),
    };

    private static Effect OfBid(Proposal move, Observation now, AgentMemory memory)
    {
        var word = ResultWord.Of(now.Campaign);
        if (now.Campaign.Spec.Bidding.TargetCpa is not { Amount: > 0 } target || move.From.Amount <= 0 || CostEstimate.From(now, target, move.From, memory) is not { Cost: > 0 } estimate)
            return Unknown($"what {word.Each} costs cannot be told");

        var bid = Math.Log((double)(move.To.Amount / move.From.Amount));
        var after = estimate.Cost * Math.Exp(bid * CostEstimate.BidElasticity);
        var spread = Math.Sqrt((1 / (Math.Max(0, estimate.Results) + CostEstimate.PriorResults)) + (bid * bid * ElasticitySpread * ElasticitySpread));
        var cost = $"{word.Each} costs about {Said(after)} (between {Said(after * Math.Exp(-Reach * spread))} and {Said(after * Math.Exp(Reach * spread))}) instead of about {Said(estimate.Cost)}";
        if (bid > 0 || !BidOptimizer.LivesOnItsBudget(now) || UsualDay.Of(now, memory) is not { Results: > 0 } usual)
            return new Effect($"{cost}; how many {(bid > 0 ? "more" : "fewer")} come depends on what others bid, which no figure of ours says");

        // It may also win too little to spend its budget: then the same number comes for less.
        var gain = usual.Results * (Math.Exp(-bid * CostEstimate.BidElasticity) - 1);
        var most = usual.Results * (Math.Exp(-bid * (CostEstimate.BidElasticity + (Reach * ElasticitySpread))) - 1) * Math.Exp(Reach * usual.Spread);
        return Known(word, 0, gain, most, usual.Results, $" for the same money, since {cost}");

        Money Said(double amount) => InMoney(amount, move.From.Currency);
    }

    private static Effect OfCurve(Proposal move, Surroundings around, ResponseCurve curve, BudgetShare share)
    {
        var word = ResultWord.Of(around.Now.Campaign);
        var gain = curve.Gain((double)move.From.Amount, (double)move.To.Amount);

        // Which shape it has is one question, and how high it is another.
        var wider = Math.Exp(Reach * Math.Sqrt(curve.Dispersion / Math.Max(1, (double)share.Results)));
        return Known(
            word, gain.Low < 0 ? gain.Low * wider : gain.Low / wider, gain.Middle, gain.High < 0 ? gain.High / wider : gain.High * wider,
            UsualDay.Of(around.Now, around.Memory)?.Results ?? curve.Results((double)move.From.Amount), $" for {Apart(move)}, by the curve of its own {Ages.Days(share.Days)}");
    }

    private static Effect OfBudget(Proposal move, Observation now, AgentMemory memory)
    {
        var word = ResultWord.Of(now.Campaign);
        if (UsualDay.Of(now, memory) is not { Spend: > 0 } usual || move.From.Amount <= 0)
            return Unknown($"fewer than {Ages.Days(UsualDay.Fewest)} at this budget are finished with their {word.Many}");

        if (usual.Results <= 0)
            return Unknown($"no {word.One} came on {Ages.Days(usual.Days)}, so that nobody can tell what other money brings");

        var (rate, wider) = (usual.Results / usual.Spend, Math.Exp(Reach * usual.Spread));
        var whole = Math.Abs((double)(move.To - move.From).Amount) * Math.Min(1, usual.Spend / (double)move.From.Amount);
        const string Assumed = "that the last money of a day brings between half and all of what the average does is assumed";
        if (move.Raises())
            return Known(word, whole * rate * LeastOfAverage / wider, whole * rate * MiddleOfAverage, whole * rate * wider, usual.Results, $" for {Apart(move)}; {Assumed}");

        // What is not spent anyway is not missed.
        var least = Math.Min(whole, Math.Max(0, usual.Spend - (double)move.To.Amount));
        return Known(word, -whole * rate * wider, -(whole + least) / 2 * rate * MiddleOfAverage, -least * rate * LeastOfAverage / wider, usual.Results, $" for {Apart(move)}; {Assumed}");
    }

    private static Effect OfAd(Proposal move, Observation now, AgentMemory memory)
    {
        var (word, name) = (ResultWord.Of(now.Campaign), move.Ad?.Id.Value);
        if (move.By == CreativeOptimizer.Fatigued)
        {
            return now.Reading is { } reading && memory.Clicks?.Tired(reading).FirstOrDefault(known => known.Name == name) is { } tired
                ? Replaced(ResultWord.Click, tired.Now, tired.OthersNow, tired.Days, null, $" when the {Math.Round(tired.Now.Tried / tired.Days).ToString("#,0", CultureInfo.InvariantCulture)} times a day that it was shown are clicked as the others' are{(move.Next is null ? "" : "; how the ad that takes its place does is not known")}")
                : Unknown("its clicks cannot be told");
        }

        return memory.Creatives?.Worst.FirstOrDefault(known => known.Name == name) is { } worst
            ? Replaced(word, worst.Own, worst.Others, worst.Days, UsualDay.Of(now, memory)?.Results, $" when its {InMoney(worst.Own.Tried / Math.Max(1, worst.Days), move.From.Currency)} a day bring what the others' money does")
            : Unknown("what it brought beside the others cannot be told");
    }

    /// <summary>What one ad was given brings what it does in the others.</summary>
    private static Effect Replaced(ResultWord word, Tally own, Tally others, int days, double? before, string tail)
    {
        if (own.Tried <= 0 || others.Tried <= 0 || days < 1)
            return Unknown("the ads cannot be compared");

        var given = own.Tried / days;
        var gain = given * (others.Rate - own.Rate);
        var reach = Reach * given * Math.Sqrt((Math.Max(1, own.Won) / (own.Tried * own.Tried)) + (Math.Max(1, others.Won) / (others.Tried * others.Tried)));
        return Known(word, gain - reach, gain, gain + reach, before, tail);
    }

    private static Effect OfPause(Observation now, AgentMemory memory)
    {
        if (UsualDay.Of(now, memory) is not { Spend: > 0 } usual)
            return Unknown("nothing of it is spent any more, and too few days are finished to say what it brought");

        var (word, wider) = (ResultWord.Of(now.Campaign), Math.Exp(Reach * usual.Spread));
        var saved = InMoney(usual.Spend, now.Account.Currency);
        return usual.Results <= 0
            ? new Effect($"{saved} a day less, and nothing that came for it")
            : Known(word, -usual.Results * wider, -usual.Results, -usual.Results / wider, usual.Results, $", and {saved} a day less spent");
    }

    private static double Reach => CostBelief.TenPercentPoint;

    private static Effect Unknown(string why) => new($"not known: {why}");

    private static Effect Known(ResultWord word, double low, double middle, double high, double? before, string tail)
    {
        if (!double.IsFinite(low + middle + high) || Math.Max(Math.Abs(low), Math.Abs(high)) > 1e9)
            return Unknown("its figures give no number");

        return new Effect($"about {EffectWords.Signed((decimal)middle)} {word.Many} a day (between {EffectWords.Signed((decimal)low)} and {EffectWords.Signed((decimal)high)}){tail}")
        {
            More = new Estimate((decimal)low, (decimal)middle, (decimal)high), Result = word, Before = before is { } known && double.IsFinite(known) ? (decimal)known : null,
        };
    }

    private static string Apart(Proposal move) => move.Raises() ? $"{move.To - move.From} a day more" : $"{move.From - move.To} a day less";

    private static Money InMoney(double amount, Currency currency) => currency.Of((decimal)Math.Clamp(double.IsFinite(amount) ? amount : 0, 0, 1e12)).Rounded();
}

internal static class EffectWords
{
    /// <summary>"+3.1", "-12", "0".</summary>
    public static string Signed(decimal count) => count.ToString(Math.Abs(count) >= 10 ? "+#,0;-#,0;0" : "+0.0;-0.0;0", CultureInfo.InvariantCulture);
}
