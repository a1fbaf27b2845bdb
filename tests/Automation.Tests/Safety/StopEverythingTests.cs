// Long because whatever may be under way when it is said is a scene of its own.
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>After "stop everything" nothing runs, whatever was under way when it was said.</summary>
public sealed class StopEverythingTests
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);

    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeNetwork Network => _bench.Core.Network;

    public static TheoryData<Type, bool> EveryStepBeforeAndAfterItsEffect()
    {
        var cases = new TheoryData<Type, bool>();
        foreach (var step in (Type[])[typeof(NetworkCommand.UploadCreative), typeof(NetworkCommand.CreateCampaign), typeof(NetworkCommand.CreateAdSet), typeof(NetworkCommand.CreateAd), typeof(NetworkCommand.Activate)])
        {
            cases.Add(step, false);
            cases.Add(step, true);
        }

        return cases;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_could_not_be_written_when_it_was_said_holds_after_a_restart_and_is_written_when_the_database_returns(bool sweepsBeforeTheRestart)
    {
        _bench.Core.Settings.Locked = true;
        await _bench.Everything.StopAsync(FakePeople.Olga, Cancel);
        _bench.Core.Settings.Locked = false;
        if (sweepsBeforeTheRestart)
            await _bench.Monitor.SweepAsync(Cancel);

        _bench.Core.Stops.Freeze.ShouldBe(sweepsBeforeTheRestart ? null : _bench.Core.Stops.Freeze.ShouldNotBeNull());
        var after = new GlobalSwitch(_bench.Core.Settings, _bench.Core.Stops);

        (await after.StateAsync(Cancel)).ShouldNotBeNull().Stops.ShouldBeTrue();
    }

    [Fact]
    public async Task Said_again_it_says_that_all_stand_still_already_and_pauses_nothing_anew()
    {
        _bench.Running();
        (await _bench.Everything.StopAsync(FakePeople.Olga, Cancel)).ShouldContain("1 paused, 0 not confirmed");
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(1));

        (await _bench.Everything.StopAsync(FakePeople.Olga, Cancel)).ShouldStartWith("Everything stopped: 1 campaign stands still already.");
    }

    [Fact]
    public async Task A_stop_that_is_said_while_everything_is_being_allowed_holds()
    {
        await _bench.Everything.StopAsync(FakePeople.Olga, Cancel);
        var written = new TaskCompletionSource();
        _bench.Core.Settings.Takes = () => written.Task;
        var allowing = _bench.Everything.AllowAsync(FakePeople.Olga, Cancel);
        var stopping = _bench.Everything.StopAsync(FakePeople.You, Cancel);
        written.SetResult();
        await stopping;

        (await allowing).ShouldStartWith("Not allowed again");
        (await _bench.Core.Switch.StateAsync(Cancel)).ShouldNotBeNull().Stops.ShouldBeTrue();
        (await new GlobalSwitch(_bench.Core.Settings, _bench.Core.Stops).StateAsync(Cancel)).ShouldNotBeNull().Stops.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(EveryStepBeforeAndAfterItsEffect))]
    public async Task A_launch_never_runs_after_it_whatever_step_its_network_was_at(Type step, bool tookEffect)
    {
        var launch = Launching();
        var (asked, answer) = Network.Hold(step, tookEffect);
        var launching = LaunchAsync(_bench, launch);
        await asked;

        var says = await _bench.Everything.StopAsync(FakePeople.Olga, Cancel);
        answer.SetResult();
        await launching;
        await LaunchAsync(_bench, launch);

        says.ShouldContain("0 paused, 0 not confirmed, 1 launch taken back");
        Network.Campaigns.ShouldAllBe(shown => shown.Status == NetworkStatus.Paused || shown.Status == NetworkStatus.Archived);
        (await _bench.CampaignAsync(launch)).Status.ShouldBe(CampaignStatus.Failed);
        _bench.Core.Feed.All.ShouldContain(told => told.Action == "launch undone, nothing is running" && told.Reason.Contains("olga", StringComparison.Ordinal));
        _bench.Core.Feed.All.ShouldNotContain(told => told.Action.StartsWith("running", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(EveryStepBeforeAndAfterItsEffect))]
    public async Task A_launch_that_a_crash_cut_off_there_is_taken_back_and_not_gone_on_with(Type step, bool tookEffect)
    {
        var launch = Launching();
        var (asked, answer) = Network.Hold(step, tookEffect);
        var cutOff = LaunchAsync(_bench, launch);
        await asked;
        await _bench.Core.Switch.SetAsync(new SwitchState(true, FakePeople.Olga.Id, A.Noon, "stop everything", Stops: true), Cancel);
        Network.Takes = Network.AnswerTakes = _ => Task.CompletedTask;

        var after = new SafetyBench(_bench);
        await after.Monitor.SweepAsync(Cancel);
        await LaunchAsync(after, launch);

        Network.Campaigns.ShouldAllBe(shown => shown.Status == NetworkStatus.Paused || shown.Status == NetworkStatus.Archived);
        Network.Executed.ShouldNotContain(done => !tookEffect && done.Command is NetworkCommand.Activate);
        (await after.CampaignAsync(launch)).Status.ShouldBe(CampaignStatus.Failed);
        answer.SetResult();
        await cutOff;
    }

    [Fact]
    public async Task A_launch_whose_pause_is_not_confirmed_is_an_emergency_until_it_is()
    {
        var launch = Launching();
        Network.Troubles = command => command switch
        {
            NetworkCommand.Activate => Lost(Trouble.ExecutesThenTimesOut),
            NetworkCommand.Pause => Trouble.Unavailable,
            _ => null,
        };
        await _bench.Core.Engine.ContinueAsync(launch.Id, Cancel);
        Network.ReadFault = null;

        (await _bench.Everything.StopAsync(FakePeople.Olga, Cancel)).ShouldContain("0 paused, 1 not confirmed");
        _bench.Core.Alerts.All.ShouldContain(sent => sent.Channel == "sms" && sent.Alert.Title.Contains("COULD NOT PAUSE", StringComparison.Ordinal));
        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Active);

        Network.Troubles = _ => null;
        _bench.Core.Machine.Advance(Sweep);
        await _bench.Monitor.SweepAsync(Cancel);
        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);

        await LaunchAsync(_bench, launch);
        await _bench.Monitor.SweepAsync(Cancel);

        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Archived);
        (await _bench.CampaignAsync(launch)).Status.ShouldBe(CampaignStatus.Failed);
        _bench.Core.Incidents.All.ShouldHaveSingleItem().State.ShouldBe(IncidentState.Closed);
    }

    [Fact]
    public async Task What_rests_outside_its_hours_is_stopped_and_the_schedule_does_not_switch_it_on()
    {
        var campaign = await RestingAsync();

        (await _bench.Everything.StopAsync(FakePeople.Olga, Cancel)).ShouldContain("1 paused, 0 not confirmed");
        _bench.Core.Machine.Advance(TimeSpan.FromHours(3));
        await _bench.Core.HoursSwitch.TurnAsync(Cancel);

        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Stopped);
        Network.Executed.ShouldNotContain(done => done.Command is NetworkCommand.Activate);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_schedule_that_was_just_switching_it_on_is_taken_back(bool tookEffect)
    {
        var campaign = await RestingAsync();
        _bench.Core.Machine.Advance(TimeSpan.FromHours(3));
        await _bench.Monitor.SweepAsync(Cancel);
        var (asked, answer) = Network.Hold(typeof(NetworkCommand.Activate), tookEffect);
        var switching = _bench.Core.HoursSwitch.TurnAsync(Cancel);
        await asked;

        await _bench.Everything.StopAsync(FakePeople.Olga, Cancel);
        answer.SetResult();
        await switching;

        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Stopped);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_person_who_was_just_resuming_is_told_that_it_was_taken_back(bool tookEffect)
    {
        var campaign = _bench.Running();
        await _bench.Control.PauseAsync(campaign.Id, FakePeople.Ana, "a break", Cancel);
        var (asked, answer) = Network.Hold(typeof(NetworkCommand.Activate), tookEffect);
        var resuming = _bench.Control.ResumeAsync(campaign.Id, FakePeople.Ana, Cancel);
        await asked;

        await _bench.Everything.StopAsync(FakePeople.Olga, Cancel);
        answer.SetResult();

        (await resuming).Says.ShouldContain("taken back");
        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        (await _bench.CampaignAsync(campaign)).MaySpend.ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_not_confirmed_is_tried_with_every_sweep_and_told_until_nothing_is_left()
    {
        for (var number = 1; number <= 3; number++)
            _bench.Running($"c-{number}");
        Network.Troubles = command => command is NetworkCommand.Pause { Campaign.Value: "c-2" } ? Trouble.Unavailable : null;

        (await _bench.Everything.StopAsync(FakePeople.Olga, Cancel)).ShouldContain("2 paused, 1 not confirmed");
        await SweepsAsync(3);
        Network.Troubles = _ => null;
        await SweepsAsync(3);

        Network.Campaigns.ShouldAllBe(shown => shown.Status == NetworkStatus.Paused);
        Told.ShouldBe(["stop everything: 2 paused, 1 not confirmed", "stop everything: 3 paused, 0 not confirmed"]);
    }

    [Fact]
    public async Task While_something_is_left_it_is_told_every_five_minutes()
    {
        _bench.Running();
        Network.Troubles = command => command is NetworkCommand.Pause ? Trouble.Unavailable : null;

        await _bench.Everything.StopAsync(FakePeople.Olga, Cancel);
        await SweepsAsync(21);

        Told.ShouldBe(Enumerable.Repeat("stop everything: 0 paused, 1 not confirmed", 3));
    }

    [Fact]
    public async Task A_stop_that_a_crash_cut_off_is_carried_on_by_the_next_sweep()
    {
        _bench.Running();
        await _bench.Core.Switch.SetAsync(new SwitchState(true, FakePeople.Olga.Id, A.Noon, "stop everything", Stops: true), Cancel);

        await new SafetyBench(_bench).Monitor.SweepAsync(Cancel);

        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        Told.ShouldBe(["stop everything: 1 paused, 0 not confirmed"]);
    }

    [Fact]
    public async Task A_freeze_pauses_nothing_and_does_not_soften_a_stop()
    {
        _bench.Running();
        await _bench.Everything.FreezeAsync(FakePeople.Olga, Cancel);
        await SweepsAsync(1);
        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Active);

        await _bench.Everything.StopAsync(FakePeople.Olga, Cancel);
        (await _bench.Everything.FreezeAsync(FakePeople.Olga, Cancel)).ShouldContain("has been stopped for 0 min");
        (await _bench.Core.Switch.StateAsync(Cancel))!.Stops.ShouldBeTrue();
    }

    [Fact]
    public async Task A_database_that_is_away_keeps_nothing_running()
    {
        var launch = Launching("c-9");
        Network.Troubles = command => command is NetworkCommand.Activate ? Lost(Trouble.ExecutesThenTimesOut) : null;
        await _bench.Core.Engine.ContinueAsync(launch.Id, Cancel);
        Network.ReadFault = null;
        for (var number = 1; number <= 5; number++)
            _bench.Running($"c-{number}");
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Incidents.Locked = _bench.Core.Intents.Locked = _bench.Core.Settings.Locked = _bench.Core.Audit.Locked = true;

        (await _bench.Everything.StopAsync(FakePeople.Olga, Cancel)).ShouldContain("5 paused, 0 not confirmed");

        Network.Campaigns.ShouldAllBe(shown => shown.Status == NetworkStatus.Paused);
        (await _bench.Core.Switch.StateAsync(Cancel))!.Frozen.ShouldBeTrue();
    }

    [Fact]
    public async Task One_campaign_that_somebody_is_just_resuming_at_a_network_that_hangs_keeps_no_other_running()
    {
        var held = _bench.Running("c-1", spend: 800);
        await _bench.Monitor.SweepAsync(Cancel);
        using var resuming = await _bench.Book.EnterAsync(held.Id, Cancel);
        _bench.Running("c-2");

        await _bench.Everything.StopAsync(FakePeople.Olga, Cancel);

        Network.Campaigns.ShouldAllBe(shown => shown.Status == NetworkStatus.Paused);
    }

    private IEnumerable<string> Told => _bench.Core.Feed.All.Where(told => told.Kind == FeedKind.Switch).Select(told => told.Action);

    private async Task SweepsAsync(int count)
    {
        for (var sweep = 0; sweep < count; sweep++)
        {
            _bench.Core.Machine.Advance(Sweep);
            await _bench.Monitor.SweepAsync(Cancel);
        }
    }

    /// <summary>The effect happens; neither its answer nor a look at it comes through.</summary>
    private Trouble Lost(Trouble trouble)
    {
        Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
        return trouble;
    }

    private Campaign Launching(string id = "c-1")
    {
        var launch = A.Campaign(CampaignStatus.Launching, id);
        _bench.Core.Campaigns.With(launch);
        return launch;
    }

    /// <summary>A campaign of which the account's hours begin at 14:00 UTC; it is noon.</summary>
    private async Task<Campaign> RestingAsync()
    {
        var campaign = _bench.Running();
        Network.Put(A.AtNetwork(campaign, NetworkStatus.Paused));
        return await _bench.Core.Campaigns.ChangeAsync(
            campaign.Id, now => now with { Status = CampaignStatus.Resting, HoursByUs = true, Spec = now.Spec with { Schedule = new Schedule(null, null, [9, 10, 11]) } }, Cancel);
    }

    /// <summary>Again and again, as the worker does.</summary>
    private static async Task LaunchAsync(SafetyBench bench, Campaign launch)
    {
        for (var attempt = 0; attempt < 8 && await bench.Core.Engine.ContinueAsync(launch.Id, Cancel) == LaunchProgress.ToBeContinued; attempt++)
        {
            // Called again until it has ended.
        }
    }
}
