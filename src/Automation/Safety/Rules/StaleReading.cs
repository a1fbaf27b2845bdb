using System.Globalization;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Safety.Rules;

/// <summary>
/// The figures are too old to see what happens: no raises, and a stop when the worst case reaches the cap. Where the day's money is spent, or a
/// report stands still for no more than six hours and nothing ran too fast before, the worst case is that of the campaign's own last days.
/// </summary>
public sealed class StaleReading : ISafetyRule
{
    public RuleId Id { get; } = new("stale-reading");

    public SafetyVerdict Judge(Observation now)
    {
        if (now.State == DataState.Fresh)
            return new SafetyVerdict.Clear(Id);

        var age = Freshness.AgeOf(now) is { } old ? $"{old.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} min old" : "missing";
        var usual = $"{now.Profile.UsualReportAge.Value.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} min";
        var worst = Exposure.Judged(now);
        if (now.State != DataState.Late && worst >= now.Cap)
        {
            return new SafetyVerdict.Breach(Id, Remedy.PauseCampaign, new Evidence(
                "worst case of today", $"{worst}, with figures that are {age}", now.Cap.ToString()));
        }

        return now.State switch
        {
            DataState.Late => new SafetyVerdict.Warning(Id, new Evidence("age of the figures", age, usual)),
            DataState.Impossible => new SafetyVerdict.Breach(Id, Remedy.Alert, new Evidence(
                "figures that cannot be", $"{now.StateBecause ?? "the last ones are set aside"}; the last good ones count", "")),
            DataState.Stale => new SafetyVerdict.Unknown(Id, $"the figures are {age}, usual is {usual}; worst case of today {worst}"),
            _ => new SafetyVerdict.Unknown(Id, "there is no reading yet"),
        };
    }
}
