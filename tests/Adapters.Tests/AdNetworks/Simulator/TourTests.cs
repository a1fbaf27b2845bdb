using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Standing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Adapters.Tests.AdNetworks.Simulator;

/// <summary>The tour: a campaign that starts now at noon, runs away ten times as fast, and is to be stopped within three real minutes at speed 60.</summary>
public sealed class TourTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 10)]
    [InlineData(0, 60)]
    [InlineData(3, 10)]
    [InlineData(3, 60)]
    public async Task With_the_seed_as_it_comes_a_tenfold_runaway_is_seen_within_one_to_two_hours_of_campaign_time(int otherCampaigns, int waits) =>
        (await MinutesUntilSeenAsync(new SimulatorOptions().Seed, otherCampaigns, waits)).ShouldBeInRange(55, 120);

    [Fact]
    public async Task With_any_seed_it_is_seen_within_three_hours()
    {
        for (var seed = 100UL; seed < 112; seed++)
            (await MinutesUntilSeenAsync(seed, 0, 30)).ShouldBeLessThanOrEqualTo(180, $"seed {seed}");
    }

    private static async Task<double> MinutesUntilSeenAsync(ulong seed, int otherCampaigns, int waits)
    {
        using var bench = new SimulatedBench(zone: "Etc/UTC", options: new SimulatorOptions { Seed = seed, Latency = TimeSpan.Zero });
        var campaigns = new MemoryCampaigns();
        var feed = new MemoryFeed();
        for (var index = 0; index < otherCampaigns; index++)
            await bench.CreateAsync(campaign: $"other-{index}");

        var external = await bench.LaunchAsync(bench.Order(bid: 12));
        await campaigns.AddAsync(
            A.Campaign() with { Network = new NetworkIds(external, null, []), CreatedAt = A.Noon, LaunchedAt = A.Noon, Bid = A.Usd(12) }, Cancel);
        var observer = new Observer(
            new FakeAccounts(bench.Account), bench.Directory, new ReadingWindows(new MemoryReadings(), bench.Clock, NullLogger<ReadingWindows>.Instance),
            new StatusReconciler(campaigns, new MemoryIntents(), feed, bench.Clock, NullLogger<StatusReconciler>.Instance), bench.Clock,
            new AccountReader(new MemorySettings(), bench.Clock, bench.Machine, NullLogger<AccountReader>.Instance), NullLogger<Observer>.Instance);

        var fault = A.Noon.AddMinutes(waits);
        var panel = new SafetyPanel();
        for (var sweep = 0; sweep < 12 * 120; sweep++)
        {
            if (bench.Clock.GetUtcNow() == fault)
                await bench.Desk.StartFaultAsync(new CampaignId("c-1"), MarketFault.Runaway, 10, null, Cancel);

            var seen = await observer.ObserveAsync(bench.Account, await campaigns.MaySpendAsync(Cancel), Cancel);
            if (seen.SelectMany(panel.Judge).OfType<SafetyVerdict.Breach>().FirstOrDefault() is not null)
                return (bench.Clock.GetUtcNow() - fault).TotalMinutes;

            bench.Machine.Advance(TimeSpan.FromSeconds(30));
        }

        return double.PositiveInfinity;
    }
}
