using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Observing;

/// <summary>
/// The most that a campaign spends on one day of its account until the monitor has stopped it: what is spent already, what its network may spend
/// on a day, and the limit with what runs on until the limit is seen in a report and the pause works.
/// </summary>
/// <param name="Most">By the end of the account's day.</param>
/// <param name="Already">What may be spent of it by now; null for a plan.</param>
/// <param name="Network">The most that the network says it spends on a day; null where it says nothing: a budget for the whole time.</param>
/// <param name="Cap">Where the monitor stops it.</param>
/// <param name="Assumed">What the network may spend is published nowhere.</param>
/// <param name="Late">How long spend runs on unseen.</param>
public sealed record WorstDay(Money Most, Money? Already, Money? Network, bool Assumed, Money Cap, TimeSpan Late)
{
    private const double HoursADay = 24;

    /// <summary>Today. Null when nothing is known.</summary>
    public static WorstDay? Of(Observation now)
    {
        if (Exposure.Of(now) is not { } already)
            return null;

        var late = Later(Freshness.AgeOf(now) ?? TimeSpan.Zero, now.Profile.UsualReportAge.Value) + SafetyLimits.LongestBetweenPasses;
        var planned = Planned(now.Profile, now.Campaign.DailyBudget, now.Cap, now.Campaign.LifetimeBudget is not null, late, Timeline.Of(now).RatePerHour(SafetyLimits.RecentRateWindow));
        if (IsOverForToday(now))
            return planned with { Most = already, Already = already };

        // A network that has passed its own word keeps it no longer.
        var most = planned.Network is { } word && already > word ? planned.Stopped : planned.Most;
        return planned with { Most = Money.Max(already, most), Already = already };
    }

    /// <summary>Any day of a campaign that does not run yet.</summary>
    public static WorstDay Planned(NetworkProfile profile, Money daily, Money cap, bool lifetime) =>
        Planned(profile, daily, cap, lifetime, profile.UsualReportAge.Value + SafetyLimits.LongestBetweenPasses, 0);

    private Money Stopped { get; init; } = Most;

    private static WorstDay Planned(NetworkProfile profile, Money daily, Money cap, bool lifetime, TimeSpan late, double ratePerHour)
    {
        var fullDay = daily * profile.MaxDayFactor.Value;
        var rate = Math.Max(ratePerHour, (double)fullDay.Amount / HoursADay) * SafetyLimits.WorstRateFactor;
        var stopped = (cap + cap.Currency.Of((decimal)(rate * late.TotalHours))).Rounded();
        var network = lifetime ? (Money?)null : fullDay.Rounded();
        return new WorstDay(network is { } word && word < stopped ? word : stopped, null, network, profile.MaxDayFactor.Assumed, cap, late) { Stopped = stopped };
    }

    /// <summary>It stands still at its network, or begins on another day.</summary>
    private static bool IsOverForToday(Observation now) =>
        (now.FailuresInARow == 0 && now.Reading?.Settings.Status is NetworkStatus.Paused or NetworkStatus.Rejected or NetworkStatus.Ended or NetworkStatus.Archived
            && now.Campaign.Status != CampaignStatus.Resting)
        || (now.Campaign.Spec.Schedule.Start is { } start && start >= now.Today.End(now.Account.Zone()));

    private static TimeSpan Later(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
