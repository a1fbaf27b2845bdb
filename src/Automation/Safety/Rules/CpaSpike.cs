using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Safety.Rules;

/// <summary>One result suddenly costs more than three times what it did over the campaign's own past.</summary>
public sealed class CpaSpike : ISafetyRule
{
    public RuleId Id { get; } = new("cpa-spike");

    public SafetyVerdict Judge(Observation now)
    {
        var word = ResultWord.Of(now.Campaign);
        var past = now.Days.Where(day => day.Day < now.Today.Previous && word.In(day) is not null).ToList();
        var results = past.Sum(day => (double)word.In(day)!.Value);
        if (past.Count < SafetyLimits.CpaSpikeDays || results < SafetyLimits.CpaSpikeResults)
        {
            return new SafetyVerdict.NotWatching(
                Id, $"{SafetyLimits.CpaSpikeDays} days and {word.Counted(SafetyLimits.CpaSpikeResults)} are there to compare with ({past.Count} and {results.ToString("0", CultureInfo.InvariantCulture)} so far)");
        }

        if (now.Reading is null)
            return new SafetyVerdict.Unknown(Id, "there is no reading yet");

        var usual = past.Sum(day => (double)day.Spend.Amount) / results;
        var seen = Timeline.Of(now);
        if (seen.IsEmpty)
            return new SafetyVerdict.NotWatching(Id, "a reading since the resume is in");

        var from = seen.Last.At - SafetyLimits.CpaSpikeWindow;
        if (seen.ResultsSince(from) is not { } recent)
            return new SafetyVerdict.Unknown(Id, $"the network does not say how many {word.Many} there were");

        // Results of the window come from money of the window and, late, from money before it; only the first is counted.
        var money = seen.Matured(DelayProfile.For(now.Campaign), seen.Last.At - SafetyLimits.ConversionHold, from);
        var sure = MathNet.Numerics.SpecialFunctions.GammaLowerRegularized(
            SafetyLimits.CpaSpikePrior + recent, (SafetyLimits.CpaSpikePrior + (money / usual)) / SafetyLimits.CpaSpikeFactor);

        return sure <= SafetyLimits.CpaSpikeSureness
            ? new SafetyVerdict.Clear(Id)
            : new SafetyVerdict.Breach(Id, Remedy.PauseCampaign, new Evidence(
                $"{word.Many} of 24 h",
                $"{recent.ToString("0", CultureInfo.InvariantCulture)} where {(money / usual).ToString("0", CultureInfo.InvariantCulture)} are usual",
                $"3× the usual {now.Account.Currency.Of((decimal)usual)} per {word.One}"));
    }
}
