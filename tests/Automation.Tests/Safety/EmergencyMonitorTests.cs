using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

public sealed class EmergencyMonitorTests
{
    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leaves_a_healthy_campaign_alone_and_writes_its_heartbeat()
    {
        var campaign = _bench.Running();

        var report = await _bench.Monitor.SweepAsync(Cancel);

        (report.Judged, report.Total, report.Failed).ShouldBe((1, 1, 0));
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Active);
        (await _bench.Core.Settings.FindAsync<SweepReport>(campaign.Workspace, EmergencyMonitor.Heartbeat, Cancel)).ShouldBe(report);
    }

    [Fact]
    public async Task Keeps_what_is_new_of_an_account_in_one_commit()
    {
        foreach (var number in Enumerable.Range(1, 16))
            _bench.Running($"c-{number}");

        await _bench.Monitor.SweepAsync(Cancel);

        _bench.Core.Readings.All.Count.ShouldBe(16);
        _bench.Core.Readings.Commits.ShouldBe(1);
    }

    [Proves(48, 89, 111, 122, 133)]
    [Fact]
    public async Task Stops_a_breach_reads_it_back_and_tells_people_on_every_channel()
    {
        var campaign = _bench.Running(spend: 800);

        await _bench.Monitor.SweepAsync(Cancel);

        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Stopped);
        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        _bench.Core.Incidents.All.Single().PauseConfirmed.ShouldBeTrue();
        _bench.Core.Alerts.All.Select(sent => sent.Channel).ShouldBe(["email", "sms", "push", "chat"]);
        _bench.Core.Feed.All.ShouldContain(told => told.Kind == FeedKind.EmergencyStop && told.Severity == Severity.Critical);
    }

    [Proves(44, 127)]
    [Fact]
    public async Task Watches_campaigns_that_the_agent_does_not_manage()
    {
        var campaign = _bench.Running(spend: 800);
        await _bench.Core.Campaigns.ChangeAsync(campaign.Id, now => now with { TakenOver = true }, Cancel);

        await _bench.Monitor.SweepAsync(Cancel);

        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Stopped);
    }

    [Fact]
    public async Task Two_loops_that_see_the_same_breach_open_one_incident_and_pause_once()
    {
        var campaign = _bench.Running(spend: 800);
        var seen = (await _bench.Observer.ObserveAsync(A.Account(), [campaign], Cancel)).Single();
        var verdicts = _bench.Panel.Judge(seen);

        await Task.WhenAll(
            _bench.Stop.CarryOutAsync(seen, verdicts, Cancel), _bench.Stop.CarryOutAsync(seen, verdicts, Cancel), _bench.Monitor.SweepAsync(Cancel));

        _bench.Core.Incidents.All.Count.ShouldBe(1);
        _bench.Core.Network.Executed.Count(done => done.Command is NetworkCommand.Pause).ShouldBe(1);
    }

    [Proves(133)]
    [Fact]
    public async Task A_refused_pause_is_told_at_once_tried_every_sweep_and_confirmed_when_it_works()
    {
        var campaign = _bench.Running(spend: 800);
        _bench.Core.Network.Troubles = command => command is NetworkCommand.Pause ? Trouble.Unavailable : null;

        for (var minute = 0; minute < 20; minute++)
        {
            await _bench.Monitor.SweepAsync(Cancel);
            _bench.Core.Machine.Advance(TimeSpan.FromSeconds(30));
        }

        _bench.Core.Alerts.All.ShouldContain(sent => sent.Alert.Title.Contains("COULD NOT PAUSE", StringComparison.Ordinal));
        var stuck = _bench.Core.Incidents.All.Single();
        (stuck.State, stuck.PauseAttempts >= 20).ShouldBe((IncidentState.Acting, true));

        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(30));
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Incidents.All.Single().Escalated.ShouldBeTrue();

        _bench.Core.Network.Troubles = _ => null;
        await _bench.Monitor.SweepAsync(Cancel);

        _bench.Core.Incidents.All.Single().PauseConfirmed.ShouldBeTrue();
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Stopped);
        _bench.Core.Feed.All.ShouldContain(told => told.Action.StartsWith("paused now", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stop_that_a_crash_cut_off_before_its_pause_is_carried_out_by_the_next_sweep()
    {
        var campaign = _bench.Running(spend: 800);
        await _bench.Book.OpenAsync(
            new Incident(
                IncidentId.New(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, new RuleId("daily-spend-cap"), Remedy.PauseCampaign,
                Severity.Critical, new Evidence("spend today", "$800", "$750"), A.Noon, IncidentState.Acting),
            Cancel);

        await _bench.Monitor.SweepAsync(Cancel);

        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Stopped);
        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
    }

    [Fact]
    public async Task A_campaign_that_runs_on_after_a_confirmed_pause_is_seen_and_paused_again()
    {
        var campaign = _bench.Running(spend: 800);
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(30));

        await _bench.Monitor.SweepAsync(Cancel);

        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        _bench.Core.Feed.All.ShouldContain(told => told.Action.StartsWith("STILL RUNNING", StringComparison.Ordinal));
        _bench.Core.Incidents.All.Count.ShouldBe(1);
    }

    [Proves(127)]
    [Fact]
    public async Task One_campaign_of_a_hundred_that_throws_costs_the_others_nothing()
    {
        var bench = new SafetyBench(new SafetyPanel([.. SafetyRules.All, new Explosive()]));
        for (var i = 0; i < 100; i++)
            bench.Running($"c-{i}", i == 7 ? 800 : 100);

        var report = await bench.Monitor.SweepAsync(Cancel);

        report.Judged.ShouldBe(100);
        bench.Core.Network.AccountReads.ShouldBe(1);
        bench.Core.Incidents.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_locked_database_does_not_keep_a_stop_from_going_out()
    {
        var campaign = _bench.Running(spend: 100);
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Spend[campaign.Id] = 800;
        _bench.Core.Incidents.Locked = _bench.Core.Intents.Locked = _bench.Core.Readings.Locked = _bench.Core.Settings.Locked = _bench.Core.Audit.Locked = true;
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(30));

        await _bench.Monitor.SweepAsync(Cancel);

        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        _bench.Core.Stops.Noted.ShouldNotBeEmpty();

        _bench.Core.Incidents.Locked = _bench.Core.Intents.Locked = _bench.Core.Readings.Locked = _bench.Core.Settings.Locked = _bench.Core.Audit.Locked = false;
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Incidents.All.Single().PauseConfirmed.ShouldBeTrue();
        _bench.Core.Stops.Noted.ShouldBeEmpty();
    }

    [Proves(132)]
    [Fact]
    public async Task Five_failed_reads_open_a_blind_incident_that_closes_itself()
    {
        _bench.Running();
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
        for (var i = 0; i < 6; i++)
        {
            _bench.Core.Machine.Advance(TimeSpan.FromSeconds(30));
            await _bench.Monitor.SweepAsync(Cancel);
        }

        var blind = _bench.Core.Incidents.All.Single();
        (blind.Cause.Value, blind.Remedy, blind.State).ShouldBe(("network-errors", Remedy.Alert, IncidentState.Open));

        _bench.Core.Network.ReadFault = null;
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Incidents.All.Single().State.ShouldBe(IncidentState.Closed);
    }

    [Fact]
    public async Task A_rejection_by_the_network_is_taken_over_with_its_reason()
    {
        var campaign = _bench.Running();
        _bench.Core.Network.Put(A.AtNetwork(campaign, NetworkStatus.Rejected) with { WhyRejected = "misleading claim" });

        await _bench.Monitor.SweepAsync(Cancel);

        var now = await _bench.CampaignAsync(campaign);
        (now.Status, now.Because).ShouldBe((CampaignStatus.Rejected, "misleading claim"));
        _bench.Core.Feed.All.ShouldContain(told => told.Reason.Contains("misleading claim", StringComparison.Ordinal));
    }

    private sealed class Explosive : ISafetyRule
    {
        public RuleId Id { get; } = new("explosive");

        public SafetyVerdict Judge(Observation now) => now.Campaign.Id.Value == "c-3"
            ? throw new InvalidOperationException("boom")
            : new SafetyVerdict.Clear(Id);
    }
}
