using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

/// <summary>A campaign of which more could be done: its results cost less than they may, over enough days.</summary>
public static class RunningWell
{
    public static async Task RunningWellAsync(this ChatBench bench, int days, CancellationToken cancellationToken)
    {
        var campaign = A.Campaign();
        bench.Core.Campaigns.With(campaign);
        var account = A.Account();
        var today = account.DayAt(A.Noon);
        await bench.Core.Readings.KeepDaysAsync(
            account, campaign.Id, [.. Enumerable.Range(1, days).Reverse().Select(back => new DayFigures(new AccountDay(today.Date.AddDays(-back)), A.Usd(500), 10_000, 1_000, 60, null))], cancellationToken);
        bench.Core.Network.Put(A.AtNetwork(campaign));
        bench.Core.Network.Figures[campaign.Network.Campaign!.Value] = shown => new PerformanceReading(
            shown, A.Noon, A.Noon, new DayFigures(today, A.Usd(100), 5_000, 500, 10, null), null, []);
        await bench.Core.Observer.ObserveAsync(account, [campaign], cancellationToken);
    }
}
