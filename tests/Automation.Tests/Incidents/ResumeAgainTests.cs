using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Incidents;

/// <summary>A campaign that was stopped by its cap, resumed with a higher one, and is stopped by that twenty minutes later.</summary>
public sealed class ResumeAgainTests
{
    private SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_cause_within_an_hour_is_not_resumed_by_one_person_alone()
    {
        var incident = await StoppedAgainAsync();

        var answer = await ResumeAsync(incident);

        answer.Done.ShouldBeFalse();
        answer.Says.ShouldContain("stopped again for the same cause");
        answer.WaysOut.Count.ShouldBe(2);
        answer.WaysOut.ShouldAllBe(way => PlainWords.Problem(way) == null);
        (await StatusAsync(incident)).ShouldBe(CampaignStatus.Stopped);
        (await ResumeAsync(incident)).Done.ShouldBeFalse();
        (await WaitingAsync()).Count.ShouldBe(1, "saying it again asks no second time");
    }

    [Fact]
    public async Task Where_nobody_else_may_agree_nobody_is_asked_and_it_is_said_how_somebody_is_added()
    {
        _bench = new SafetyBench(core: new Bench(people: new FakePeople(FakePeople.You, FakePeople.Ana)));
        var incident = await StoppedAgainAsync();

        var answer = await ResumeAsync(incident);

        answer.Says.ShouldEndWith("Nobody else here may agree to it.");
        answer.WaysOut.ShouldBe(["an Admin adds somebody who may: \"people grant approver @ana\"; then say resume again", "or wait 20 min"]);
        (await WaitingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Into_a_fault_that_is_still_on_nobody_is_asked_either_where_nobody_else_may_agree()
    {
        _bench = new SafetyBench(core: new Bench(people: new FakePeople(FakePeople.You, FakePeople.Ana)));
        var incident = await StoppedAsync(800);
        await LiftedAsync(incident, 1000);
        await _bench.Market.StartFaultAsync(incident.Campaign, MarketFault.Runaway, 10, null, Cancel);

        var answer = await ResumeAsync(incident);

        answer.Done.ShouldBeFalse();
        answer.WaysOut.ShouldBe(["say \"simulate calm c-1\", which ends it, and resume again", "an Admin adds somebody who may: \"people grant approver @ana\"; then say resume again"]);
        (await WaitingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task With_a_second_person_it_is()
    {
        var incident = await StoppedAgainAsync();
        await ResumeAsync(incident);
        var asked = (await WaitingAsync()).Single();

        (await _bench.Approvals.DecideAsync(asked.Id, FakePeople.You, true, asked.Shown, null, Cancel)).ShouldBeOfType<ApprovalAnswer.Refused>();
        (await _bench.Approvals.DecideAsync(asked.Id, FakePeople.Max, true, asked.Shown, null, Cancel)).ShouldBeOfType<ApprovalAnswer.Decided>();
        (await StatusAsync(incident)).ShouldBe(CampaignStatus.Stopped, "agreeing resumes nothing");

        var answer = await ResumeAsync(incident);
        answer.Done.ShouldBeTrue(answer.Says);
    }

    [Fact]
    public async Task An_agreement_that_was_cut_off_before_its_effect_and_once_more_after_it_is_one_agreement_and_one_resume()
    {
        var incident = await StoppedAgainAsync();
        await ResumeAsync(incident);
        var asked = (await WaitingAsync()).Single();
        await _bench.Core.ApprovalStore.ChangeAsync(asked.Id, now => now with { State = ApprovalState.Approved, DecidedBy = FakePeople.Max.Id, DecidedAt = A.Noon }, Cancel);
        await _bench.Approvals.FinishAsync(Cancel);
        await _bench.Core.ApprovalStore.ChangeAsync(asked.Id, now => now with { CarriedOut = false }, Cancel);
        await _bench.Approvals.FinishAsync(Cancel);

        (await _bench.Core.Incidents.FindAsync(incident.Id, Cancel))!.Notes.Count(note => note.Says.StartsWith("agreed", StringComparison.Ordinal)).ShouldBe(1);
        (await ResumeAsync(incident)).Done.ShouldBeTrue();
        _bench.Core.Network.Executed.Count(sent => sent.Command is NetworkCommand.Activate).ShouldBe(2, "the first round and this one");
    }

    [Fact]
    public async Task After_the_hour_one_person_is_enough()
    {
        var incident = await StoppedAgainAsync();
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(25));

        var answer = await ResumeAsync(incident);

        answer.Done.ShouldBeTrue(answer.Says);
    }

    [Fact]
    public async Task A_request_whose_incident_is_over_waits_for_nobody_and_says_why()
    {
        var incident = await StoppedAgainAsync();
        await ResumeAsync(incident);
        var asked = (await WaitingAsync()).Single();
        await _bench.Approvals.FinishAsync(Cancel);
        (await WaitingAsync()).ShouldHaveSingleItem();

        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(25));
        (await ResumeAsync(incident)).Done.ShouldBeTrue();
        await _bench.Approvals.FinishAsync(Cancel);
        await _bench.Approvals.FinishAsync(Cancel);

        var withdrawn = (await _bench.Core.ApprovalStore.FindAsync(asked.Id, Cancel))!;
        (withdrawn.State, withdrawn.Why).ShouldBe((ApprovalState.Void, "The incident is closed, so nothing has to be resumed"));
        _bench.Core.Feed.All.Count(told => told.Action.StartsWith("no longer asked for", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_request_about_a_simulated_fault_that_has_ended_waits_for_nobody()
    {
        var incident = await StoppedAsync(800);
        await LiftedAsync(incident, 1000);
        await _bench.Market.StartFaultAsync(incident.Campaign, MarketFault.Runaway, 10, null, Cancel);
        (await ResumeAsync(incident)).Done.ShouldBeFalse();
        var asked = (await WaitingAsync()).Single();

        await _bench.Market.CalmAsync(incident.Campaign, Cancel);
        await _bench.Approvals.FinishAsync(Cancel);

        (await _bench.Core.ApprovalStore.FindAsync(asked.Id, Cancel))!.State.ShouldBe(ApprovalState.Void);
        (await WaitingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_first_stop_and_one_long_after_a_resume_need_no_second_person()
    {
        var incident = await StoppedAsync(800);
        await LiftedAsync(incident, 1000);
        (await ResumeAsync(incident)).Done.ShouldBeTrue();
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(61));
        var later = await StoppedAsync(1100);
        await LiftedAsync(later, 2000);

        var answer = await ResumeAsync(later);

        answer.Done.ShouldBeTrue(answer.Says);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void The_agent_moves_nothing_for_an_hour_after_a_resume(int minutes, bool dropped)
    {
        var campaign = A.Campaign() with { LastResumedAt = A.Noon.AddMinutes(-minutes) };
        var around = new Surroundings(AnObservation.Of(campaign, 100, 5), AgentMemory.Empty, null, A.Usd(0));

        var (left, trims) = AllRails.Through(new Proposal(Lever.Bid, A.Usd(12), A.Usd(10.2m), "because", "test"), around);

        trims.Any(trim => trim.Rail == "after-resume").ShouldBe(dropped);
        (left is null).ShouldBe(dropped);
    }

    /// <summary>Forty minutes after the resume, with every rule clear again.</summary>
    private async Task<Incident> StoppedAgainAsync()
    {
        var first = await StoppedAsync(800);
        await LiftedAsync(first, 1000);
        (await ResumeAsync(first)).Done.ShouldBeTrue();
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(20));
        var again = await StoppedAsync(1100);
        await LiftedAsync(again, 2000);
        return again;
    }

    private async Task<Incident> StoppedAsync(decimal spend)
    {
        if (_bench.Spend.Count == 0)
            _bench.Running("c-1", spend);

        _bench.Spend[new Automation.Values.CampaignId("c-1")] = spend;
        await _bench.Monitor.SweepAsync(Cancel);
        return _bench.Core.Incidents.All.Single(open => open.State != IncidentState.Closed);
    }

    /// <summary>A second person has confirmed a higher cap, and what was spent until the pause is in.</summary>
    private async Task LiftedAsync(Incident incident, decimal cap)
    {
        await _bench.Core.Campaigns.ChangeAsync(
            incident.Campaign, now => now with { CapForToday = new DayCap(A.Account().DayAt(_bench.Core.Clock.GetUtcNow()), A.Usd(cap)) }, Cancel);
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(20));
    }

    private Task<IncidentAnswer> ResumeAsync(Incident incident) => _bench.Desk.ResumeAsync(incident.Id, FakePeople.You, Cancel);

    private Task<IReadOnlyList<PendingApproval>> WaitingAsync() => _bench.Core.ApprovalStore.WaitingAsync(A.Campaign().Workspace, Cancel);

    private async Task<CampaignStatus> StatusAsync(Incident incident) => (await _bench.Core.Campaigns.FindAsync(incident.Campaign, Cancel))!.Status;
}
