using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Creation;

/// <summary>A launch that a person takes back ends with nothing running, however the network behaves meanwhile.</summary>
public sealed class LaunchUndoTests
{
    private readonly SafetyBench _bench = new();
    private readonly Campaign _launch = A.Campaign(CampaignStatus.Launching);

    public LaunchUndoTests() => _bench.Core.Campaigns.With(_launch);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeNetwork Network => _bench.Core.Network;

    [Theory]
    [InlineData(typeof(NetworkCommand.CreateCampaign), false)]
    [InlineData(typeof(NetworkCommand.CreateCampaign), true)]
    [InlineData(typeof(NetworkCommand.CreateAd), false)]
    [InlineData(typeof(NetworkCommand.CreateAd), true)]
    [InlineData(typeof(NetworkCommand.Activate), false)]
    [InlineData(typeof(NetworkCommand.Activate), true)]
    public async Task Nothing_of_it_is_left_whatever_step_its_network_was_at(Type step, bool tookEffect)
    {
        var (asked, answer) = Network.Hold(step, tookEffect);
        var launching = GoOnAsync(_bench);
        await asked;

        (await TakeBackAsync()).ShouldBe(BrakedLaunch.AtRest);
        answer.SetResult();
        await launching;
        await GoOnAsync(_bench);

        Network.Campaigns.ShouldHaveSingleItem().Status.ShouldBe(NetworkStatus.Archived);
        Network.Executed.ShouldNotContain(done => step != typeof(NetworkCommand.Activate) && done.Command is NetworkCommand.Activate);
        (await _bench.CampaignAsync(_launch)).Status.ShouldBe(CampaignStatus.Failed);
        Told.Count(action => action == "launch undone, nothing is running").ShouldBe(1);
        Told.ShouldNotContain(action => action.StartsWith("running", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_in_the_queue_of_the_worker()
    {
        await TakeBackAsync();

        await using var queued = _bench.Core.Queue.TakeAsync(Cancel).GetAsyncEnumerator(Cancel);
        (await queued.MoveNextAsync()).ShouldBeTrue();
        queued.Current.ShouldBe(_launch.Id);
    }

    [Fact]
    public async Task An_archive_that_is_refused_is_tried_again_after_a_restart_until_it_is_confirmed()
    {
        Network.Troubles = command => command is NetworkCommand.Activate or NetworkCommand.Archive ? Trouble.Unavailable : null;
        await GoOnAsync(_bench);
        await TakeBackAsync();
        await GoOnAsync(_bench);
        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        Told.ShouldNotContain(action => action.StartsWith("launch undone", StringComparison.Ordinal));

        var after = new SafetyBench(_bench);
        (await after.Core.Campaigns.LaunchingAsync(Cancel)).ShouldHaveSingleItem().Undoing.ShouldBeTrue();
        Network.Troubles = _ => null;
        await GoOnAsync(after);

        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Archived);
        Told.Count(action => action == "launch undone, nothing is running").ShouldBe(1);
    }

    [Fact]
    public async Task A_pause_that_is_not_confirmed_is_an_emergency_that_sweeps_and_the_launch_itself_end()
    {
        Network.Troubles = command =>
        {
            if (command is not NetworkCommand.Activate)
                return command is NetworkCommand.Pause ? Trouble.Unavailable : null;

            Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
            return Trouble.ExecutesThenTimesOut;
        };
        await _bench.Core.Engine.ContinueAsync(_launch.Id, Cancel);

        (await TakeBackAsync()).ShouldBe(BrakedLaunch.MayRun);
        _bench.Core.Alerts.All.ShouldContain(sent => sent.Channel == "sms");
        await GoOnAsync(_bench);
        Network.ReadFault = null;
        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Active);

        Network.Troubles = _ => null;
        await _bench.Monitor.SweepAsync(Cancel);
        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        await GoOnAsync(_bench);
        await _bench.Monitor.SweepAsync(Cancel);

        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Archived);
        _bench.Core.Incidents.All.ShouldHaveSingleItem().State.ShouldBe(IncidentState.Closed);
        (await _bench.CampaignAsync(_launch)).Status.ShouldBe(CampaignStatus.Failed);
    }

    [Theory]
    [InlineData(CampaignStatus.InReview, NetworkStatus.InReview)]
    [InlineData(CampaignStatus.Scheduled, NetworkStatus.Scheduled)]
    public async Task What_is_in_review_or_waits_for_its_start_is_paused_at_once_and_put_away(CampaignStatus status, NetworkStatus there)
    {
        await GoOnAsync(_bench);
        await _bench.Core.Campaigns.ChangeAsync(_launch.Id, now => now with { Status = status }, Cancel);
        Network.Put(Network.Campaigns.Single() with { Status = there });

        (await TakeBackAsync()).ShouldBe(BrakedLaunch.AtRest);
        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        await GoOnAsync(new SafetyBench(_bench));

        Network.Campaigns.ShouldHaveSingleItem().Status.ShouldBe(NetworkStatus.Archived);
        var undone = await _bench.CampaignAsync(_launch);
        (undone.Status, undone.Because).ShouldBe((CampaignStatus.Failed, "ana took it back"));
        Told.Count(action => action == "launch undone, nothing is running").ShouldBe(1);
    }

    [Theory]
    [InlineData(CampaignStatus.Active)]
    [InlineData(CampaignStatus.Paused)]
    [InlineData(CampaignStatus.Resting)]
    [InlineData(CampaignStatus.Stopped)]
    [InlineData(CampaignStatus.Ended)]
    [InlineData(CampaignStatus.Rejected)]
    public async Task What_runs_or_ran_is_never_put_away(CampaignStatus status)
    {
        await GoOnAsync(_bench);
        await _bench.Core.Campaigns.ChangeAsync(_launch.Id, now => now with { Status = status }, Cancel);
        var sent = Network.Executed.Count;

        (await TakeBackAsync()).ShouldBe(BrakedLaunch.Launched);
        await GoOnAsync(_bench);

        (await _bench.CampaignAsync(_launch)).Status.ShouldBe(status);
        Network.Executed.Count.ShouldBe(sent);
    }

    [Fact]
    public async Task What_has_just_been_launched_is_left_to_a_pause()
    {
        await GoOnAsync(_bench);

        (await TakeBackAsync()).ShouldBe(BrakedLaunch.Launched);

        (await _bench.CampaignAsync(_launch)).Status.ShouldBe(CampaignStatus.Active);
    }

    private IEnumerable<string> Told => _bench.Core.Feed.All.Select(told => told.Action);

    private Task<BrakedLaunch> TakeBackAsync() => _bench.Undo.TakeBackAsync(_launch, "ana took it back", Cancel);

    /// <summary>Again and again, as the worker does.</summary>
    private async Task GoOnAsync(SafetyBench bench)
    {
        for (var attempt = 0; attempt < 8 && await bench.Core.Engine.ContinueAsync(_launch.Id, Cancel) == LaunchProgress.ToBeContinued; attempt++)
        {
            // Called again until it has ended.
        }
    }
}
