using System.Globalization;
using ChatOpsCampaigns.Automation.Hours;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Observing.Ordinary;
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

        LastDays? own = null;
        foreach (var (window, ratio) in windows)
        {
            if (window <= seen.Span && Find(now, seen, window, (ratio, window == windows[^1].Window), ref own) is { } breach)
                return breach;
        }

        return new SafetyVerdict.Clear(Id);
    }

    private SafetyVerdict.Breach? Find(Observation now, Timeline seen, TimeSpan window, (double Ratio, bool IsLongest) wanted, ref LastDays? own)
    {
        var (from, to) = (seen.Last.At - window, seen.Last.At);
        var observed = seen.Last.Spend - seen.SpendAt(from);
        var cap = (double)now.Cap.Amount;
        if (observed <= cap * SafetyLimits.AccelerationLeastOfCap)
            return null;

        own ??= LastDays.Of(now, BudgetOf(now), BehindOf(now));
        var (usual, widened) = Expected(now, from, to, own);
        var slack = cap * SafetyLimits.AccelerationSlackOfCap;
        var allowed = (wanted.Ratio * (widened + slack)) - slack;
        if (observed <= allowed)
            return null;

        var dayEnd = now.Today.End(now.Account.Zone());
        var soFar = (double)(now.HighestSpendToday?.Amount ?? 0);
        var atThisSpeed = observed / window.TotalHours * HoursOf(now).OpenBetween(to, dayEnd).TotalHours;

        // A day that runs several times too fast in its quiet hours will in its busy ones; just after midnight the evening before says little of the day.
        var asUsual = widened > 0 ? observed / widened * Rest(now, to, dayEnd, own) : atThisSpeed;

        // One that spends its money early every day may run twice as fast for two hours without ending higher: its own days say what is still to come.
        var isToday = from >= now.Today.Start(now.Account.Zone());
        var toCome = !isToday ? Math.Min(atThisSpeed, asUsual) : wanted.IsLongest && own.Reaches(from) && own.EndsEarly(dayEnd) ? asUsual : Math.Max(atThisSpeed, asUsual);
        var projected = soFar + toCome;
        if (projected <= cap * SafetyLimits.AccelerationProjectedCaps)
            return null;

        var minutes = window.TotalMinutes.ToString("0", CultureInfo.InvariantCulture);
        return new SafetyVerdict.Breach(Id, Remedy.PauseCampaign, new Evidence(
            $"spend in {minutes} min",
            $"{Of(observed)}, usual for that time is about {Of(usual)}; the day would end at {Of(projected)}",
            $"{Of(allowed)} in that time, and {Of(cap * SafetyLimits.AccelerationProjectedCaps)} for the day"));

        Money Of(double amount) => now.Account.Currency.Of(Math.Round((decimal)amount));
    }

    /// <summary>Figures without an as-of time tell of a while before they were seen.</summary>
    private static TimeSpan BehindOf(Observation now) =>
        now.Reading!.DataAsOf is null ? now.Profile.UsualReportAge.Value * SafetyLimits.ShareOfAgeBehind : TimeSpan.Zero;

    /// <summary>A budget above the cap is a mistake, and a mistake must not be what is expected.</summary>
    private static double BudgetOf(Observation now) => (double)Money.Min(now.Campaign.DailyBudget, now.Cap).Amount;

    /// <summary>What that time usually spends, and the same widened by all that may be usual too.</summary>
    private static (double Usual, double Widened) Expected(Observation now, DateTimeOffset from, DateTimeOffset to, LastDays own)
    {
        var behind = BehindOf(now);
        (from, to) = (from - behind, to - behind);
        if (own.Reaches(from))
            return own.Between(from, to, BudgetOf(now), FloorOfPeak, now.Today.Start(now.Account.Zone()));

        var daily = BudgetOf(now) / DiurnalCurve.ShareOf(now.Campaign.Spec.Schedule.Hours);
        return (
            daily * DiurnalCurve.Share(from, to, now.Account.Zone(), 0),
            daily * DiurnalCurve.Share(from, to, now.Account.Zone(), DiurnalCurve.Peak * FloorOfPeak) * SafetyLimits.UnlearnedWidening);
    }

    /// <summary>What the rest of the day usually spends.</summary>
    private static double Rest(Observation now, DateTimeOffset from, DateTimeOffset dayEnd, LastDays own) => own.Reaches(from)
        ? own.Mean(from, dayEnd)
        : BudgetOf(now) * DiurnalCurve.Share(from, dayEnd, now.Account.Zone(), 0) / DiurnalCurve.ShareOf(now.Campaign.Spec.Schedule.Hours);

    private static OpenHours HoursOf(Observation now) => new(now.Campaign.Spec.Schedule.Hours, now.Account.Zone());

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
