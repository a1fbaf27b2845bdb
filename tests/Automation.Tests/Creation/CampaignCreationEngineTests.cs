using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Creation;

public sealed class CampaignCreationEngineTests
{
    private readonly Bench _bench = new();
    private readonly Campaign _campaign = A.Campaign(CampaignStatus.Launching) with
    {
        Spec = A.Spec() with { Creatives = [A.Picture("a.png"), A.Picture("b.png"), A.Picture("c.png")] },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public CampaignCreationEngineTests() => _bench.Campaigns.With(_campaign);

    [Proves(62)]
    [Fact]
    public async Task Creates_everything_paused_and_activates_last()
    {
        (await ContinueAsync()).ShouldBe(LaunchProgress.Ended);

        _bench.Network.Executed.Select(done => done.Command.GetType().Name).Skip(3).ShouldBe(
            ["CreateCampaign", "CreateAdSet", "CreateAd", "CreateAd", "CreateAd", "Activate"]);
        (await NowAsync()).Status.ShouldBe(CampaignStatus.Active);
    }

    [Fact]
    public async Task Asks_for_all_ads_at_once()
    {
        var asked = 0;
        var answer = new TaskCompletionSource();
        _bench.Network.Takes = command => command is NetworkCommand.CreateAd && ++asked > 0 ? answer.Task : Task.CompletedTask;

        var launch = ContinueAsync();
        asked.ShouldBe(3);

        answer.SetResult();
        (await launch).ShouldBe(LaunchProgress.Ended);
        (await NowAsync()).Network.Ads.ShouldBe(_bench.Network.Campaigns.Single().Ads.Select(ad => ad.Id));
    }

    [Fact]
    public async Task A_start_in_the_future_shows_scheduled()
    {
        await ChangeAsync(now => now with { Spec = now.Spec with { Schedule = new Schedule(A.Noon.AddDays(1), null, []) } });

        await ContinueAsync();

        (await NowAsync()).Status.ShouldBe(CampaignStatus.Scheduled);
    }

    [Proves(66)]
    [Fact]
    public async Task That_it_runs_is_told_once_where_the_campaigns_people_want_to_hear_of_it()
    {
        await ChangeAsync(now => now with
        {
            Spec = now.Spec with { Automation = now.Spec.Automation with { Notify = AlertChannels.Email | AlertChannels.Sms | AlertChannels.Chat } },
        });

        await ContinueAsync();
        await ContinueAsync();

        var (alert, channel) = _bench.Alerts.All.ShouldHaveSingleItem();
        channel.ShouldBe("email");
        alert.Title.ShouldContain("running at $500 a day");
    }

    [Fact]
    public async Task Outside_hours_that_we_keep_it_waits_at_the_network_for_the_next_one()
    {
        await ChangeAsync(now => now with { HoursByUs = true, Spec = now.Spec with { Schedule = new Schedule(null, null, [9, 10]) } });

        await ContinueAsync();

        // The account is in New York, where it is 07:00.
        _bench.Network.Executed.Select(done => done.Command).OfType<NetworkCommand.Activate>().ShouldHaveSingleItem().StartsAt.ShouldBe(A.Noon.AddHours(2));
        var launched = await NowAsync();
        (launched.Status, launched.Because).ShouldBe((CampaignStatus.Scheduled, "outside its hours until 2026-03-02 09:00 (UTC-05:00)"));
        _bench.Feed.All[^1].Action.ShouldStartWith("scheduled for 2026-03-02 09:00 (UTC-05:00) at $500 a day");
    }

    [Fact]
    public async Task At_a_live_network_that_is_not_built_a_launch_ends_with_the_reason_and_waits_for_nothing()
    {
        _bench.Networks.LiveIsNotBuilt = "Live Meta Ads is not built yet; set AdNetworks:Meta:Mode to Simulated.";
        _bench.Network.ReadFault = new AdNetworkException(FaultKind.Rejected, "not built");
        await ChangeAsync(now => now with { Mode = Automation.Accounts.NetworkMode.Live });

        (await ContinueAsync()).ShouldBe(LaunchProgress.ToBeContinued);
        (await ContinueAsync()).ShouldBe(LaunchProgress.Undone);

        (await NowAsync()).Status.ShouldBe(CampaignStatus.Failed);
        _bench.Feed.All.ShouldHaveSingleItem().Reason.ShouldBe(_bench.Networks.LiveIsNotBuilt);
    }

    public static TheoryData<int, Trouble> EveryStepAndTrouble()
    {
        var cases = new TheoryData<int, Trouble>();
        foreach (var step in Enumerable.Range(0, 9))
        {
            cases.Add(step, Trouble.TimesOut);
            cases.Add(step, Trouble.ExecutesThenTimesOut);
            cases.Add(step, Trouble.Unavailable);
            cases.Add(step, Trouble.RateLimited);
        }

        return cases;
    }

    [Proves(62)]
    [Theory, MemberData(nameof(EveryStepAndTrouble))]
    public async Task Trouble_at_any_step_ends_in_exactly_one_campaign(int step, Trouble trouble)
    {
        var calls = 0;
        _bench.Network.Troubles = _ => calls++ == step ? trouble : null;

        for (var attempt = 0; attempt < 5 && await ContinueAsync() == LaunchProgress.ToBeContinued; attempt++)
        {
            // Called again until it has ended, as the worker does.
            _bench.Machine.Advance(TimeSpan.FromMinutes(1));
        }

        var shown = _bench.Network.Campaigns.ShouldHaveSingleItem();
        shown.Status.ShouldBe(NetworkStatus.Active);
        shown.Ads.Length.ShouldBe(3);
        _bench.Network.Executed.Count.ShouldBe(9);
        (await NowAsync()).Status.ShouldBe(CampaignStatus.Active);
    }

    [Fact]
    public async Task A_refused_ad_set_undoes_the_campaign()
    {
        _bench.Network.Troubles = command => command is NetworkCommand.CreateAdSet ? Trouble.Rejected : null;

        await ContinueAsync();
        (await ContinueAsync()).ShouldBe(LaunchProgress.Undone);

        _bench.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Archived);
        (await NowAsync()).Status.ShouldBe(CampaignStatus.Failed);
    }

    [Fact]
    public async Task An_undoing_that_fails_goes_on_until_nothing_is_left()
    {
        var broken = true;
        _bench.Network.Troubles = command => command switch
        {
            NetworkCommand.CreateAdSet => Trouble.Rejected,
            NetworkCommand.Archive when broken => Trouble.Unavailable,
            _ => null,
        };
        await ContinueAsync();
        (await ContinueAsync()).ShouldBe(LaunchProgress.ToBeContinued);
        _bench.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);

        broken = false;
        (await ContinueAsync()).ShouldBe(LaunchProgress.Undone);
        _bench.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Archived);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(nameof(IAdNetwork.ExecuteAsync))]
    [InlineData(nameof(IAdNetwork.FindByKeyAsync))]
    [InlineData(nameof(IAdNetwork.FindCampaignAsync))]
    public async Task A_network_that_never_answers_makes_the_launch_say_that_it_waits_and_go_on_later(string call)
    {
        _bench.Network.Hangs.Add(call);

        (await _bench.UntilDoneAsync(_bench.Engine.ContinueAsync(_campaign.Id, TestContext.Current.CancellationToken))).ShouldBe(LaunchProgress.ToBeContinued);
        _bench.Feed.All.ShouldContain(told => told.Action == "launch waits for the network and goes on by itself" && told.Reason.Contains("did not answer within 10 seconds"));
        _bench.Network.Hangs.Clear();

        (await ContinueAsync()).ShouldBe(LaunchProgress.Ended);
        _bench.Network.Campaigns.ShouldHaveSingleItem().Status.ShouldBe(NetworkStatus.Active);
    }

    [Fact]
    public async Task One_refused_ad_waits_for_a_persons_choice_with_nothing_running()
    {
        _bench.Network.Troubles = command => command is NetworkCommand.CreateAd { Position: 2 } ? Trouble.Rejected : null;

        (await ContinueAsync()).ShouldBe(LaunchProgress.WaitsForChoice);
        _bench.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);

        await ChangeAsync(now => now with { GoesOnWithoutRefused = true });
        (await ContinueAsync()).ShouldBe(LaunchProgress.Ended);
        _bench.Network.Campaigns.Single().Ads.Length.ShouldBe(2);
        (await NowAsync()).Status.ShouldBe(CampaignStatus.Active);
    }

    [Fact]
    public async Task What_goes_on_without_a_refused_ad_does_not_ask_for_it_again()
    {
        _bench.Network.Troubles = command => command is NetworkCommand.CreateAd { Position: 2 } ? Trouble.Rejected : null;
        await ContinueAsync();
        _bench.Network.Troubles = _ => null;

        await ChangeAsync(now => now with { GoesOnWithoutRefused = true });
        (await ContinueAsync()).ShouldBe(LaunchProgress.Ended);

        _bench.Network.Campaigns.Single().Ads.Length.ShouldBe(2);
        (await NowAsync()).RefusedAds.ShouldHaveSingleItem().Position.ShouldBe(2);
    }

    [Fact]
    public async Task What_the_network_rejected_has_one_outcome_also_when_the_program_ended_before_it_was_noted()
    {
        var asked = 0;
        _bench.Network.Troubles = command => command is NetworkCommand.CreateAdSet && ++asked > 0 ? Trouble.Rejected : null;
        await ContinueAsync();

        await ChangeAsync(now => now with { Undoing = false, Because = null });
        await ContinueAsync();
        (await ContinueAsync()).ShouldBe(LaunchProgress.Undone);

        asked.ShouldBe(1);
        (await NowAsync()).Because.ShouldBe("the network says no");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_network_that_holds_a_lifetime_budget_is_told_it_beside_the_daily_average(bool holds)
    {
        var bench = new Bench(profile: A.Profile() with { Capabilities = new NetworkCapabilities { LifetimeBudget = holds } });
        bench.Campaigns.With(_campaign with { Spec = _campaign.Spec with { Budget = new Budget(BudgetType.Lifetime, A.Usd(5000), A.Usd(750)) } });

        (await bench.Engine.ContinueAsync(_campaign.Id, Cancel)).ShouldBe(LaunchProgress.Ended);

        var order = bench.Network.Executed.Select(done => done.Command).OfType<NetworkCommand.CreateCampaign>().Single().Order;
        (order.DailyBudget, order.LifetimeBudget).ShouldBe((A.Usd(500), holds ? A.Usd(5000) : null));
    }

    [Fact]
    public async Task A_lifetime_budget_that_reads_back_differently_is_never_activated()
    {
        await ChangeAsync(now => now with { Spec = now.Spec with { Budget = new Budget(BudgetType.Lifetime, A.Usd(5000), A.Usd(750)) } });
        _bench.Network.Troubles = command =>
        {
            if (command is NetworkCommand.CreateAd)
                _bench.Network.Put(_bench.Network.Campaigns.Single() with { LifetimeBudget = A.Usd(500_000) });

            return null;
        };

        await ContinueAsync();
        (await ContinueAsync()).ShouldBe(LaunchProgress.Undone);
        _bench.Network.Executed.ShouldNotContain(done => done.Command is NetworkCommand.Activate);
    }

    [Fact]
    public async Task A_budget_that_reads_back_differently_is_never_activated()
    {
        _bench.Network.Troubles = command =>
        {
            if (command is NetworkCommand.CreateAd)
                _bench.Network.Put(_bench.Network.Campaigns.Single() with { DailyBudget = A.Usd(50_000) });

            return null;
        };

        await ContinueAsync();
        (await ContinueAsync()).ShouldBe(LaunchProgress.Undone);
        _bench.Network.Executed.ShouldNotContain(done => done.Command is NetworkCommand.Activate);
    }

    private Task<LaunchProgress> ContinueAsync() => _bench.Engine.ContinueAsync(_campaign.Id, Cancel);

    private async Task<Campaign> NowAsync() => (await _bench.Campaigns.FindAsync(_campaign.Id, Cancel)).ShouldNotBeNull();

    private Task ChangeAsync(Func<Campaign, Campaign> change) => _bench.Campaigns.ChangeAsync(_campaign.Id, change, Cancel);
}
