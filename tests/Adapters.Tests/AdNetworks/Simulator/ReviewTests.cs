using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Tests.AdNetworks.Simulator;

public sealed class ReviewTests
{
    private static readonly SimulatorOptions Slow = new() { Latency = TimeSpan.Zero };

    [Fact]
    public async Task A_launched_campaign_is_in_review_for_minutes_and_then_delivers()
    {
        using var bench = new SimulatedBench(options: Slow);
        var campaign = await bench.LaunchAsync();
        (await bench.ShownAsync(campaign)).Status.ShouldBe(NetworkStatus.InReview);

        bench.Machine.Advance(Slow.ReviewTime);
        (await bench.ShownAsync(campaign)).Status.ShouldBe(NetworkStatus.Active);
    }

    [Fact]
    public async Task A_headline_that_promises_a_result_is_rejected_with_a_reason()
    {
        using var bench = new SimulatedBench(options: Slow);
        var campaign = await bench.CreateAsync(headline: "Guaranteed to win");
        await bench.ActivateAsync(campaign);
        bench.Machine.Advance(Slow.ReviewTime);
        var shown = await bench.ShownAsync(campaign);

        shown.Status.ShouldBe(NetworkStatus.Rejected);
        shown.WhyRejected.ShouldNotBeNull().ShouldContain("guaranteed");
        shown.Ads.Single().Status.ShouldBe(NetworkStatus.Rejected);
    }

    [Fact]
    public async Task A_marked_name_is_rejected_and_spends_nothing()
    {
        using var bench = new SimulatedBench(options: Slow);
        var campaign = await bench.LaunchAsync(bench.Order(name: "Spring [reject]"));
        bench.Machine.Advance(TimeSpan.FromHours(5));
        var reading = await bench.ReadAsync(campaign);

        reading.Settings.Status.ShouldBe(NetworkStatus.Rejected);
        reading.Today.Spend.Amount.ShouldBe(0);
    }

    [Fact]
    public async Task A_refused_ad_leaves_the_campaign_standing()
    {
        using var bench = new SimulatedBench(options: Slow);
        (await Should.ThrowAsync<AdNetworkException>(() => bench.CreateAsync(headline: "Play [refuse]"))).Kind.ShouldBe(FaultKind.Rejected);

        (await bench.ShownAsync(new ExternalId("sim-meta-c1"))).Status.ShouldBe(NetworkStatus.Paused);
    }

    [Fact]
    public async Task Pausing_the_only_ad_stops_the_spend_and_resuming_it_goes_on()
    {
        using var bench = new SimulatedBench();
        var campaign = await bench.LaunchAsync();
        var ad = (await bench.ShownAsync(campaign)).Ads.Single().Id;
        ad.Value.ShouldStartWith($"{campaign}/");
        await bench.SendAsync(new NetworkCommand.PauseAd(bench.Account.Id, new CampaignId("c-1"), ad));
        bench.Machine.Advance(TimeSpan.FromHours(3));
        (await bench.ReadAsync(campaign)).Today.Spend.Amount.ShouldBe(0);

        await bench.SendAsync(new NetworkCommand.ResumeAd(bench.Account.Id, new CampaignId("c-1"), ad));
        bench.Machine.Advance(TimeSpan.FromHours(3));
        (await bench.ReadAsync(campaign)).Today.Spend.Amount.ShouldBeGreaterThan(0);
    }
}
