using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Feed;

/// <summary>What a person or the monitor does leaves an entry in the audit trail, whatever it is.</summary>
public sealed class ActsOnRecordTests
{
    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Freezing_and_allowing_are_on_record()
    {
        await _bench.Everything.FreezeAsync(FakePeople.Olga, Cancel);
        await _bench.Everything.AllowAsync(FakePeople.Olga, Cancel);

        SaidBy(FakePeople.Olga.Id).ShouldBe(["switch: freeze everything", "switch: allow everything"], Beginning);
    }

    [Fact]
    public async Task Stopping_everything_is_on_record_with_its_count()
    {
        _bench.Running();

        await _bench.Everything.StopAsync(FakePeople.Olga, Cancel);

        SaidBy(FakePeople.Olga.Id).ShouldBe(["switch: stop everything: 1 paused, 0 not confirmed"], Beginning);
    }

    [Fact]
    public async Task Taking_over_and_handing_back_are_on_record()
    {
        var campaign = _bench.Running();

        await _bench.Control.TakeOverAsync(campaign.Id, FakePeople.You, Cancel);
        await _bench.Control.HandBackAsync(campaign.Id, FakePeople.You, Cancel);

        SaidBy(FakePeople.You.Id).ShouldBe(["note: taken over", "note: handed back"], Beginning);
        _bench.Core.Audit.All.ShouldAllBe(entry => entry.Campaign == campaign.Id);
    }

    [Fact]
    public async Task What_the_monitor_does_is_on_record_from_the_incident_to_the_stop()
    {
        await StoppedAsync();

        SaidBy(PersonId.Monitor).ShouldBe(["incident: incident i1", "intent: pause", "outcome: pause", "stop: stopped"], Beginning);
    }

    [Fact]
    public async Task Everything_that_people_do_to_an_incident_is_on_record()
    {
        var (campaign, incident) = await StoppedAsync();
        await _bench.Desk.AcknowledgeAsync(incident.Id, FakePeople.Olga, Cancel);
        await _bench.Desk.RequestHigherCapAsync(incident.Id, FakePeople.Olga, A.Usd(1200), Cancel);
        var asked = (await _bench.Core.ApprovalStore.WaitingAsync(incident.Workspace, Cancel)).Single();
        await _bench.Approvals.DecideAsync(asked.Id, FakePeople.Max, true, asked.Shown, null, Cancel);
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(16));
        await _bench.Desk.ResumeAsync(incident.Id, FakePeople.Olga, Cancel);

        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Active);
        SaidBy(FakePeople.Olga.Id).ShouldBe(["incident: acknowledged", "approval: asked", "intent: activate", "outcome: activate", "resume: resumed"], Beginning);
        SaidBy(FakePeople.Max.Id).ShouldBe(["approval: approved", "approval: carried out"], Beginning);
    }

    [Fact]
    public async Task A_request_that_became_void_is_on_record()
    {
        var (_, incident) = await StoppedAsync();
        await _bench.Desk.RequestHigherCapAsync(incident.Id, FakePeople.Olga, A.Usd(1200), Cancel);

        await _bench.Desk.RequestHigherCapAsync(incident.Id, FakePeople.Olga, A.Usd(1300), Cancel);

        SaidBy(PersonId.System).ShouldBe(["approval: void"], Beginning);
    }

    [Fact]
    public async Task What_closes_itself_is_on_record_as_the_monitors()
    {
        var campaign = _bench.Running();
        _bench.Core.Network.ReadFault = new AdNetworks.AdNetworkException(AdNetworks.FaultKind.Unavailable, "away");
        for (var sweep = 0; sweep < SafetyLimits.FailuresUntilBlind; sweep++)
            await _bench.Monitor.SweepAsync(Cancel);

        _bench.Core.Network.ReadFault = null;
        await _bench.Monitor.SweepAsync(Cancel);

        campaign.Status.ShouldBe(CampaignStatus.Active);
        SaidBy(PersonId.Monitor)[^1].ShouldBe("incident: clear again, incident closed");
    }

    [Fact]
    public async Task The_agents_notes_and_the_demonstrations_past_are_no_proof_of_anything()
    {
        var happened = new FeedEvent(
            0, A.Noon, WorkspaceId.Local, null, null, "one", FeedKind.Note, Severity.Low, "would have moved", "because", PersonId.Agent);
        await _bench.Core.Feed.PublishAsync(happened, Cancel);
        await _bench.Core.Feed.PublishAsync(happened with { By = FakePeople.Olga.Id, Demo = true }, Cancel);

        _bench.Core.Audit.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_put_on_record_is_told_all_the_same_and_comes_first_when_the_database_returns()
    {
        _bench.Core.Audit.Locked = true;
        await _bench.Everything.FreezeAsync(FakePeople.Olga, Cancel);
        _bench.Core.Feed.All.Count.ShouldBe(1);
        _bench.Core.Audit.Locked = false;

        await _bench.Everything.AllowAsync(FakePeople.Olga, Cancel);

        SaidBy(FakePeople.Olga.Id).ShouldBe(["switch: freeze everything", "switch: allow everything"], Beginning);
    }

    [Fact]
    public async Task Stops_from_the_time_without_a_database_get_their_incident_intent_and_outcome_afterwards()
    {
        var campaign = _bench.Running(spend: 900);
        _bench.Core.Incidents.Locked = _bench.Core.Intents.Locked = _bench.Core.Audit.Locked = true;
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Audit.All.ShouldBeEmpty();
        _bench.Core.Incidents.Locked = _bench.Core.Intents.Locked = _bench.Core.Audit.Locked = false;

        await _bench.Monitor.SweepAsync(Cancel);
        await _bench.Core.Acts.CatchUpAsync(Cancel);

        var said = SaidBy(PersonId.Monitor);
        foreach (var wanted in (string[])["incident: incident i1", "intent: pause", "outcome: pause", "stop: stopped"])
            said.Count(line => line.StartsWith(wanted, StringComparison.Ordinal)).ShouldBe(1, wanted);

        _bench.Core.Audit.All.Single(entry => entry.Kind == "outcome").Facts["at"]!.GetValue<DateTimeOffset>().ShouldBe(A.Noon);
        _bench.Core.Stops.Noted.ShouldBeEmpty();
        campaign.Id.ShouldBe(_bench.Core.Audit.All[0].Campaign!.Value);
    }

    /// <summary>The journal was away for no longer than the intent took: what was noted then comes after what stands there by now.</summary>
    [Fact]
    public async Task What_was_noted_beside_the_database_never_takes_the_place_of_what_came_later()
    {
        var campaign = _bench.Running();
        _bench.Core.Journal.Failed();
        var pause = new GateRequest(
            new NetworkCommand.Pause(campaign.Account, campaign.Id, campaign.Network.Campaign!.Value), new CommandKey("p"), campaign.Workspace, campaign.Mode, PersonId.Monitor, "because");
        _bench.Core.Network.AnswerTakes = _ =>
        {
            _bench.Core.Journal.Written();
            return Task.CompletedTask;
        };
        (await _bench.Core.Gate.SendAsync(pause, Cancel)).ShouldBeOfType<CommandOutcome.Confirmed>();
        _bench.Core.Stops.Noted.Select(noted => noted.State).ShouldBe([IntentState.Planned, IntentState.Sent]);

        await _bench.Book.CatchUpAsync(Cancel);

        _bench.Core.Intents.All.ShouldHaveSingleItem().State.ShouldBe(IntentState.Confirmed);
        _bench.Core.Audit.All.Select(entry => entry.Kind).ShouldBe(["intent", "outcome"]);
    }

    private static readonly IEqualityComparer<string> Beginning = EqualityComparer<string>.Create(
        (left, right) => left!.StartsWith(right!, StringComparison.Ordinal) || right!.StartsWith(left!, StringComparison.Ordinal), _ => 0);

    private List<string> SaidBy(PersonId person) =>
        [.. _bench.Core.Audit.All.Where(entry => entry.Actor == person).Select(entry => $"{entry.Kind}: {entry.Says}")];

    private async Task<(Campaign Campaign, Incident Incident)> StoppedAsync()
    {
        var campaign = _bench.Running(spend: 900);
        await _bench.Monitor.SweepAsync(Cancel);
        return (campaign, _bench.Core.Incidents.All.Single());
    }
}
