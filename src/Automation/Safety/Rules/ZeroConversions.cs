using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Safety.Rules;

/// <summary>So many results should have come since the last one that chance alone does not explain their absence.</summary>
public sealed class ZeroConversions : ISafetyRule
{
    public RuleId Id { get; } = new("zero-conversions");

    public SafetyVerdict Judge(Observation now)
    {
        var word = ResultWord.Of(now.Campaign);
        if ((now.Campaign.Spec.Bidding.TargetCpa ?? now.Campaign.Spec.Automation.MaxCpa) is not { Amount: > 0 } target)
            return new SafetyVerdict.NotWatching(Id, $"a target {word.CostWords} is set");

        if (now.Reading is null)
            return new SafetyVerdict.Unknown(Id, "there is no reading yet");

        var seen = Timeline.Of(now);
        if (seen.Points.Any(point => point.Results is null))
            return new SafetyVerdict.Unknown(Id, $"the network does not say how many {word.Many} there were");

        if (seen.Points.Count < 2)
            return new SafetyVerdict.NotWatching(Id, "a second reading is in");

        var cpa = (double)target.Amount;
        var perDay = (double)now.Campaign.DailyBudget.Amount / cpa;
        var limit = Math.Max(SafetyLimits.ZeroConversionLeast, Math.Log(perDay / SafetyLimits.ZeroConversionChance));
        var last = seen.LastResultAt();
        var expected = Expected(now, seen, last) / cpa;

        return expected < limit
            ? new SafetyVerdict.Clear(Id)
            : new SafetyVerdict.Breach(Id, Remedy.PauseCampaign, new Evidence(
                $"{word.Many} since {AccountTime.In(now.Account.Zone(), last)}",
                $"0 of {expected.ToString("0.0", CultureInfo.InvariantCulture)} expected at {target} each",
                $"{limit.ToString("0.0", CultureInfo.InvariantCulture)} expected"));
    }

    /// <summary>Money whose results should have been reported between the last one and now.</summary>
    private static double Expected(Observation now, Timeline seen, DateTimeOffset last)
    {
        var delays = DelayProfile.For(now.Campaign);
        var hold = SafetyLimits.ConversionHold + (now.Reading!.DataAsOf is null ? now.Profile.UsualReportAge.Value : TimeSpan.Zero);
        var knownAt = seen.Last.At - hold;
        return knownAt <= last
            ? 0
            : seen.Matured(delays, knownAt, DateTimeOffset.MinValue) - seen.Matured(delays, last, DateTimeOffset.MinValue);
    }
}
