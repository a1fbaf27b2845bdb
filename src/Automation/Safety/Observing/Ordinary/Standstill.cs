using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Observing.Ordinary;

/// <summary>
/// A campaign whose money of the day is spent shows the same figures until midnight, and its last change looks old. What may have gone out since is
/// then not a rate times that age: its network holds no more budget, and on its own last days nothing came in these hours either. Whatever
/// speaks against that leaves the wider worst case: figures of which the network says itself that they are old, a budget at the network above
/// ours, and any stretch, as far as it was seen, that ran faster than on those days.
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
        if (now is not { State: DataState.Stale, Reading: { DataAsOf: null } reading } || !StoodStillWhileSeen(now, reading) || !IsSpent(now, reading))
            return null;

        var past = Timeline.Of(now, sinceResume: false);
        if (past.IsEmpty || OwnDays(now, past) is not { Count: >= SafetyLimits.FewestUsualDays } days || RanFaster(now, past, days))
            return null;

        var (most, until, dayEnd) = (0.0, now.Now + Margin, now.Today.End(now.Account.Zone()));
        foreach (var back in days)
            most = Math.Max(most, past.SpendAt((until < dayEnd ? until : dayEnd) - back) - past.SpendAt(past.Last.At - back));

        // Hours in which such a day still brought much are no quiet ones.
        if (most > (double)(now.Campaign.DailyBudget.Amount * SafetyLimits.QuietShareOfBudget))
            return null;

        return (now.HighestSpendToday!.Value + now.Account.Currency.Of((decimal)(most * SafetyLimits.WorstRateFactor))).Rounded();
    }

    /// <summary>The network answered with these figures for longer than it usually takes to renew them; while it does not answer, until it stopped to.</summary>
    private static bool StoodStillWhileSeen(Observation now, PerformanceReading reading) =>
        (now.FailuresInARow > 0 ? now.UnseenSince : now.Now) is { } seen && seen - reading.ReadAt > now.Profile.UsualReportAge.Value;

    private static bool IsSpent(Observation now, PerformanceReading reading) =>
        now.Campaign.LifetimeBudget is null && reading.Settings.DailyBudget is { Amount: > 0 } budget && budget <= now.Campaign.DailyBudget
        && now.HighestSpendToday >= budget * SafetyLimits.SpentShareOfBudget;

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
