using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Safety.Rules;

/// <summary>One result almost surely costs more than 1.2 times the most that it may. The bid is cut, not the campaign stopped.</summary>
public sealed class CpaCeiling : ISafetyRule
{
    public RuleId Id { get; } = new("cpa-ceiling");

    public SafetyVerdict Judge(Observation now)
    {
        var word = ResultWord.Of(now.Campaign);
        if (now.Campaign.Spec.Automation.MaxCpa is not { Amount: > 0 } most)
            return new SafetyVerdict.NotWatching(Id, $"a maximum {word.CostWords} is set");

        if (now.ResultsUncounted)
            return new SafetyVerdict.Unknown(Id, "results are not being counted in this account");

        if (now.Reading is null)
            return new SafetyVerdict.Unknown(Id, "there is no reading yet");

        var seen = Timeline.Of(now);
        if (seen.IsEmpty)
            return new SafetyVerdict.NotWatching(Id, "a reading since the resume is in");

        if (seen.ResultsSince(DateTimeOffset.MinValue) is not { } results)
            return new SafetyVerdict.Unknown(Id, $"the network does not say how many {word.Many} there were");

        if (results < SafetyLimits.CpaCeilingLeastResults)
            return new SafetyVerdict.NotWatching(Id, $"{word.Counted(SafetyLimits.CpaCeilingLeastResults)} have come since {Since(seen, now)} ({results.ToString("0", CultureInfo.InvariantCulture)} so far)");

        var money = seen.Matured(DelayProfile.For(now.Campaign), seen.Last.At - SafetyLimits.ConversionHold, DateTimeOffset.MinValue);
        var limit = (double)most.Amount * SafetyLimits.CpaCeilingFactor;

        // One result more than seen is the cautious side: it makes the campaign look better, not worse.
        var sure = MathNet.Numerics.SpecialFunctions.GammaLowerRegularized(results + 1, money / limit);
        return sure <= SafetyLimits.CpaCeilingSureness
            ? new SafetyVerdict.Clear(Id)
            : new SafetyVerdict.Breach(Id, Remedy.ReduceBid, new Evidence(
                $"{word.CostWords} over {word.Counted((decimal)results)}",
                now.Account.Currency.Of((decimal)(money / results)).ToString(),
                $"{now.Account.Currency.Of((decimal)limit)} (1.2 × {most}), sure to {sure.ToString("P0", CultureInfo.InvariantCulture)}"));
    }

    /// <summary>Only what came after the first reading at hand, or after the last resume, is counted: its money is known too.</summary>
    private static string Since(Timeline seen, Observation now) => AccountTime.In(now.Account.Zone(), seen.First.At);
}
