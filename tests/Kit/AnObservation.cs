using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

/// <summary>Observations of one campaign at a fixed noon.</summary>
public static class AnObservation
{
    /// <summary>A fresh one: today's figures, and finished days that are all alike.</summary>
    public static Observation Of(
        Campaign campaign, decimal spendToday, decimal? resultsToday, int days = 0, decimal spendADay = 0, decimal resultsADay = 0,
        DateTimeOffset? at = null, decimal? revenueADay = null)
    {
        var now = at ?? A.Noon;
        var account = A.Account();
        var today = account.DayAt(now);
        var finished = Enumerable.Range(1, days).Select(back => new DayFigures(
            new AccountDay(today.Date.AddDays(-back)), A.Usd(spendADay), 10_000, 1_000, resultsADay, revenueADay is { } revenue ? A.Usd(revenue) : null));
        var reading = new PerformanceReading(
            A.AtNetwork(campaign), now, now, new DayFigures(today, A.Usd(spendToday), 5_000, 500, resultsToday, null), null, []);

        return new Observation(
            campaign, account, A.Profile(), now, DataState.Fresh, reading, [], [.. finished.Reverse()], 0, null);
    }
}
