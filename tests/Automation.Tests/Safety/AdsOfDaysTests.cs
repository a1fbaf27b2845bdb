using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Creatives;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>What is known of a campaign's ads, from the readings of one day to the comparison of the next.</summary>
public sealed class AdsOfDaysTests
{
    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_last_figures_of_the_ads_of_a_day_are_compared_on_the_next_and_no_earlier_ones_are_held(bool isRestarted)
    {
        var campaign = _bench.Running(spend: 100);
        foreach (var (hours, shown) in new[] { (0, 400), (1, 500), (8, 900), (15, 100), (1, 150) })
            await SweepAsync(campaign, TimeSpan.FromHours(hours), shown);

        var bench = isRestarted ? new SafetyBench(_bench) : _bench;
        var seen = await bench.Observer.LatestAsync(campaign, Cancel);
        var watch = ClickWatch.Empty.With(seen);

        watch.Days.ShouldHaveSingleItem().Ads.ShouldHaveSingleItem().ShouldBe(new AdClicks("ad-1", 900, 9));
        if (!isRestarted)
            seen.History.Count(kept => !kept.Reading.Ads.IsEmpty).ShouldBe(2, "one of each day");
    }

    private async Task SweepAsync(Campaign campaign, TimeSpan later, long shown)
    {
        _bench.Core.Machine.Advance(later);
        _bench.Spend[campaign.Id] = shown / 10m;
        var figures = _bench.Core.Network.Figures;
        var id = campaign.Network.Campaign!.Value;
        var own = figures[id];
        figures[id] = at => own(at) with { Ads = [new AdFigures(new ExternalId("ad-1"), A.Usd(10), shown, shown / 100, null)] };
        await _bench.Monitor.SweepAsync(Cancel);
        figures[id] = own;
    }
}
