// Long because every way in which one request may be refused, wait or go on is told in one place.
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Raises;

/// <summary>The campaign has a budget of $500, a bid of $12, and limits far above; one person may raise by 30 % and to $1,000 a day.</summary>
public sealed class SecondPersonForRaisesTests
{
    private readonly SafetyBench _safety = new();

    private Bench Bench => _safety.Core;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(650, true)]
    [InlineData(650.01, false)]
    public async Task One_person_raises_a_budget_by_thirty_per_cent_and_not_a_cent_more(double to, bool alone)
    {
        var campaign = await RunningAsync();

        var answer = await BudgetAsync(campaign, (decimal)to);

        answer.Done.ShouldBe(alone, answer.Says);
        (await _safety.CampaignAsync(campaign)).DailyBudget.ShouldBe(alone ? A.Usd(650) : A.Usd(500));
        Bench.Network.Executed.Count.ShouldBe(alone ? 1 : 0);
        (await WaitingAsync()).Count.ShouldBe(alone ? 0 : 1);
    }

    [Fact]
    public async Task A_large_raise_of_the_bid_waits_too_and_says_for_whom()
    {
        var campaign = await RunningAsync();

        (await _safety.Control.SetBidAsync(campaign.Id, FakePeople.Ana, A.Usd(16), Cancel)).Says.ShouldBe(
            "a1: asked, nothing is changed yet. $16 is more than 30 % above the present $12, so somebody else with the role Approver or Admin has to approve it.");
        (await WaitingAsync()).Single().Says.ShouldBe($"raise the bid of {campaign.Name} from $12 to $16");
    }

    [Fact]
    public async Task A_large_raise_cut_in_pieces_is_still_a_large_one()
    {
        var campaign = await RunningAsync();
        (await BudgetAsync(campaign, 600)).Done.ShouldBeTrue();
        Bench.Machine.Advance(TimeSpan.FromHours(5));
        await _safety.Monitor.SweepAsync(Cancel);

        (await BudgetAsync(campaign, 700)).Says.ShouldContain("$700 is more than 30 % above the $500 at which it stood before the changes of the last 24 hours");

        Bench.Machine.Advance(TimeSpan.FromHours(20));
        await _safety.Monitor.SweepAsync(Cancel);
        (await BudgetAsync(campaign, 700)).Done.ShouldBeTrue("after a day the count begins anew");
    }

    [Fact]
    public async Task A_budget_that_goes_above_what_one_person_may_launch_waits_however_small_the_step()
    {
        var campaign = await RunningAsync(budget: 950);

        (await BudgetAsync(campaign, 1_000)).Done.ShouldBeTrue();
        (await BudgetAsync(campaign, 1_001)).Says.ShouldContain("$1,001 a day is above the $1,000 that one person may let run");
    }

    [Fact]
    public async Task Above_that_already_small_steps_need_no_second_person()
    {
        var campaign = await RunningAsync(budget: 1_500);

        (await BudgetAsync(campaign, 1_600)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task Cuts_never_wait()
    {
        var campaign = await RunningAsync();

        (await BudgetAsync(campaign, 100)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task The_agents_raises_wait_for_nobody()
    {
        var campaign = await RunningAsync();

        var outcome = await Bench.Gate.SendAsync(
            new GateRequest(
                new NetworkCommand.SetDailyBudget(campaign.Account, campaign.Id, campaign.Network.Campaign!.Value, A.Usd(500), A.Usd(700)), new CommandKey("k"),
                campaign.Workspace, campaign.Mode, PersonId.Agent, "test"),
            Cancel);

        outcome.ShouldBeOfType<CommandOutcome.Confirmed>();
    }

    [Fact]
    public async Task A_second_person_approves_it_and_it_is_raised_once_and_read_back()
    {
        var campaign = await RunningAsync();
        await BudgetAsync(campaign, 700);

        (await DecideAsync(FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Decided>().Says.ShouldBe($"{campaign.Name}: daily budget $500 → $700, confirmed by the network.");

        (await _safety.CampaignAsync(campaign)).DailyBudget.ShouldBe(A.Usd(700));
        Bench.Network.Executed.Count.ShouldBe(1);
        Bench.Feed.All.ShouldAllBe(told => told.Simulated);
        Bench.Feed.All.ShouldContain(told => told.Kind == FeedKind.BudgetChange && told.Reason == "asked by ana, approved by max" && told.By == FakePeople.Ana.Id);
        (await DecideAgainAsync(FakePeople.You)).ShouldBeOfType<ApprovalAnswer.Refused>();
        Bench.Network.Executed.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Its_requester_never_approves_it()
    {
        var campaign = await RunningAsync();
        await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.You, A.Usd(700), Cancel);

        (await DecideAsync(FakePeople.You)).ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldContain("You asked for this yourself");
        Bench.Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nor_does_anybody_approve_what_they_did_not_see()
    {
        var campaign = await RunningAsync();
        await BudgetAsync(campaign, 700);
        var seen = (await WaitingAsync()).Single().Shown;
        await BudgetAsync(campaign, 740);
        var present = (await WaitingAsync()).Single();

        (await Bench.Approvals.DecideAsync(present.Id, FakePeople.Max, true, seen, null, Cancel)).ShouldBeOfType<ApprovalAnswer.Refused>();
        (await Bench.ApprovalStore.FindAsync(present.Id, Cancel))!.State.ShouldBe(ApprovalState.Waiting);
    }

    [Fact]
    public async Task A_value_that_was_moved_here_meanwhile_makes_it_void()
    {
        var campaign = await RunningAsync();
        await BudgetAsync(campaign, 700);
        await BudgetAsync(campaign, 550);

        (await DecideAsync(FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldContain("is $550 and no longer $500");
        (await WaitingAsync()).ShouldBeEmpty();
        (await _safety.CampaignAsync(campaign)).DailyBudget.ShouldBe(A.Usd(550));
    }

    [Fact]
    public async Task A_stop_and_a_resume_meanwhile_make_it_void()
    {
        var campaign = await RunningAsync();
        await BudgetAsync(campaign, 700);
        await Bench.Campaigns.ChangeAsync(campaign.Id, now => now with { LastResumedAt = Bench.Clock.GetUtcNow() }, Cancel);

        (await DecideAsync(FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldContain("was resumed since this was asked");

        (await WaitingAsync()).ShouldBeEmpty();
        Bench.Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_value_that_was_moved_at_the_network_meanwhile_makes_it_void()
    {
        var campaign = await RunningAsync();
        await BudgetAsync(campaign, 700);
        Bench.Network.Put(A.AtNetwork(campaign) with { DailyBudget = A.Usd(300) });

        (await DecideAsync(FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldContain("is $300 and no longer $500");
        (await WaitingAsync()).ShouldBeEmpty();
        Bench.Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task While_the_network_does_not_answer_the_request_keeps_waiting()
    {
        var campaign = await RunningAsync();
        await BudgetAsync(campaign, 700);
        Bench.Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");

        (await DecideAsync(FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldContain("keeps waiting");
        Bench.Network.ReadFault = null;
        (await DecideAsync(FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Decided>();
    }

    [Fact]
    public async Task While_an_incident_is_open_the_request_is_held_and_carried_out_after()
    {
        var campaign = await RunningAsync();
        await BudgetAsync(campaign, 700);
        var (incident, _) = await Bench.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, new RuleId("cpa-ceiling"), Remedy.ReduceBid, Severity.High,
                new Evidence("CPA", "$20", "$18"), A.Noon, IncidentState.Open),
            Cancel);

        (await DecideAsync(FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldContain("Incident i1 (highest cost per result) is open");
        await Bench.Incidents.ChangeAsync(incident.Id, open => open with { State = IncidentState.Closed }, Cancel);
        (await DecideAsync(FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Decided>();
        (await _safety.CampaignAsync(campaign)).DailyBudget.ShouldBe(A.Usd(700));
    }

    [Fact]
    public async Task What_would_be_refused_anyway_is_asked_of_nobody()
    {
        var campaign = await RunningAsync();

        (await BudgetAsync(campaign, 2_001)).Says.ShouldContain("cap");
        (await WaitingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task With_nobody_else_to_approve_it_says_what_can_be_done()
    {
        var bench = new Bench(people: new FakePeople(FakePeople.You, FakePeople.Ana, FakePeople.Olga));
        var safety = new SafetyBench(core: bench);
        var campaign = safety.Running();
        await safety.Monitor.SweepAsync(Cancel);

        (await safety.Control.SetBudgetAsync(campaign.Id, FakePeople.You, A.Usd(700), Cancel)).Says.ShouldContain("An Admin gives somebody the role: \"people grant approver @ana\".");
        (await bench.ApprovalStore.WaitingAsync(WorkspaceId.Local, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_crash_between_the_approval_and_the_raise_it_is_raised_once()
    {
        var campaign = await RunningAsync();
        await BudgetAsync(campaign, 700);
        await CrashAfterApprovalAsync();

        (await Bench.Approvals.FinishAsync(Cancel)).ShouldBeEmpty();
        (await _safety.CampaignAsync(campaign)).DailyBudget.ShouldBe(A.Usd(700));

        // Killed once more, after the raise and before it was noted, and lowered by a person since.
        (await BudgetAsync(campaign, 400)).Done.ShouldBeTrue();
        await CrashAfterApprovalAsync();
        await Bench.Approvals.FinishAsync(Cancel);

        (await _safety.CampaignAsync(campaign)).DailyBudget.ShouldBe(A.Usd(400));
        Bench.Network.Campaigns.Single().DailyBudget.ShouldBe(A.Usd(400));
    }

    [Fact]
    public async Task A_raise_of_which_nobody_knows_is_looked_at_again_and_never_sent_twice()
    {
        var campaign = await RunningAsync();
        await BudgetAsync(campaign, 700);
        Bench.Network.Troubles = _ =>
        {
            Bench.Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
            return Trouble.ExecutesThenTimesOut;
        };

        (await DecideAsync(FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Decided>().Says.ShouldContain("not carried out yet");
        Bench.Network.ReadFault = null;
        Bench.Network.Troubles = _ => throw new InvalidOperationException("It must not be sent again.");
        (await Bench.Approvals.FinishAsync(Cancel)).ShouldBeEmpty();

        (await _safety.CampaignAsync(campaign)).DailyBudget.ShouldBe(A.Usd(700));
        Bench.Network.Executed.Count.ShouldBe(1);
    }

    private async Task<Campaign> RunningAsync(decimal budget = 500)
    {
        var campaign = _safety.Running();
        var spec = campaign.Spec with { Budget = new Budget(BudgetType.Daily, A.Usd(budget), A.Usd(2_000)), Bidding = campaign.Spec.Bidding with { MaxBid = A.Usd(50) } };
        campaign = campaign with { DailyBudget = A.Usd(budget), Spec = spec };
        Bench.Campaigns.With(campaign);
        Bench.Network.Put(A.AtNetwork(campaign));
        await _safety.Monitor.SweepAsync(Cancel);
        return campaign;
    }

    private Task<ControlAnswer> BudgetAsync(Campaign campaign, decimal to) => _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(to), Cancel);

    private Task<IReadOnlyList<PendingApproval>> WaitingAsync() => Bench.ApprovalStore.WaitingAsync(WorkspaceId.Local, Cancel);

    private async Task<ApprovalAnswer> DecideAsync(People.Person by)
    {
        var waiting = (await WaitingAsync()).Single();
        return await Bench.Approvals.DecideAsync(waiting.Id, by, true, waiting.Shown, null, Cancel);
    }

    private async Task<ApprovalAnswer> DecideAgainAsync(People.Person by)
    {
        var known = Bench.ApprovalStore.All.Single();
        return await Bench.Approvals.DecideAsync(known.Id, by, true, known.Shown, null, Cancel);
    }

    private async Task CrashAfterApprovalAsync()
    {
        foreach (var approval in Bench.ApprovalStore.All)
        {
            await Bench.ApprovalStore.ChangeAsync(
                approval.Id, now => now with { State = ApprovalState.Approved, DecidedBy = FakePeople.Max.Id, DecidedAt = A.Noon, CarriedOut = false }, Cancel);
        }
    }
}
