// Long because every way in which a stop is interrupted, refused, lied about or raced stands here.
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>A stop that is interrupted, refused, lied about or raced still ends in a campaign that stands still.</summary>
public sealed class StopPathTests
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);

    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_that_a_crash_left_between_incident_and_pause_is_carried_out_by_the_next_sweep()
    {
        var campaign = _bench.Running(spend: 800);
        await InterruptedAsync(campaign);

        await _bench.Monitor.SweepAsync(Cancel);

        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        var incident = _bench.Core.Incidents.All.ShouldHaveSingleItem();
        (incident.State, incident.PauseConfirmed).ShouldBe((IncidentState.Open, true));
        _bench.Core.Alerts.All.ShouldContain(sent => sent.Channel == "sms");
    }

    [Fact]
    public async Task It_is_carried_out_also_when_the_figures_look_well_again()
    {
        var campaign = _bench.Running(spend: 100);
        await InterruptedAsync(campaign);

        await _bench.Monitor.SweepAsync(Cancel);

        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
    }

    [Fact]
    public async Task A_stop_that_the_end_of_the_program_interrupted_is_carried_out_after_the_next_start()
    {
        _bench.Running(spend: 800);
        using var ends = new CancellationTokenSource();
        _bench.Core.Network.Takes = _ => ends.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => _bench.Monitor.SweepAsync(ends.Token));
        _bench.Core.Network.Takes = _ => Task.CompletedTask;

        await _bench.Monitor.SweepAsync(Cancel);

        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        _bench.Core.Incidents.All.ShouldHaveSingleItem().PauseConfirmed.ShouldBeTrue();
    }

    [Fact]
    public async Task Stop_everything_does_not_take_an_interrupted_stop_for_one_that_is_under_way()
    {
        var campaign = _bench.Running(spend: 800);
        await InterruptedAsync(campaign);

        await _bench.Everything.StopAsync(FakePeople.Olga, Cancel);

        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
    }

    [Fact]
    public async Task An_incident_that_only_told_people_becomes_a_stop_that_holds()
    {
        var campaign = _bench.Running(spend: 800);
        await _bench.Book.OpenAsync(Told(campaign), Cancel);
        var tries = 0;
        _bench.Core.Network.Troubles = command => command is NetworkCommand.Pause && tries++ == 0 ? Trouble.Unavailable : null;

        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Machine.Advance(Sweep);
        await _bench.Monitor.SweepAsync(Cancel);

        var incident = _bench.Core.Incidents.All.ShouldHaveSingleItem();
        (incident.Remedy, incident.Severity, incident.PauseConfirmed).ShouldBe((Remedy.PauseCampaign, Severity.Critical, true));
        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
    }

    [Fact]
    public async Task A_second_stop_under_an_incident_that_is_still_open_leaves_on_every_channel_too()
    {
        var campaign = _bench.Running(spend: 800);
        await _bench.Monitor.SweepAsync(Cancel);
        await _bench.Core.Campaigns.ChangeAsync(campaign.Id, stopped => stopped with { Status = CampaignStatus.Active }, Cancel);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        await _bench.Monitor.SweepAsync(Cancel);

        _bench.Core.Incidents.All.ShouldHaveSingleItem().PauseRound.ShouldBe(1);
        _bench.Core.Alerts.All.Count(sent => sent.Channel == "sms").ShouldBe(2);
    }

    [Fact]
    public async Task What_was_closed_while_the_database_was_away_is_not_open()
    {
        var campaign = _bench.Running(spend: 800);
        await _bench.Monitor.SweepAsync(Cancel);
        var open = _bench.Core.Incidents.All.Single();
        _bench.Core.Incidents.Locked = _bench.Core.Incidents.Unreadable = true;
        await _bench.Book.ChangeAsync(open, found => found with { State = IncidentState.Closed }, Cancel);

        (await _bench.Book.OpenOfAsync(campaign.Id, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_network_that_says_yes_and_does_nothing_is_asked_under_a_new_key()
    {
        _bench.Running(spend: 800);
        var tries = 0;
        _bench.Core.Network.Troubles = command => command is NetworkCommand.Pause && tries++ == 0 ? Trouble.ForgetsToDoIt : null;

        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Machine.Advance(Sweep);
        await _bench.Monitor.SweepAsync(Cancel);

        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
    }

    [Proves(127)]
    [Fact]
    public async Task An_account_that_hangs_keeps_no_other_from_being_judged_again_and_again()
    {
        var campaign = _bench.Running("c-1", spend: 100);
        var hangs = _bench.Running("c-2", elsewhere: true);
        var never = new TaskCompletionSource();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _bench.Core.Other.ReadTakes = () =>
        {
            asked.TrySetResult();
            return never.Task;
        };

        var first = _bench.Monitor.SweepAsync(Cancel);
        await asked.Task;
        while ((await _bench.Monitor.SweepAsync(Cancel)).Judged == 0)
            await Task.Yield();

        _bench.Spend[campaign.Id] = 800;
        var next = await _bench.Monitor.SweepAsync(Cancel);

        first.IsCompleted.ShouldBeFalse();
        (next.Judged, next.Failed).ShouldBe((1, 1));
        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        never.SetResult();
        await first;
        (await _bench.CampaignAsync(hangs)).Status.ShouldBe(CampaignStatus.Active);
    }

    [Fact]
    public async Task Twenty_pauses_that_hang_are_tried_side_by_side()
    {
        for (var number = 1; number <= 20; number++)
            _bench.Running($"c-{number}", spend: 800);

        var waiting = 0;
        var all = new TaskCompletionSource();
        _bench.Core.Network.Takes = _ =>
        {
            if (Interlocked.Increment(ref waiting) == 16)
                all.SetResult();

            return all.Task;
        };

        await _bench.Monitor.SweepAsync(Cancel);

        _bench.Core.Network.Campaigns.ShouldAllBe(campaign => campaign.Status == NetworkStatus.Paused);
    }

    [Fact]
    public async Task A_sweep_beside_a_resume_does_not_stop_what_was_just_resumed()
    {
        var campaign = await StoppedAsync(spend: 800);
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(20));
        await LiftedAsync(campaign);
        Task<SweepReport>? beside = null;
        _bench.Core.Network.Takes = async command =>
        {
            if (command is NetworkCommand.Activate && beside is null)
            {
                beside = Task.Run(() => _bench.Monitor.SweepAsync(Cancel), Cancel);

                // As far as it comes without the resume; it is waited for at the end.
                for (var others = 0; others < 10_000 && !beside.IsCompleted; others++)
                    await Task.Yield();
            }
        };

        var answer = await _bench.Desk.ResumeAsync(_bench.Core.Incidents.All.Single().Id, FakePeople.Olga, Cancel);
        await beside!;

        answer.Done.ShouldBeTrue(answer.Says);
        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Active);
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Active);
    }

    [Fact]
    public async Task A_resume_ends_everything_that_held_the_campaign()
    {
        var campaign = await StoppedAsync(spend: 800);
        await _bench.Book.OpenAsync(Told(campaign) with { Id = IncidentId.New(), Cause = new RuleId("roas-floor"), Remedy = Remedy.PauseCampaign, State = IncidentState.Open, PauseConfirmed = true }, Cancel);
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(20));
        await LiftedAsync(campaign);

        var answer = await _bench.Desk.ResumeAsync(_bench.Core.Incidents.All[0].Id, FakePeople.Olga, Cancel);

        answer.Done.ShouldBeTrue(answer.Says);
        _bench.Core.Incidents.All.ShouldAllBe(incident => incident.State == IncidentState.Closed);
        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Active);
    }

    [Theory]
    [InlineData("daily-spend-cap")]
    [InlineData("stale-reading")]
    [InlineData("network-errors")]
    public async Task Nothing_runs_again_before_what_was_spent_until_the_pause_is_reported(string cause)
    {
        var campaign = await StoppedAsync(spend: 800);
        await _bench.Core.Incidents.ChangeAsync(_bench.Core.Incidents.All.Single().Id, now => now with { Cause = new RuleId(cause) }, Cancel);
        await LiftedAsync(campaign);
        _bench.Core.Machine.Advance(Sweep);

        var answer = await _bench.Desk.ResumeAsync(_bench.Core.Incidents.All.Single().Id, FakePeople.Olga, Cancel);

        answer.Done.ShouldBeFalse();
        answer.Says.ShouldContain("not all in yet");
    }

    [Proves(48)]
    [Fact]
    public async Task What_is_no_emergency_leaves_only_as_the_campaign_chose()
    {
        var campaign = _bench.Running();
        await _bench.Core.Campaigns.ChangeAsync(
            campaign.Id, now => now with { Spec = now.Spec with { Automation = now.Spec.Automation with { Notify = AlertChannels.Push | AlertChannels.Sms } } }, Cancel);
        var observation = AnObservation.Of(await _bench.CampaignAsync(campaign), 100, 5);

        await _bench.Stop.CarryOutAsync(observation, [new SafetyVerdict.Breach(new RuleId("cpa-ceiling"), Remedy.ReduceBid, new Evidence("CPA", "$30", "$18"))], Cancel);

        _bench.Core.Alerts.All.Select(sent => sent.Channel).Distinct().ShouldBe(["push", "chat"]);
    }

    [Fact]
    public async Task A_bid_cut_that_is_refused_is_not_asked_for_with_every_sweep()
    {
        var campaign = _bench.Running();
        _bench.Core.Network.Troubles = command => command is NetworkCommand.SetBid ? Trouble.Rejected : null;
        var breach = new SafetyVerdict.Breach(new RuleId("cpa-ceiling"), Remedy.ReduceBid, new Evidence("CPA", "$30", "$18"));

        for (var sweep = 0; sweep < 10; sweep++)
        {
            await _bench.Stop.CarryOutAsync(AnObservation.Of(await _bench.CampaignAsync(campaign), 100, 5) with { Now = _bench.Core.Clock.GetUtcNow() }, [breach], Cancel);
            _bench.Core.Machine.Advance(Sweep);
        }

        _bench.Core.Intents.All.ShouldHaveSingleItem();
        _bench.Core.Audit.All.Count(entry => entry.Kind == "outcome").ShouldBe(1);
    }

    [Fact]
    public async Task An_incident_opened_while_the_database_was_away_outlives_a_crash()
    {
        var campaign = _bench.Running(spend: 800);
        _bench.Core.Incidents.Locked = _bench.Core.Intents.Locked = true;
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);

        _bench.Core.Incidents.Locked = _bench.Core.Intents.Locked = false;
        var after = new SafetyBench(_bench);
        await after.Monitor.SweepAsync(Cancel);

        var incident = after.Core.Incidents.All.ShouldHaveSingleItem();
        (incident.Campaign, incident.PauseConfirmed, incident.State).ShouldBe((campaign.Id, true, IncidentState.Open));
        after.Core.Stops.Incidents.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stop_goes_out_before_the_figures_that_demand_it_are_kept()
    {
        _bench.Running(spend: 800);
        var (begun, kept) = (new TaskCompletionSource(), new TaskCompletionSource());
        _bench.Core.Readings.Takes = () =>
        {
            begun.TrySetResult();
            return kept.Task;
        };

        var sweep = _bench.Monitor.SweepAsync(Cancel);
        await begun.Task.WaitAsync(Cancel);

        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        sweep.IsCompleted.ShouldBeFalse();
        kept.SetResult();
        await sweep;
        _bench.Core.Readings.All.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_was_written_before_is_not_written_again_over_what_people_answered_since()
    {
        var campaign = _bench.Running(spend: 800);
        _bench.Core.Incidents.Locked = _bench.Core.Intents.Locked = true;
        await _bench.Monitor.SweepAsync(Cancel);
        var noted = _bench.Core.Stops.Incidents.Values.ShouldHaveSingleItem();
        _bench.Core.Incidents.Locked = _bench.Core.Intents.Locked = false;
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(1));
        await _bench.Monitor.SweepAsync(Cancel);
        var incident = _bench.Core.Incidents.All.ShouldHaveSingleItem();
        (await _bench.Desk.AcknowledgeAsync(incident.Id, FakePeople.Olga, Cancel)).Done.ShouldBeTrue();

        // It could not be cleared then, and the program ended.
        await _bench.Core.Stops.NoteAsync(noted, Cancel);
        await new SafetyBench(_bench).Monitor.SweepAsync(Cancel);

        _bench.Core.Incidents.All.ShouldHaveSingleItem().AcknowledgedBy.ShouldBe(FakePeople.Olga.Id);
        _bench.Core.Stops.Incidents.ShouldBeEmpty();
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Stopped);
    }

    [Fact]
    public async Task What_an_earlier_life_stopped_and_only_noted_is_known_while_it_still_cannot_be_written()
    {
        var campaign = _bench.Running(spend: 800);
        _bench.Core.Incidents.Locked = _bench.Core.Intents.Locked = true;
        await _bench.Monitor.SweepAsync(Cancel);
        var next = new SafetyBench(_bench);

        await next.Book.CatchUpAsync(Cancel);

        (await next.Book.OpenOfAsync(campaign.Id, Cancel)).ShouldHaveSingleItem().PauseConfirmed.ShouldBeTrue();
        _bench.Core.Incidents.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_changed_while_it_was_written_is_written_by_the_next_round()
    {
        var campaign = _bench.Running(spend: 800);
        _bench.Core.Incidents.Locked = _bench.Core.Intents.Locked = true;
        await _bench.Monitor.SweepAsync(Cancel);
        var held = (await _bench.Book.OpenOfAsync(campaign.Id, Cancel)).ShouldHaveSingleItem();
        (_bench.Core.Incidents.Locked, _bench.Core.Intents.Locked) = (false, false);
        _bench.Core.Incidents.Changing = () =>
        {
            _bench.Core.Incidents.Changing = () => { };
            _bench.Book.ChangeAsync(held, now => now with { AcknowledgedBy = FakePeople.Olga.Id }, Cancel).GetAwaiter().GetResult();
        };

        await _bench.Book.CatchUpAsync(Cancel);
        await _bench.Book.CatchUpAsync(Cancel);

        _bench.Core.Incidents.All.ShouldHaveSingleItem().AcknowledgedBy.ShouldBe(FakePeople.Olga.Id);
    }

    [Fact]
    public async Task Of_many_stops_only_the_first_waits_for_a_database_that_is_away()
    {
        for (var number = 1; number <= 20; number++)
            _bench.Running($"c-{number}", spend: 800);

        _bench.Core.Incidents.Locked = _bench.Core.Intents.Locked = true;
        await _bench.Monitor.SweepAsync(Cancel);

        _bench.Core.Network.Campaigns.ShouldAllBe(campaign => campaign.Status == NetworkStatus.Paused);
        (_bench.Core.Incidents.Refused + _bench.Core.Intents.Refused).ShouldBeLessThan(5);
    }

    [Fact]
    public async Task A_stop_asks_nothing_of_a_database_that_could_not_be_read_a_moment_ago()
    {
        var campaign = _bench.Running(spend: 10);
        await InterruptedAsync(campaign);
        _bench.Core.Journal.NotRead();

        (await _bench.Book.KnownOfAsync(campaign.Id, Cancel)).ShouldBeEmpty();
        (await _bench.Book.OpenOfAsync(campaign.Id, Cancel)).ShouldHaveSingleItem();
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(6));
        (await _bench.Book.KnownOfAsync(campaign.Id, Cancel)).ShouldHaveSingleItem();
    }

    private async Task<Campaign> StoppedAsync(decimal spend)
    {
        var campaign = _bench.Running(spend: spend);
        await _bench.Monitor.SweepAsync(Cancel);
        return campaign;
    }

    /// <summary>The cap of today is out of the way, as a second person may decide.</summary>
    private Task LiftedAsync(Campaign campaign) => _bench.Core.Campaigns.ChangeAsync(
        campaign.Id, now => now with { CapForToday = new DayCap(A.Account().DayAt(_bench.Core.Clock.GetUtcNow()), A.Usd(2000)) }, Cancel);

    private Task InterruptedAsync(Campaign campaign) => _bench.Core.Incidents.OpenAsync(
        Told(campaign) with { Cause = new RuleId("daily-spend-cap"), Remedy = Remedy.PauseCampaign, Severity = Severity.Critical, State = IncidentState.Acting }, Cancel);

    private Incident Told(Campaign campaign) => new(
        IncidentId.New(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, new RuleId("daily-spend-cap"), Remedy.Alert, Severity.High,
        new Evidence("spend today", "$800", "$750"), _bench.Core.Clock.GetUtcNow(), IncidentState.Open);
}
