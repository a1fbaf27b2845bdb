using System.Globalization;
using ChatOpsCampaigns.Automation.Hours;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Rules;

/// <summary>
/// Money runs several times faster than it should at this hour, and the day would end far above the cap. What it should is the
/// campaign's own last days; until there are three, the market's curve widened for front-loaded delivery.
/// </summary>
public sealed class SpendAcceleration : ISafetyRule
{
    /// <summary>The floor of the expectation: half of the day's peak.</summary>
    private const double FloorOfPeak = 0.5;

    /// <summary>Where the network gives no as-of time, its figures are about this share of the usual age behind.</summary>
    private const double ShareOfAgeBehind = 0.4;

    public RuleId Id { get; } = new("spend-acceleration");

    public SafetyVerdict Judge(Observation now)
    {
        if (now.Reading is null)
            return new SafetyVerdict.Unknown(Id, "there is no reading yet");

        var seen = Timeline.Of(now);
        if (seen.Span < SafetyLimits.LeastData)
            return new SafetyVerdict.NotWatching(Id, "15 minutes of figures are in");

        var shortest = Longer(SafetyLimits.LeastData, now.Profile.UsualReportAge.Value * 1.5);
        ReadOnlySpan<(TimeSpan Window, double Ratio)> windows =
        [
            (shortest < seen.Span ? shortest : seen.Span, SafetyLimits.AccelerationRatio),
            (Longer(shortest, TimeSpan.FromHours(1)), SafetyLimits.AccelerationRatio * SafetyLimits.HourShare),
            (Longer(shortest, TimeSpan.FromHours(2)), SafetyLimits.AccelerationRatio * SafetyLimits.TwoHourShare),
        ];

        foreach (var (window, ratio) in windows)
        {
            if (window <= seen.Span && Find(now, seen, window, ratio) is { } breach)
                return breach;
        }

        return new SafetyVerdict.Clear(Id);
    }

    private SafetyVerdict.Breach? Find(Observation now, Timeline seen, TimeSpan window, double ratio)
    {
        var (from, to) = (seen.Last.At - window, seen.Last.At);
        var observed = seen.Last.Spend - seen.SpendAt(from);
        var cap = (double)now.Cap.Amount;
        if (observed <= cap * SafetyLimits.AccelerationLeastOfCap)
            return null;

        var (usual, widened) = Expected(now, from, to);
        var slack = cap * SafetyLimits.AccelerationSlackOfCap;
        var allowed = (ratio * (widened + slack)) - slack;
        if (observed <= allowed)
            return null;

        var dayEnd = now.Today.End(now.Account.Zone());
        var soFar = (double)(now.HighestSpendToday?.Amount ?? 0);
        var projected = soFar + (observed / window.TotalHours * HoursOf(now).OpenBetween(to, dayEnd).TotalHours);
        if (projected <= cap * SafetyLimits.AccelerationProjectedCaps)
            return null;

        var minutes = window.TotalMinutes.ToString("0", CultureInfo.InvariantCulture);
        return new SafetyVerdict.Breach(Id, Remedy.PauseCampaign, new Evidence(
            $"spend in {minutes} min",
            $"{Of(observed)}, usual for that time is about {Of(usual)}; the day would end at {Of(projected)}",
            $"{Of(allowed)} in that time, and {Of(cap * SafetyLimits.AccelerationProjectedCaps)} for the day"));

        Money Of(double amount) => now.Account.Currency.Of(Math.Round((decimal)amount));
    }

    /// <summary>What that time usually spends, and the same widened by all that may be usual too.</summary>
    private static (double Usual, double Widened) Expected(Observation now, DateTimeOffset from, DateTimeOffset to)
    {
        if (now.Reading!.DataAsOf is null)
        {
            var behind = now.Profile.UsualReportAge.Value * ShareOfAgeBehind;
            (from, to) = (from - behind, to - behind);
        }

        // A budget above the cap is a mistake, and a mistake must not be what is expected.
        var budget = (double)Money.Min(now.Campaign.DailyBudget, now.Cap).Amount;
        if (OwnShape(now, from, to, budget) is { } own)
            return own;

        var daily = budget / DiurnalCurve.ShareOf(now.Campaign.Spec.Schedule.Hours);
        return (
            daily * DiurnalCurve.Share(from, to, now.Account.Zone(), 0),
            daily * DiurnalCurve.Share(from, to, now.Account.Zone(), DiurnalCurve.Peak * FloorOfPeak) * SafetyLimits.UnlearnedWidening);
    }

    private static OpenHours HoursOf(Observation now) => new(now.Campaign.Spec.Schedule.Hours, now.Account.Zone());

    /// <summary>The mean of the same hours of the last three days, half an hour wider at both ends; null when they are not there.</summary>
    private static (double Usual, double Widened)? OwnShape(Observation now, DateTimeOffset from, DateTimeOffset to, double budget)
    {
        var past = Timeline.Of(now, sinceResume: false);
        var margin = TimeSpan.FromMinutes(30);
        if (now.Days.Length < SafetyLimits.OwnDays || past.IsEmpty || past.First.At > from - TimeSpan.FromDays(SafetyLimits.OwnDays) - margin)
            return null;

        var wide = (to - from) + (margin * 2);
        double sum = 0, peak = 0, total = 0;
        for (var day = 1; day <= SafetyLimits.OwnDays; day++)
        {
            var back = TimeSpan.FromDays(day);
            sum += past.SpendAt(to + margin - back) - past.SpendAt(from - margin - back);
            total += past.SpendAt(to - back + TimeSpan.FromDays(1)) - past.SpendAt(to - back);
            for (var hour = 0; hour < 24; hour++)
            {
                var at = to - back - TimeSpan.FromHours(hour);
                peak = Math.Max(peak, past.SpendAt(at) - past.SpendAt(at - TimeSpan.FromHours(1)));
            }
        }

        var share = (to - from) / wide;
        var mean = total / SafetyLimits.OwnDays;
        var grown = mean <= 0 ? SafetyLimits.UnlearnedWidening : Math.Clamp(budget / mean, 1, SafetyLimits.UnlearnedWidening);
        var usual = sum / SafetyLimits.OwnDays * share;
        return (usual, Math.Max(usual, peak * FloorOfPeak * (to - from).TotalHours) * grown);
    }

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
