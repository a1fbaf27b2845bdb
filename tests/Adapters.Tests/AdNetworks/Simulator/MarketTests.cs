using System.Text.Json;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Adapters.Tests.AdNetworks.Simulator;

public sealed class MarketTests
{
    private static readonly CampaignId Campaign = new("c-1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_seed_and_events_give_the_same_figures_however_often_they_are_asked_for()
    {
        using var often = new SimulatedBench();
        using var once = new SimulatedBench();
        var campaign = await often.LaunchAsync();
        await once.LaunchAsync();
        for (var step = 0; step < 300; step++)
        {
            often.Machine.Advance(TimeSpan.FromMinutes(7));
            await often.ReadAsync(campaign);
        }

        once.Machine.Advance(TimeSpan.FromMinutes(7 * 300));
        Text(await once.ReadAsync(campaign)).ShouldBe(Text(await often.ReadAsync(campaign)));
    }

    [Fact]
    public async Task A_restart_midway_changes_nothing()
    {
        using var undisturbed = new SimulatedBench();
        var before = new SimulatedBench(path: Path.Combine(Path.GetTempPath(), $"networks-{Guid.NewGuid():N}.db"));
        var campaign = await undisturbed.LaunchAsync();
        await before.LaunchAsync();
        undisturbed.Machine.Advance(TimeSpan.FromHours(20));
        before.Machine.Advance(TimeSpan.FromHours(20));
        await before.ReadAsync(campaign);
        before.Dispose();

        using var after = new SimulatedBench(path: before.FilePath, start: A.Noon.AddHours(20));
        undisturbed.Machine.Advance(TimeSpan.FromHours(9));
        after.Machine.Advance(TimeSpan.FromHours(9));
        Text(await after.ReadAsync(campaign)).ShouldBe(Text(await undisturbed.ReadAsync(campaign)));
        (await after.Network.FindByKeyAsync(after.Account, new CommandKey("key-1"), Cancel)).ShouldBe(campaign);
        after.Dispose();
        File.Delete(before.FilePath);
    }

    [Fact]
    public async Task What_happens_later_does_not_change_what_was_before()
    {
        using var calm = new SimulatedBench();
        using var wild = new SimulatedBench();
        var campaign = await calm.LaunchAsync();
        await wild.LaunchAsync();
        calm.Machine.Advance(TimeSpan.FromHours(24));
        wild.Machine.Advance(TimeSpan.FromHours(24));
        await wild.Desk.StartFaultAsync(Campaign, MarketFault.Runaway, 10, null, Cancel);
        calm.Machine.Advance(TimeSpan.FromHours(6));
        wild.Machine.Advance(TimeSpan.FromHours(6));
        var (quiet, loud) = (await calm.ReadAsync(campaign), await wild.ReadAsync(campaign));

        loud.Yesterday!.Spend.ShouldBe(quiet.Yesterday!.Spend);
        loud.Today.Spend.ShouldBeGreaterThan(quiet.Today.Spend);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public async Task A_runaway_multiplies_the_spend_and_passes_the_budget(int factor)
    {
        var (normal, runaway) = (await SpendBetweenAsync(null), await SpendBetweenAsync(factor));

        // The same noise drives both, so only the budget's own stop can make a difference.
        (runaway / normal).ShouldBe(factor, factor * 0.02);
    }

    [Fact]
    public async Task A_calmed_runaway_spends_no_more_that_day()
    {
        using var bench = new SimulatedBench();
        var campaign = await bench.LaunchAsync();
        await bench.Desk.StartFaultAsync(Campaign, MarketFault.Runaway, 10, null, Cancel);
        bench.Machine.Advance(TimeSpan.FromHours(4));
        (await bench.Desk.CalmAsync(Campaign, Cancel)).ShouldBe(1);
        bench.Machine.Advance(TimeSpan.FromHours(1));
        var spent = (await bench.ReadAsync(campaign)).Today.Spend;
        bench.Machine.Advance(TimeSpan.FromHours(2));

        (await bench.ReadAsync(campaign)).Today.Spend.ShouldBeLessThanOrEqualTo(spent);
        (await bench.Desk.CalmAsync(Campaign, Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task An_outage_loses_conversions_and_keeps_spending()
    {
        using var bench = new SimulatedBench();
        var campaign = await bench.LaunchAsync(bench.Order(daily: 5000));
        bench.Machine.Advance(TimeSpan.FromHours(3));
        await bench.Desk.StartFaultAsync(Campaign, MarketFault.Outage, 1, null, Cancel);
        bench.Machine.Advance(TimeSpan.FromHours(2));
        var first = await bench.ReadAsync(campaign);
        bench.Machine.Advance(TimeSpan.FromHours(4));
        var second = await bench.ReadAsync(campaign);

        second.Today.Conversions.ShouldBe(first.Today.Conversions);
        second.Today.Spend.ShouldBeGreaterThan(first.Today.Spend);
    }

    [Fact]
    public async Task Fraud_brings_clicks_that_do_not_convert()
    {
        var (honest, fraud) = (await DayAsync(null), await DayAsync(MarketFault.Fraud));

        fraud.Clicks!.Value.ShouldBeGreaterThan(2 * honest.Clicks!.Value);
        fraud.Conversions!.Value.ShouldBeLessThan(honest.Conversions!.Value / 2);
    }

    [Fact]
    public async Task A_price_spike_makes_clicks_and_results_dearer()
    {
        var (honest, spike) = (await DayAsync(null), await DayAsync(MarketFault.Spike));

        ((double)spike.Spend.Over(honest.Spend)).ShouldBe(1, 0.01);
        spike.Clicks!.Value.ShouldBeLessThan(honest.Clicks!.Value / 2);
        spike.Conversions!.Value.ShouldBeLessThan(honest.Conversions!.Value / 2);
    }

    [Fact]
    public async Task Reads_fail_and_pauses_are_refused_until_calmed()
    {
        using var bench = new SimulatedBench();
        var campaign = await bench.LaunchAsync();
        await bench.Desk.StartFaultAsync(Campaign, MarketFault.Api, 1, null, Cancel);
        await bench.Desk.StartFaultAsync(Campaign, MarketFault.RefusePause, 1, null, Cancel);

        (await Should.ThrowAsync<AdNetworkException>(() => bench.ReadAsync(campaign))).IsTransient.ShouldBeTrue();
        (await Should.ThrowAsync<AdNetworkException>(() => bench.PauseAsync(campaign))).Kind.ShouldBe(FaultKind.Rejected);
        (await bench.Desk.CalmAsync(Campaign, Cancel)).ShouldBe(2);
        await bench.PauseAsync(campaign);
        (await bench.ReadAsync(campaign)).Settings.Status.ShouldBe(NetworkStatus.Paused);
    }

    [Fact]
    public async Task A_fault_ends_by_itself_when_its_time_is_over()
    {
        using var bench = new SimulatedBench();
        var campaign = await bench.LaunchAsync();
        await bench.Desk.StartFaultAsync(Campaign, MarketFault.Api, 1, TimeSpan.FromHours(2), Cancel);
        bench.Machine.Advance(TimeSpan.FromHours(2));

        (await bench.ReadAsync(campaign)).Settings.Status.ShouldBe(NetworkStatus.Active);
    }

    [Fact]
    public async Task A_fault_on_a_campaign_that_is_not_simulated_is_refused_with_a_sentence()
    {
        using var bench = new SimulatedBench();
        var fault = await Should.ThrowAsync<AdNetworkException>(() => bench.Desk.StartFaultAsync(new CampaignId("else"), MarketFault.Fraud, 1, null, Cancel));

        fault.Message.ShouldContain("no simulated network");
    }

    [Fact]
    public async Task Between_two_refreshes_every_read_is_the_same()
    {
        using var bench = new SimulatedBench();
        var campaign = await bench.LaunchAsync();
        bench.Machine.Advance(TimeSpan.FromHours(4));
        var runs = new List<int> { 0 };
        var last = await bench.ReadAsync(campaign);
        for (var poll = 0; poll < 2000; poll++)
        {
            bench.Machine.Advance(TimeSpan.FromSeconds(30));
            var now = await bench.ReadAsync(campaign);
            if (now.Today == last.Today)
                runs[^1]++;
            else
                runs.Add(1);

            last = now;
        }

        var expected = ReportSchedule.RefreshOf(bench.Profile) / TimeSpan.FromSeconds(30);
        ((double)runs.Order().ElementAt(runs.Count / 2)).ShouldBe(expected, expected * 0.15);
    }

    [Fact]
    public async Task A_lower_bid_wins_less_and_a_higher_budget_pays_more_for_each_result()
    {
        using var bench = new SimulatedBench();
        var campaign = await bench.LaunchAsync(bench.Order(bid: 40));
        bench.World.Find(Campaign).ShouldNotBeNull();
        var scene = new Scene(1, 1, bench.World.Find(Campaign)!.Value.Campaign.Parameters, 500, A.Noon, []);
        var normal = new Conditions(A.Noon, true, 500, 40, 1, 1, false, false);

        scene.WinRate(5).ShouldBeLessThan(scene.WinRate(10));
        scene.PriceAt(normal with { Budget = 1000 }, A.Noon).ShouldBeGreaterThan(scene.PriceAt(normal, A.Noon));
        scene.PriceAt(normal with { Bid = 5 }, A.Noon).ShouldBeLessThan(scene.PriceAt(normal, A.Noon));
        scene.PriceAt(normal, A.Noon.AddDays(60)).ShouldBeGreaterThan(scene.PriceAt(normal, A.Noon.AddDays(20)));
        campaign.Value.ShouldStartWith("sim-meta-c");
    }

    private static async Task<double> SpendBetweenAsync(int? factor)
    {
        // A large share of the day is open, so that the unharmed campaign does not meet its own budget's end.
        using var bench = new SimulatedBench(zone: "Etc/UTC", start: new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var campaign = await bench.LaunchAsync();
        if (factor is { } times)
            await bench.Desk.StartFaultAsync(Campaign, MarketFault.Runaway, times, null, Cancel);

        bench.Machine.Advance(TimeSpan.FromHours(4));
        return (double)(await bench.ReadAsync(campaign)).Today.Spend.Amount;
    }

    private static async Task<DayFigures> DayAsync(MarketFault? fault)
    {
        using var bench = new SimulatedBench(zone: "Etc/UTC", start: new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));
        var campaign = await bench.LaunchAsync(bench.Order(daily: 5000));
        if (fault is { } wrong)
            await bench.Desk.StartFaultAsync(Campaign, wrong, 1, null, Cancel);

        bench.Machine.Advance(TimeSpan.FromHours(23));
        return (await bench.ReadAsync(campaign)).Today;
    }

    private static string Text(PerformanceReading reading) => JsonSerializer.Serialize(reading);
}
