using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Adapters.Tests.AdNetworks;

/// <summary>What every network has to do, run over all simulated ones.</summary>
public sealed class SimulatedNetworkConformanceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly CampaignId Campaign = new("c-1");

    public static TheoryData<string> Networks => [.. AdNetworkCatalog.Profiles.Select(profile => profile.Name.Value)];

    [Proves(139)]
    [Theory, MemberData(nameof(Networks))]
    public async Task A_new_campaign_is_paused_and_has_the_budget_that_was_asked_for(string network)
    {
        using var bench = new SimulatedBench(network);
        var shown = await bench.ShownAsync(await bench.CreateAsync());

        shown.Status.ShouldBe(NetworkStatus.Paused);
        shown.DailyBudget.ShouldBe(A.Usd(500));
    }

    [Proves(1, 3, 4, 5, 8)]
    [Theory, MemberData(nameof(Networks))]
    public async Task A_campaign_is_created_run_moved_paused_resumed_and_archived_by_the_same_commands(string network)
    {
        using var bench = new SimulatedBench(network);
        var campaign = await bench.LaunchAsync();
        bench.Machine.Advance(TimeSpan.FromHours(6));
        (await bench.ReadAsync(campaign)).Today.Spend.Amount.ShouldBeGreaterThan(0);

        await bench.SendAsync(new NetworkCommand.SetDailyBudget(bench.Account.Id, Campaign, campaign, A.Usd(500), A.Usd(400)));
        await bench.PauseAsync(campaign);
        (await bench.ShownAsync(campaign)).ShouldSatisfyAllConditions(
            shown => shown.Status.ShouldBe(NetworkStatus.Paused), shown => shown.DailyBudget.ShouldBe(A.Usd(400)));

        await bench.ActivateAsync(campaign);
        (await bench.ShownAsync(campaign)).Status.ShouldBe(NetworkStatus.Active);

        await bench.SendAsync(new NetworkCommand.Archive(bench.Account.Id, Campaign, campaign));
        (await bench.ShownAsync(campaign)).Status.ShouldBe(NetworkStatus.Archived);
    }

    [Proves(140, 141)]
    [Theory, MemberData(nameof(Networks))]
    public async Task An_ad_set_and_an_ad_belong_to_their_campaign_and_one_ad_is_paused_and_resumed_alone(string network)
    {
        using var bench = new SimulatedBench(network);
        var campaign = await bench.SendAsync(new NetworkCommand.CreateCampaign(bench.Account.Id, Campaign, bench.Order()));
        var adSet = await bench.SendAsync(new NetworkCommand.CreateAdSet(bench.Account.Id, Campaign, campaign, bench.Order()));
        adSet.ShouldNotBe(campaign);
        await Should.ThrowAsync<AdNetworkException>(() => bench.SendAsync(new NetworkCommand.CreateAdSet(bench.Account.Id, Campaign, new ExternalId("nobody"), bench.Order())));
        var upload = new NetworkCommand.UploadCreative(bench.Account.Id, Campaign, 0, Digest.Of("a"), CreativeKind.Image, "a.png");
        if (!bench.Profile.TakesCreatives)
        {
            (await Should.ThrowAsync<AdNetworkException>(() => bench.SendAsync(upload))).Kind.ShouldBe(FaultKind.Rejected);
            return;
        }

        var file = await bench.SendAsync(upload);
        var ads = new List<ExternalId>();
        foreach (var position in (int[])[0, 1])
            ads.Add(await bench.SendAsync(new NetworkCommand.CreateAd(bench.Account.Id, Campaign, adSet, position, file, $"Ad {position}", null, null, null, null)));
        await Should.ThrowAsync<AdNetworkException>(() => bench.SendAsync(
            new NetworkCommand.CreateAd(bench.Account.Id, Campaign, adSet, 2, new ExternalId("no-file"), "Ad 2", null, null, null, null)));

        await bench.ActivateAsync(campaign);
        await bench.SendAsync(new NetworkCommand.PauseAd(bench.Account.Id, Campaign, ads[0]));
        (await bench.ShownAsync(campaign)).Ads.Select(ad => (ad.Id, ad.Status)).ShouldBe([(ads[0], NetworkStatus.Paused), (ads[1], NetworkStatus.Active)]);

        await bench.SendAsync(new NetworkCommand.ResumeAd(bench.Account.Id, Campaign, ads[0]));
        (await bench.ShownAsync(campaign)).Ads.ShouldAllBe(ad => ad.Status == NetworkStatus.Active);
    }

    [Theory, MemberData(nameof(Networks))]
    public async Task It_shows_in_every_reading_whose_campaign_it_is(string network)
    {
        using var bench = new SimulatedBench(network);
        var id = await bench.CreateAsync();

        (await bench.ShownAsync(id)).Ours.ShouldBe(Campaign);
        (await bench.Network.ReadAccountAsync(bench.Account, Cancel)).Campaigns[id].Settings.Ours.ShouldBe(Campaign);
    }

    [Theory, MemberData(nameof(Networks))]
    public async Task A_cost_cap_above_the_highest_bid_never_bids_more_than_that(string network)
    {
        using var bench = new SimulatedBench(network);
        if (!bench.Profile.BidStrategies.Contains(BidStrategy.CostCap))
            return;

        var bidding = new Bidding { Strategy = BidStrategy.CostCap, TargetCpa = A.Usd(12), MaxBid = A.Usd(9) };
        var shown = await bench.ShownAsync(await bench.CreateAsync(bench.Order() with { Bidding = bidding }));

        shown.Bid.ShouldBe(bench.Profile.Capabilities.OwnsTheBid ? (Money?)null : A.Usd(9));
    }

    [Theory, MemberData(nameof(Networks))]
    public async Task The_same_key_again_gives_the_first_answer(string network)
    {
        using var bench = new SimulatedBench(network);
        var create = new NetworkCommand.CreateCampaign(bench.Account.Id, Campaign, bench.Order());
        var first = await bench.SendAsync(create, new CommandKey("once"));

        (await bench.SendAsync(create, new CommandKey("once"))).ShouldBe(first);
        (await bench.Network.FindByKeyAsync(bench.Account, new CommandKey("once"), Cancel)).ShouldBe(first);
        (await bench.Network.ReadAccountAsync(bench.Account, Cancel)).Campaigns.Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Networks))]
    public async Task An_unknown_key_and_an_unknown_campaign_are_not_found(string network)
    {
        using var bench = new SimulatedBench(network);
        (await bench.Network.FindByKeyAsync(bench.Account, new CommandKey("never"), Cancel)).ShouldBeNull();
        (await bench.Network.FindCampaignAsync(bench.Account, new ExternalId("nobody"), Cancel)).ShouldBeNull();

        var fault = await Should.ThrowAsync<AdNetworkException>(() => bench.PauseAsync(new ExternalId("nobody")));
        fault.Kind.ShouldBe(FaultKind.NotFound);
    }

    [Theory, MemberData(nameof(Networks))]
    public async Task Custom_audiences_can_be_asked_for_where_there_are_any(string network)
    {
        using var bench = new SimulatedBench(network);

        (await bench.Network.FindAudiencesAsync(bench.Account, Cancel)).ShouldNotBeNull().Contains("vip").ShouldBe(bench.Network.Profile.Capabilities.CustomAudiences);
    }

    [Proves(144)]
    [Theory, MemberData(nameof(Networks))]
    public async Task An_activated_campaign_delivers_and_a_paused_one_stops(string network)
    {
        using var bench = new SimulatedBench(network);
        var campaign = await bench.LaunchAsync();
        (await bench.ShownAsync(campaign)).Status.ShouldBe(NetworkStatus.Active);

        bench.Machine.Advance(TimeSpan.FromHours(5));
        await bench.PauseAsync(campaign);
        bench.Machine.Advance(TimeSpan.FromHours(2));
        var reading = await bench.ReadAsync(campaign);
        reading.Settings.Status.ShouldBe(NetworkStatus.Paused);
        reading.Today.Spend.Amount.ShouldBeGreaterThan(0);

        bench.Machine.Advance(TimeSpan.FromHours(2));
        var later = await bench.ReadAsync(campaign);
        later.Today.Impressions.ShouldBe(reading.Today.Impressions);
        later.Today.Spend.ShouldBeLessThanOrEqualTo(reading.Today.Spend);
    }

    [Proves(143)]
    [Theory, MemberData(nameof(Networks))]
    public async Task A_new_budget_is_read_back(string network)
    {
        using var bench = new SimulatedBench(network);
        var campaign = await bench.LaunchAsync();
        await bench.SendAsync(new NetworkCommand.SetDailyBudget(bench.Account.Id, Campaign, campaign, A.Usd(500), A.Usd(612.34m)));

        (await bench.ShownAsync(campaign)).DailyBudget.ShouldBe(A.Usd(612.34m));
    }

    [Proves(142)]
    [Theory, MemberData(nameof(Networks))]
    public async Task A_bid_is_read_back_or_refused_where_the_network_owns_it(string network)
    {
        using var bench = new SimulatedBench(network);
        var campaign = await bench.LaunchAsync(bench.Order(bid: 12));
        var change = new NetworkCommand.SetBid(bench.Account.Id, Campaign, campaign, A.Usd(12), A.Usd(8.45m));
        if (bench.Profile.Capabilities.OwnsTheBid)
        {
            (await bench.ShownAsync(campaign)).Bid.ShouldBeNull();
            (await Should.ThrowAsync<AdNetworkException>(() => bench.SendAsync(change))).Kind.ShouldBe(FaultKind.Rejected);
            return;
        }

        (await bench.ShownAsync(campaign)).Bid.ShouldBe(A.Usd(12));
        await bench.SendAsync(change);
        (await bench.ShownAsync(campaign)).Bid.ShouldBe(A.Usd(8.45m));
    }

    [Theory, MemberData(nameof(Networks))]
    public async Task A_budget_below_the_minimum_or_in_another_currency_is_rejected(string network)
    {
        using var bench = new SimulatedBench(network);
        var small = new NetworkCommand.CreateCampaign(bench.Account.Id, Campaign, bench.Order(daily: 1));
        var foreign = new NetworkCommand.CreateCampaign(
            bench.Account.Id, Campaign, bench.Order() with { DailyBudget = new Currency("JPY").Of(50_000) });

        (await Should.ThrowAsync<AdNetworkException>(() => bench.SendAsync(small))).Kind.ShouldBe(FaultKind.Rejected);
        (await Should.ThrowAsync<AdNetworkException>(() => bench.SendAsync(foreign))).Kind.ShouldBe(FaultKind.Rejected);
    }

    [Theory, MemberData(nameof(Networks))]
    public async Task A_start_in_the_future_is_scheduled_and_spends_nothing_before(string network)
    {
        using var bench = new SimulatedBench(network);
        var campaign = await bench.LaunchAsync(startsAt: A.Noon.AddHours(3));
        (await bench.ShownAsync(campaign)).Status.ShouldBe(NetworkStatus.Scheduled);

        bench.Machine.Advance(TimeSpan.FromHours(3));
        (await bench.ReadAsync(campaign)).Today.Spend.Amount.ShouldBe(0);
        (await bench.ShownAsync(campaign)).Status.ShouldBe(NetworkStatus.Active);

        bench.Machine.Advance(TimeSpan.FromHours(4));
        (await bench.ReadAsync(campaign)).Today.Spend.Amount.ShouldBeGreaterThan(0);
    }

    [Theory, MemberData(nameof(Networks))]
    public async Task An_archived_campaign_is_gone_for_good(string network)
    {
        using var bench = new SimulatedBench(network);
        var campaign = await bench.LaunchAsync();
        await bench.SendAsync(new NetworkCommand.Archive(bench.Account.Id, Campaign, campaign));

        (await bench.ShownAsync(campaign)).Status.ShouldBe(NetworkStatus.Archived);
        (await bench.Network.ReadAccountAsync(bench.Account, Cancel)).Campaigns.ShouldBeEmpty();
        (await Should.ThrowAsync<AdNetworkException>(() => bench.ActivateAsync(campaign))).Kind.ShouldBe(FaultKind.Rejected);
    }

    [Proves(145)]
    [Theory, MemberData(nameof(Networks))]
    public async Task One_read_of_an_account_answers_for_all_its_campaigns(string network)
    {
        using var bench = new SimulatedBench(network);
        var first = await bench.LaunchAsync(campaign: "c-1");
        var second = await bench.LaunchAsync(campaign: "c-2");
        bench.Machine.Advance(TimeSpan.FromHours(4));
        var reading = await bench.Network.ReadAccountAsync(bench.Account, Cancel);

        reading.Campaigns.Keys.ShouldBe([first, second], ignoreOrder: true);
        reading.Campaigns.Values.ShouldAllBe(one => one.Today.Spend.Amount > 0 && one.ReadAt == bench.Clock.GetUtcNow());
        (await bench.Network.ReadAccountAsync(bench.Account with { Id = new AdAccountId($"{network.ToLowerInvariant()}:other") }, Cancel))
            .Campaigns.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Networks))]
    public async Task Revenue_and_the_time_of_the_data_are_unknown_where_the_network_does_not_say(string network)
    {
        using var bench = new SimulatedBench(network);
        var campaign = await bench.LaunchAsync(bench.Order() with { Bidding = new Bidding { Strategy = BidStrategy.LowestCost, Worth = A.Usd(24) } });
        bench.Machine.Advance(TimeSpan.FromHours(6));
        var reading = await bench.ReadAsync(campaign);

        (reading.Today.Revenue is not null).ShouldBe(bench.Profile.Capabilities.ReportsRevenue);
        (reading.DataAsOf is not null).ShouldBe(bench.Profile.Capabilities.ReportsDataTime);
    }

    [Theory, MemberData(nameof(Networks))]
    public async Task The_same_script_gives_the_same_ids(string network)
    {
        using var one = new SimulatedBench(network);
        using var other = new SimulatedBench(network);

        (await one.LaunchAsync()).ShouldBe(await other.LaunchAsync());
    }

    [Theory, MemberData(nameof(Networks))]
    public async Task A_live_account_is_told_that_its_client_is_not_built_and_never_reaches_the_market(string network)
    {
        using var bench = new SimulatedBench(network);
        var live = bench.Directory.For(bench.Account, ChatOpsCampaigns.Automation.Accounts.NetworkMode.Live);
        var fault = await Should.ThrowAsync<AdNetworkException>(() => live.ReadAccountAsync(bench.Account, Cancel));

        fault.Message.ShouldContain("not built yet");
        fault.OutcomeIsUnknown.ShouldBeFalse();
    }
}
