using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Standing;
using ChatOpsCampaigns.Automation.Safety.Tracking;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Adapters.Tests.AdNetworks.Simulator;

/// <summary>Four campaigns of one account that run for a day and a half, and then some of them have no results any more.</summary>
public sealed class SharedOutageTests
{
    private const int Campaigns = 4;
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(4)]
    [InlineData(3)]
    public async Task An_outage_of_most_campaigns_is_found_within_hours_and_never_before(int broken)
    {
        var (before, after) = await HoursUntilFoundAsync(broken);

        before.ShouldBeNull();
        after.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(8);
    }

    [Fact]
    public async Task An_outage_of_one_campaign_is_none_of_the_account() => (await HoursUntilFoundAsync(1)).ShouldBe((null, null));

    /// <summary>Hours from the start while nothing is broken, and from the fault.</summary>
    private static async Task<(double? Before, double? After)> HoursUntilFoundAsync(int broken)
    {
        using var bench = new SimulatedBench(zone: "Etc/UTC");
        var campaigns = new MemoryCampaigns();
        for (var number = 1; number <= Campaigns; number++)
        {
            var external = await bench.LaunchAsync(bench.Order(bid: 12), $"c-{number}");
            campaigns.With(A.Campaign(id: $"c-{number}") with { Network = new NetworkIds(external, null, []), CreatedAt = A.Noon, LaunchedAt = A.Noon });
        }

        var observer = new Observer(
            new FakeAccounts(bench.Account), bench.Directory, new ReadingWindows(new MemoryReadings(), bench.Clock, NullLogger<ReadingWindows>.Instance),
            new StatusReconciler(campaigns, new MemoryIntents(), new MemoryFeed(), bench.Clock, NullLogger<StatusReconciler>.Instance), bench.Clock,
            new AccountReader(new MemorySettings(), bench.Clock, bench.Machine, NullLogger<AccountReader>.Instance), NullLogger<Observer>.Instance);

        var before = await FoundAsync(bench, observer, campaigns, TimeSpan.FromHours(36));
        for (var number = 1; number <= broken; number++)
            await bench.Desk.StartFaultAsync(new CampaignId($"c-{number}"), MarketFault.Outage, 1, null, Cancel);

        return (before, await FoundAsync(bench, observer, campaigns, TimeSpan.FromHours(12)));
    }

    private static async Task<double?> FoundAsync(SimulatedBench bench, Observer observer, MemoryCampaigns campaigns, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            var seen = await observer.ObserveAsync(bench.Account, await campaigns.MaySpendAsync(Cancel), Cancel);
            if (TrackingOutage.Find(seen) is not null)
                return passed.TotalHours;

            bench.Machine.Advance(Step);
        }

        return null;
    }
}
