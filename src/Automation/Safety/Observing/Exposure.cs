using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing.Ordinary;
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

    /// <summary>What a stop for old or missing figures is judged by: the worst case, or what the campaign's own days say where nothing speaks against them.</summary>
    public static Money? Judged(Observation now) => Of(now) is not { } worst ? null : worst >= now.Cap && Standstill.MostOf(now) is { } ordinary ? Money.Min(worst, ordinary) : worst;

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
