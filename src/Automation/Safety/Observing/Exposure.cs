using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Observing;

/// <summary>The most that may be spent by now although nobody reported it yet.</summary>
public static class Exposure
{
    /// <summary>Worst case of today: the last reported spend and the worst rate over the time since. Null when nothing is known.</summary>
    public static Money? Of(Observation now)
    {
        var currency = now.Account.Currency;
        var zone = now.Account.Zone();
        var dayStart = now.Today.Start(zone);
        if (now.Campaign.Status == CampaignStatus.Resting)
            return now.HighestSpendToday ?? currency.Zero;

        if (now.Reading is not { } reading)
            return now.Campaign.LaunchedAt is { } launched ? Expected(now, Later(launched, dayStart), currency.Zero) : null;

        var reported = now.HighestSpendToday ?? currency.Zero;
        if (now.FailuresInARow == 0 && reading.Settings.Status is not (NetworkStatus.Active or NetworkStatus.Unknown))
            return reported;

        var from = Later(Freshness.AsOf(reading), dayStart);
        var seen = currency.Of((decimal)(Timeline.Of(now).RatePerHour(SafetyLimits.RecentRateWindow) * Math.Max(0, (now.Now - from).TotalHours) * SafetyLimits.WorstRateFactor));
        return Money.Max(reported + seen, Expected(now, from, reported)).Rounded();
    }

    /// <summary>
    /// The same of a campaign that ran as on its own last days, two or three, when it was seen last: the most that it spent in the same hours of one
    /// of them, times the worst factor. Null when it ran faster than then, or when they are not there: nothing is usual about it.
    /// </summary>
    public static Money? AsUsual(Observation now)
    {
        if (now.Reading is not { } reading || now.State != DataState.Stale)
            return null;

        var past = Timeline.Of(now, sinceResume: false);
        var margin = SafetyLimits.UsualMargin;
        var behind = reading.DataAsOf is null ? now.Profile.UsualReportAge.Value * SafetyLimits.ShareOfAgeBehind : TimeSpan.Zero;
        var from = Later(Freshness.AsOf(reading) - behind, now.Today.Start(now.Account.Zone()));
        var hour = SafetyLimits.RecentRateWindow;
        var seen = Enumerable.Range(1, SafetyLimits.OwnDays).Select(day => TimeSpan.FromDays(day)).Where(back => !past.IsEmpty && past.First.At <= from - back - hour - margin).ToList();
        if (now.Days.Length < SafetyLimits.OwnDays || seen.Count < SafetyLimits.FewestUsualDays)
            return null;

        var (most, mostBefore, total) = (0.0, 0.0, 0.0);
        foreach (var back in seen)
        {
            most = Math.Max(most, past.SpendAt(now.Now - back + margin) - past.SpendAt(from - back - margin));
            mostBefore = Math.Max(mostBefore, past.SpendAt(past.Last.At - back + margin) - past.SpendAt(past.Last.At - back - hour - margin));
            total += past.SpendAt(past.Last.At - back + TimeSpan.FromDays(1)) - past.SpendAt(past.Last.At - back);
        }

        var slack = (double)now.Cap.Amount * SafetyLimits.AccelerationSlackOfCap;
        if (past.RatePerHour(hour) * hour.TotalHours > (mostBefore * SafetyLimits.WorstRateFactor) + slack)
            return null;

        var budget = (double)Money.Min(now.Campaign.DailyBudget, now.Cap).Amount;
        var grown = total <= 0 ? SafetyLimits.UnlearnedWidening : Math.Clamp(budget * seen.Count / total, 1, SafetyLimits.UnlearnedWidening);
        return ((now.HighestSpendToday ?? now.Account.Currency.Zero) + now.Account.Currency.Of((decimal)(most * grown * SafetyLimits.WorstRateFactor))).Rounded();
    }

    /// <summary>What the network would usually spend meanwhile, times the worst factor.</summary>
    private static Money Expected(Observation now, DateTimeOffset from, Money reported)
    {
        if (now.Now <= from)
            return reported;

        var share = DiurnalCurve.Share(from, now.Now, now.Account.Zone(), 0) * SafetyLimits.WorstRateFactor;
        return reported + (now.Campaign.DailyBudget * (decimal)share);
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
