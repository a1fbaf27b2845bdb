using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Observing;

/// <summary>
/// The most that a campaign spends on one day of its account: the limit at which the monitor stops it, and what a runaway spends until a report
/// shows that the limit is reached. However often it is stopped and resumed in between, the limit is where it ends. Only a pause that its network
/// does not carry out goes beyond, and people are told of that.
/// </summary>
/// <param name="Most">By the end of the account's day.</param>
/// <param name="Already">What may be spent of it by now; null for a plan.</param>
/// <param name="Network">The most that the network says it spends on a day, which a runaway passes; null where it says nothing: a budget for the whole time.</param>
/// <param name="Cap">Where the monitor stops it.</param>
/// <param name="Assumed">What the network may spend is published nowhere.</param>
/// <param name="Late">How long spend runs on unseen.</param>
/// <param name="Unseen">What a runaway spends in that time.</param>
public sealed record WorstDay(Money Most, Money? Already, Money? Network, bool Assumed, Money Cap, TimeSpan Late, Money Unseen)
{
    private static readonly TimeSpan WholeDay = TimeSpan.FromDays(1);

    /// <summary>The limit is not what bounds it: so little of the day is left that not even a runaway reaches it.</summary>
    public bool EndsBelowCap => Most < Cap;

    /// <summary>Today. Null when nothing is known.</summary>
    public static WorstDay? Of(Observation now)
    {
        if (Exposure.Of(now) is not { } already)
            return null;

        var late = Later(Freshness.AgeOf(now) ?? TimeSpan.Zero, now.Profile.UsualReportAge.Value) + SafetyLimits.LongestBetweenPasses;
        return IsOverForToday(now) ? Planned(now, late) with { Most = already, Already = already } : Today(now, already, late);
    }

    /// <summary>Today, when what stands still runs again from now on. Null when nothing is known.</summary>
    public static WorstDay? IfResumed(Observation now) => Exposure.Of(now) is { } already
        ? Today(now, already, now.Profile.UsualReportAge.Value + SafetyLimits.LongestBetweenPasses)
        : null;

    /// <summary>Any day of a campaign that does not run yet.</summary>
    /// <param name="hours">The only hours in which it runs; none are all.</param>
    public static WorstDay Planned(NetworkProfile profile, Money daily, Money cap, bool lifetime, IReadOnlyCollection<int> hours)
    {
        var late = profile.UsualReportAge.Value + SafetyLimits.LongestBetweenPasses;
        var unseen = Runaway(daily, hours, late).Rounded();
        return new WorstDay(
            cap + unseen, null, lifetime ? null : (daily * profile.MaxDayFactor.Value).Rounded(), profile.MaxDayFactor.Assumed, cap, late, unseen);
    }

    private static WorstDay Today(Observation now, Money already, TimeSpan late)
    {
        var planned = Planned(now, late);
        var left = Unreported(now, now.Today.End(now.Account.Zone()) - now.Now);
        var most = Money.Min(Money.Max(now.Cap, already) + planned.Unseen, already + left).Rounded();
        return planned with { Most = most, Already = already };
    }

    private static WorstDay Planned(Observation now, TimeSpan late)
    {
        var unseen = Unreported(now, late).Rounded();
        return Planned(now.Profile, now.Campaign.DailyBudget, now.Cap, now.Campaign.LifetimeBudget is not null, now.Campaign.Spec.Schedule.Hours) with { Late = late, Unseen = unseen };
    }

    /// <summary>What a runaway spends in a time, or what was seen today goes on as it did, whichever is more.</summary>
    private static Money Unreported(Observation now, TimeSpan time)
    {
        var runaway = Runaway(now.Campaign.DailyBudget, now.Campaign.Spec.Schedule.Hours, time);
        var seen = Timeline.Of(now, sinceResume: false);
        return seen.Span < SafetyLimits.LeastData ? runaway : Money.Max(
            runaway, now.Account.Currency.Of((decimal)(seen.RatePerHour(SafetyLimits.RecentRateWindow) * SafetyLimits.WorstRateFactor * Math.Max(0, time.TotalHours))));
    }

    /// <summary>Ten times as fast as front-loaded delivery in the day's busiest hour; in a whole day ten times a day's money.</summary>
    private static Money Runaway(Money daily, IReadOnlyCollection<int> hours, TimeSpan time)
    {
        var fastest = DiurnalCurve.Peak * SafetyLimits.UnlearnedWidening / DiurnalCurve.ShareOf(hours);
        return daily * (decimal)(SafetyLimits.RunawayFactor * Math.Min(1, Math.Max(0, time / WholeDay) * fastest));
    }

    /// <summary>It stands still at its network, or begins on another day.</summary>
    private static bool IsOverForToday(Observation now) =>
        (now.FailuresInARow == 0 && now.Reading?.Settings.Status is NetworkStatus.Paused or NetworkStatus.Rejected or NetworkStatus.Ended or NetworkStatus.Archived
            && now.Campaign.Status != CampaignStatus.Resting)
        || (now.Campaign.Spec.Schedule.Start is { } start && start >= now.Today.End(now.Account.Zone()));

    private static TimeSpan Later(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
