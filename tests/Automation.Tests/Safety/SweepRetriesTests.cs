using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>What failed in a sweep is tried again before the next one: a few times, spread, and not against a network that wants to be left alone.</summary>
public sealed class SweepRetriesTests
{
    private static readonly TimeSpan LongestFirstWait = SweepRetries.Waits[0] * 1.5;

    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeNetwork Network => _bench.Core.Network;

    [Fact]
    public async Task A_breach_behind_a_report_that_failed_once_is_stopped_before_the_next_sweep()
    {
        _bench.Running(spend: 800);
        Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "500");
        await _bench.Monitor.SweepAsync(Cancel);
        Network.ReadFault = null;

        await AfterAsync(LongestFirstWait);

        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        _bench.Core.Incidents.All.ShouldHaveSingleItem().PauseConfirmed.ShouldBeTrue();
    }

    [Fact]
    public async Task It_is_read_at_most_three_times_more_within_one_sweep_and_that_is_one_failure()
    {
        var campaign = _bench.Running();
        Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "500");
        await _bench.Monitor.SweepAsync(Cancel);

        for (var second = 0; second < 30; second++)
            await AfterAsync(TimeSpan.FromSeconds(1));

        Network.AccountReads.ShouldBe(1 + SweepRetries.Waits.Length);
        (await _bench.Observer.LatestAsync(campaign, Cancel)).FailuresInARow.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_is_read_again_at_once_or_when_all_went_well()
    {
        _bench.Running();
        await _bench.Monitor.SweepAsync(Cancel);
        await AfterAsync(LongestFirstWait);
        Network.AccountReads.ShouldBe(1);

        Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "500");
        await _bench.Monitor.SweepAsync(Cancel);
        await AfterAsync(SweepRetries.Waits[0] / 2);
        Network.AccountReads.ShouldBe(2);
    }

    [Theory]
    [InlineData(FaultKind.RateLimited, null)]
    [InlineData(FaultKind.Unavailable, 20)]
    [InlineData(FaultKind.Unauthorized, null)]
    [InlineData(FaultKind.Rejected, null)]
    public async Task An_account_that_named_a_time_or_refused_is_left_alone(FaultKind kind, int? secondsToWait)
    {
        _bench.Running();
        Network.ReadFault = new AdNetworkException(kind, "no", secondsToWait is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        await _bench.Monitor.SweepAsync(Cancel);

        for (var second = 0; second < 25; second++)
            await AfterAsync(TimeSpan.FromSeconds(1));

        Network.AccountReads.ShouldBe(1);
    }

    [Fact]
    public async Task An_account_that_hangs_keeps_no_other_from_being_read_again()
    {
        _bench.Running(spend: 800);
        _bench.Running("c-2", elsewhere: true);
        Network.ReadFault = _bench.Core.Other.ReadFault = new AdNetworkException(FaultKind.Unavailable, "500");
        await _bench.Monitor.SweepAsync(Cancel);
        Network.ReadFault = _bench.Core.Other.ReadFault = null;
        var never = new TaskCompletionSource();
        _bench.Core.Other.ReadTakes = () => never.Task;

        _bench.Core.Machine.Advance(LongestFirstWait);
        var round = _bench.Retries.RunAsync(Cancel);
        while (Network.Campaigns.Single().Status != NetworkStatus.Paused)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel);

        round.IsCompleted.ShouldBeFalse();
        never.SetResult();
        await round;
    }

    [Fact]
    public async Task A_pause_that_failed_is_sent_again_before_the_next_sweep()
    {
        _bench.Running(spend: 800);
        Network.Troubles = command => command is NetworkCommand.Pause ? Trouble.Unavailable : null;
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Incidents.All.Single().PauseConfirmed.ShouldBeFalse();
        Network.Troubles = _ => null;

        await AfterAsync(LongestFirstWait);

        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        _bench.Core.Incidents.All.Single().PauseConfirmed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_pause_is_not_repeated_at_a_network_that_wants_to_be_left_alone()
    {
        _bench.Running(spend: 800);
        var tries = 0;
        Network.RetryAfter = TimeSpan.FromMinutes(10);
        Network.Troubles = command =>
        {
            tries += command is NetworkCommand.Pause ? 1 : 0;
            return Trouble.RateLimited;
        };
        await _bench.Monitor.SweepAsync(Cancel);
        var before = tries;

        for (var second = 0; second < 25; second++)
            await AfterAsync(TimeSpan.FromSeconds(1));

        tries.ShouldBe(before);
    }

    [Fact]
    public async Task A_campaign_without_a_breach_and_without_an_incident_costs_no_look_into_the_records()
    {
        _bench.Running(spend: 100);
        await _bench.Monitor.SweepAsync(Cancel);
        var before = _bench.Core.Campaigns.Finds;

        await _bench.Monitor.SweepAsync(Cancel);

        (_bench.Core.Campaigns.Finds - before).ShouldBe(0);
    }

    private async Task AfterAsync(TimeSpan time)
    {
        _bench.Core.Machine.Advance(time);
        await _bench.Retries.RunAsync(Cancel);
    }
}
