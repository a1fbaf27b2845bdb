using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Observing.Ordinary;

/// <summary>
/// A campaign whose money of the day is spent shows the same figures until midnight, and its last change looks old; a report that stands still for some
/// hours, or cannot be read, looks alike. What may have gone out since is then not the last rate times that age, but what its own last days brought from
/// here on, as much more of it as today ran ahead of them unless those were quiet hours, and half as much again. Whatever speaks against that leaves the wider worst case: figures of
/// which the network says itself that they are old, a budget at the network above ours, any stretch, as far as it was seen, that ran faster than on
/// those days, and figures that stand still for long although there is money left.
/// </summary>
internal static class Standstill
{
    /// <summary>Own days are looked at so much later than today's hours, and that much earlier: a day with more to spend is quiet later.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(90);
    private static readonly TimeSpan Earlier = TimeSpan.FromHours(4);

    private static readonly TimeSpan Shift = TimeSpan.FromMinutes(15);

    /// <summary>The most that may have been spent today; null where nothing explains why the figures stand still.</summary>
    public static Money? MostOf(Observation now)
    {
        if (now is not { State: DataState.Stale, Reading: { DataAsOf: null } reading, HighestSpendToday: { } reported } || !HoldsOurBudget(now, reading))
            return null;

        var isSpent = StoodStillWhileSeen(now, reading) && IsSpent(reading, reported);
        if (!isSpent && now.Now - reading.ReadAt > SafetyLimits.LongestStandstill)
            return null;

        var past = Timeline.Of(now, sinceResume: false);
        if (past.IsEmpty || OwnDays(now, past) is not { Count: >= SafetyLimits.FewestUsualDays } days || RanFaster(now, past, days))
            return null;

        var (midnight, dayEnd, until) = (now.Today.Start(now.Account.Zone()), now.Today.End(now.Account.Zone()), now.Now + Margin);
        var (most, ahead, soFar) = (0.0, 1.0, (double)reported.Amount);
        foreach (var back in days)
        {
            var (before, by) = (past.SpendAt(midnight - back), past.SpendAt((until < dayEnd ? until : dayEnd) - back));
            var then = past.SpendAt(past.Last.At - back) - before;

            // A day with money left that was slower than that one may still catch up with it.
            most = Math.Max(most, by - before - (isSpent ? then : Math.Min(then, soFar)));
            ahead = then > 0 ? Math.Max(ahead, soFar / then) : double.PositiveInfinity;
        }

        var isQuiet = isSpent && most <= (double)(now.Campaign.DailyBudget.Amount * SafetyLimits.QuietShareOfBudget);
        var unseen = most * (isQuiet ? 1 : ahead) * SafetyLimits.WorstRateFactor;
        return double.IsFinite(unseen) && unseen < (double)now.Cap.Amount ? (reported + now.Account.Currency.Of((decimal)unseen)).Rounded() : null;
    }

    /// <summary>The network answered with these figures for longer than it usually takes to renew them; while it does not answer, until it stopped to.</summary>
    private static bool StoodStillWhileSeen(Observation now, PerformanceReading reading) =>
        (now.FailuresInARow > 0 ? now.UnseenSince : now.Now) is { } seen && seen - reading.ReadAt > now.Profile.UsualReportAge.Value;

    private static bool HoldsOurBudget(Observation now, PerformanceReading reading) =>
        now.Campaign.LifetimeBudget is null && reading.Settings.DailyBudget is { Amount: > 0 } budget && budget <= now.Campaign.DailyBudget;

    private static bool IsSpent(PerformanceReading reading, Money reported) =>
        reported >= reading.Settings.DailyBudget * SafetyLimits.SpentShareOfBudget;

    /// <summary>How far back those of the last three days lie that were seen from midnight on and spent their money too: one that was stopped is quiet for another reason.</summary>
    private static List<TimeSpan> OwnDays(Observation now, Timeline past)
    {
        var days = new List<TimeSpan>(SafetyLimits.OwnDays);
        var midnight = now.Today.Start(now.Account.Zone());
        var spent = (double)(now.Campaign.DailyBudget.Amount * SafetyLimits.SpentShareOfBudget);
        for (var day = 1; day <= SafetyLimits.OwnDays; day++)
        {
            var back = TimeSpan.FromDays(day);
            var from = midnight - back;
            if (past.First.At <= from && past.SpendAt(from + TimeSpan.FromDays(1)) - past.SpendAt(from) >= spent)
                days.Add(back);
        }

        return days;
    }

    /// <summary>Some stretch that ends with the newest figures brought more than half as much again as the busiest such stretch of those days at about that time.</summary>
    private static bool RanFaster(Observation now, Timeline past, List<TimeSpan> days)
    {
        var last = past.Last.At;
        var (newest, jump) = past.Points.Count > 1 ? (last - past.Points[^2].At, past.Last.Spend - past.Points[^2].Spend) : (TimeSpan.Zero, 0);
        var report = now.Profile.UsualReportAge.Value > SafetyLimits.LeastData ? now.Profile.UsualReportAge.Value : SafetyLimits.LeastData;
        ReadOnlySpan<TimeSpan> stretches =
        [
            newest < SafetyLimits.LeastData ? SafetyLimits.LeastData : newest < report ? newest : report, TimeSpan.FromHours(1), TimeSpan.FromHours(2), last - now.Today.Start(now.Account.Zone()),
        ];
        foreach (var stretch in stretches)
        {
            var usual = 0.0;
            foreach (var back in days)
            {
                for (var shift = -Earlier; shift <= Margin; shift += Shift)
                    usual = Math.Max(usual, past.SpendAt(last - back + shift) - past.SpendAt(last - back + shift - stretch));
            }

            // What came at once after figures that had stood still may all have gone out since the report before.
            var gained = stretch >= report && stretch < newest ? jump : past.Last.Spend - past.SpendAt(last - stretch);
            if (gained > usual * SafetyLimits.WorstRateFactor)
                return true;
        }

        return false;
    }
}
