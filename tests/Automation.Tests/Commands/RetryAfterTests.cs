using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Commands;

/// <summary>A network that says when to come back is left alone until then by everything but safety, and by safety for most of the time.</summary>
public sealed class RetryAfterTests
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Bench Core => _bench.Core;

    [Fact]
    public async Task The_sweep_asks_about_once_a_minute_and_then_as_often_as_before()
    {
        _bench.Running();
        Core.Network.ReadFault = Busy();

        await SweepsAsync(TenMinutes);
        Core.Network.AccountReads.ShouldBeInRange(10, 12);

        Core.Network.ReadFault = null;
        Core.Machine.Advance(TimeSpan.FromMinutes(20));
        var before = Core.Network.AccountReads;
        await SweepsAsync(TenMinutes);
        (Core.Network.AccountReads - before).ShouldBe(20);
    }

    [Fact]
    public async Task An_account_that_was_not_looked_at_for_a_minute_is_late_however_young_its_figures()
    {
        var campaign = _bench.Running();
        await _bench.Monitor.SweepAsync(Cancel);
        Core.Network.ReadFault = Busy();

        await SweepsAsync(TimeSpan.FromMinutes(2));

        (await _bench.Observer.LatestAsync(campaign, Cancel)).State.ShouldBe(DataState.Late);
    }

    [Fact]
    public async Task A_read_that_did_not_go_out_is_no_failure_of_the_network()
    {
        var campaign = _bench.Running();
        Core.Network.ReadFault = Busy();

        await SweepsAsync(TimeSpan.FromMinutes(2));

        (await _bench.Observer.LatestAsync(campaign, Cancel)).FailuresInARow.ShouldBe(3);
        Core.Incidents.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_agent_does_not_ask_at_all()
    {
        var campaign = _bench.Running();
        Core.Network.ReadFault = Busy();
        await _bench.Monitor.SweepAsync(Cancel);
        Core.Machine.Advance(TimeSpan.FromMinutes(5));

        var seen = await _bench.Observer.ObserveInTurnAsync(A.Account(), [campaign], Cancel);

        seen.Single().FailuresInARow.ShouldBe(1);
        Core.Network.AccountReads.ShouldBe(1);
    }

    [Fact]
    public async Task A_pause_is_tried_about_once_a_minute_and_confirmed_when_it_works()
    {
        _bench.Running(spend: 800);
        var tries = 0;
        Core.Network.RetryAfter = TimeSpan.FromHours(1);
        Core.Network.Troubles = command =>
        {
            tries += command is NetworkCommand.Pause ? 1 : 0;
            return Trouble.RateLimited;
        };

        await SweepsAsync(TenMinutes);
        tries.ShouldBeInRange(10, 12);

        Core.Network.Troubles = _ => null;
        await SweepsAsync(TimeSpan.FromMinutes(1));
        Core.Incidents.All.Single().PauseConfirmed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_raise_is_not_sent_until_the_time_is_over_and_a_cut_is()
    {
        var campaign = _bench.Running();
        await Busied();

        var raise = await SendAsync(campaign, "raise", A.Usd(12), A.Usd(13));
        raise.ShouldBeOfType<CommandOutcome.Failed>().Says.ShouldContain("wants to be left alone until 2026-03-02 07:10:00 (UTC-05:00)");
        (await SendAsync(campaign, "cut", A.Usd(12), A.Usd(11))).ShouldBeOfType<CommandOutcome.Confirmed>();

        Core.Machine.Advance(TenMinutes);
        await _bench.Monitor.SweepAsync(Cancel);
        (await SendAsync(campaign, "raise later", A.Usd(11), A.Usd(12))).ShouldBeOfType<CommandOutcome.Confirmed>();
    }

    [Fact]
    public async Task A_launch_says_until_when_it_waits_and_goes_on_then()
    {
        var launch = A.Campaign(CampaignStatus.Launching);
        Core.Campaigns.With(launch);
        var calls = 0;
        Core.Network.RetryAfter = TenMinutes;
        Core.Network.Troubles = _ => calls++ == 1 ? Trouble.RateLimited : null;

        (await Core.Engine.ContinueAsync(launch.Id, Cancel)).ShouldBe(LaunchProgress.ToBeContinued);
        Core.Machine.Advance(TimeSpan.FromMinutes(9));
        (await Core.Engine.ContinueAsync(launch.Id, Cancel)).ShouldBe(LaunchProgress.ToBeContinued);
        (await Core.Engine.ContinueAsync(launch.Id, Cancel)).ShouldBe(LaunchProgress.ToBeContinued);
        calls.ShouldBe(2);
        Core.Feed.All.Count(told => told.Reason.Contains("until 2026-03-02 07:10:00 (UTC-05:00)", StringComparison.Ordinal)).ShouldBe(1);

        Core.Machine.Advance(TimeSpan.FromMinutes(1));
        (await Core.Engine.ContinueAsync(launch.Id, Cancel)).ShouldBe(LaunchProgress.Ended);
    }

    [Fact]
    public void Without_a_time_it_is_a_minute_and_a_shorter_one_changes_nothing()
    {
        var rests = new AccountRests(Core.Machine);
        var account = A.Account();
        rests.Until(account.Id, account.Mode).ShouldBeNull();

        rests.Note(account.Id, account.Mode, null);
        rests.Until(account.Id, account.Mode).ShouldBe(A.Noon.AddMinutes(1));
        rests.Note(account.Id, account.Mode, TenMinutes);
        rests.Note(account.Id, account.Mode, TimeSpan.FromSeconds(5));
        rests.Until(account.Id, account.Mode).ShouldBe(A.Noon.AddMinutes(10));

        Core.Machine.Advance(TenMinutes);
        rests.Until(account.Id, account.Mode).ShouldBeNull();
    }

    [Fact]
    public async Task One_account_that_rests_holds_no_other()
    {
        _bench.Running();
        _bench.Running("c-other", elsewhere: true);
        Core.Network.ReadFault = Busy();

        await SweepsAsync(TimeSpan.FromMinutes(2));

        Core.Other.AccountReads.ShouldBe(4);
    }

    private static AdNetworkException Busy() => new(FaultKind.RateLimited, "429", TenMinutes);

    private async Task Busied()
    {
        await _bench.Monitor.SweepAsync(Cancel);
        Core.Network.ReadFault = Busy();
        await _bench.Monitor.SweepAsync(Cancel);
        Core.Network.ReadFault = null;
    }

    private async Task SweepsAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Sweep)
        {
            await _bench.Monitor.SweepAsync(Cancel);
            Core.Machine.Advance(Sweep);
        }
    }

    private Task<CommandOutcome> SendAsync(Campaign campaign, string key, Money from, Money to) => Core.Gate.SendAsync(
        new GateRequest(
            new NetworkCommand.SetBid(campaign.Account, campaign.Id, campaign.Network.Campaign!.Value, from, to), new CommandKey($"c-1/{key}"),
            campaign.Workspace, campaign.Mode, PersonId.Agent, "because"),
        Cancel);
}
