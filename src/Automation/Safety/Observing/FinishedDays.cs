using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Observing;

/// <summary>Days that are over, brought money out, and whose results are known and mostly in.</summary>
public static class FinishedDays
{
    /// <param name="leastKnown">Share of a day's results that can be known by now before the day counts, 0–1.</param>
    /// <returns>Each with that share, in their order.</returns>
    public static IEnumerable<(DayFigures Figures, double Known)> Of(IEnumerable<DayFigures> days, ResultWord word, AdAccount account, DateTimeOffset now, double leastKnown)
    {
        var (delay, zone, today) = (DelayProfile.Of(word), account.Zone(), account.DayAt(now));
        return days
            .Where(day => day.Day < today && day.Spend.Amount > 0 && word.In(day) is >= 0)
            .Select(day => (Figures: day, Known: delay.Known((now - day.Day.Start(zone)).TotalHours, (now - day.Day.End(zone)).TotalHours)))
            .Where(day => day.Known >= leastKnown);
    }
}
