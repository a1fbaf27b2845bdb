using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Campaigns;

/// <summary>What a person moves is theirs for a day. It is 07:00 in the account's New York.</summary>
public sealed class LeverHoldTests
{
    private readonly SafetyBench _safety = new();

    private Bench Bench => _safety.Core;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Proves(122, 124)]
    [Fact]
    public async Task A_persons_bid_and_budget_are_held_and_the_answer_says_so()
    {
        var campaign = await RunningAsync();

        (await _safety.Control.SetBidAsync(campaign.Id, FakePeople.Ana, A.Usd(11), Cancel)).Says.ShouldBe(
            $"{campaign.Name}: bid $12 → $11, confirmed by the network. The agent leaves it alone for 24 hours; \"hand back c-1\" lets it go on before.");
        await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Max, A.Usd(400), Cancel);

        Bench.Feed.All.ShouldContain(told => told.Kind == FeedKind.BudgetChange && told.Severity == Severity.Medium);
        (await HeldAsync(campaign)).ShouldBe(["bid held by ana until 2026-03-03 07:00 (UTC-05:00)", "daily budget held by max until 2026-03-03 07:00 (UTC-05:00)"]);
    }

    [Fact]
    public async Task So_is_whether_it_runs_when_a_person_paused_or_resumed_it()
    {
        var campaign = await RunningAsync();

        await _safety.Control.PauseAsync(campaign.Id, FakePeople.Ana, "weekend", Cancel);
        (await HeldAsync(campaign)).ShouldBe(["pausing and resuming held by ana until 2026-03-03 07:00 (UTC-05:00)"]);
        await _safety.Control.ResumeAsync(campaign.Id, FakePeople.You, Cancel);
        (await HeldAsync(campaign)).ShouldBe(["pausing and resuming held by robin until 2026-03-03 07:00 (UTC-05:00)"]);
    }

    [Fact]
    public async Task What_the_network_refused_holds_nothing()
    {
        var campaign = await RunningAsync();
        Bench.Network.Troubles = _ => Trouble.Rejected;

        await _safety.Control.SetBidAsync(campaign.Id, FakePeople.Ana, A.Usd(11), Cancel);

        (await HeldAsync(campaign)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_raise_that_a_second_person_approved_is_its_requesters()
    {
        var campaign = await RunningAsync();
        await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(700), Cancel);
        var waiting = (await Bench.ApprovalStore.WaitingAsync(WorkspaceId.Local, Cancel)).Single();
        await Bench.Approvals.DecideAsync(waiting.Id, FakePeople.Max, true, waiting.Shown, null, Cancel);

        (await HeldAsync(campaign)).ShouldBe(["daily budget held by ana until 2026-03-03 07:00 (UTC-05:00)"]);
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(25, false)]
    public async Task The_agent_leaves_it_alone_for_a_day_and_says_who_holds_it(int hours, bool held)
    {
        var campaign = await RunningAsync();
        await _safety.Control.SetBidAsync(campaign.Id, FakePeople.Ana, A.Usd(11), Cancel);

        var plan = DecisionEngine.Decide(Dear(await _safety.CampaignAsync(campaign), A.Noon.AddHours(hours)));

        plan.Wanted.ShouldContain(move => move.Lever == Lever.Bid);
        plan.Moves.Any(move => move.Lever == Lever.Bid).ShouldBe(!held);
        plan.Trimmed.Any(trim => trim.Says == "held by ana until 2026-03-03 07:00 (UTC-05:00)").ShouldBe(held, string.Join("; ", plan.Trimmed.Select(trim => trim.Says)));
    }

    [Fact]
    public async Task It_moves_a_lever_that_nobody_holds()
    {
        var campaign = await RunningAsync();
        await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(400), Cancel);

        DecisionEngine.Decide(Dear(await _safety.CampaignAsync(campaign), A.Noon.AddHours(1))).Moves.ShouldContain(move => move.Lever == Lever.Bid);
    }

    [Fact]
    public async Task A_move_that_was_decided_before_a_person_came_is_not_made_after()
    {
        var campaign = await RunningAsync();
        await _safety.Control.SetBidAsync(campaign.Id, FakePeople.Ana, A.Usd(14), Cancel);

        var act = await new ActionExecutor(Bench.Gate, Bench.Campaigns, Bench.Clock)
            .CarryOutAsync(campaign, Guid.NewGuid(), new Proposal(Lever.Bid, A.Usd(12), A.Usd(10), "too dear", "bid"), Cancel);

        act.Confirmed.ShouldBeFalse();
        Bench.Network.Campaigns.Single().Bid.ShouldBe(A.Usd(14));
    }

    [Proves(86, 124)]
    [Fact]
    public async Task Hand_back_lifts_what_is_held()
    {
        var campaign = await RunningAsync();
        await _safety.Control.SetBidAsync(campaign.Id, FakePeople.Ana, A.Usd(11), Cancel);

        (await _safety.Control.HandBackAsync(campaign.Id, FakePeople.Ana, Cancel)).Done.ShouldBeTrue();

        (await HeldAsync(campaign)).ShouldBeEmpty();
        (await _safety.Control.HandBackAsync(campaign.Id, FakePeople.Ana, Cancel)).Says.ShouldContain("the agent's hands already");
    }

    [Fact]
    public async Task The_monitor_is_held_by_nothing()
    {
        var campaign = await RunningAsync();
        await _safety.Control.SetBidAsync(campaign.Id, FakePeople.Ana, A.Usd(11), Cancel);
        _safety.Spend[campaign.Id] = 800;

        await _safety.Monitor.SweepAsync(Cancel);

        (await _safety.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Stopped);
    }

    [Fact]
    public async Task What_somebody_moved_at_the_network_is_held_and_asked_about_once()
    {
        var campaign = await RunningAsync();
        Bench.Network.Put(A.AtNetwork(campaign) with { DailyBudget = A.Usd(450) });
        for (var sweep = 0; sweep < 5; sweep++)
        {
            Bench.Machine.Advance(TimeSpan.FromSeconds(30));
            await _safety.Monitor.SweepAsync(Cancel);
        }

        (await HeldAsync(campaign)).ShouldHaveSingleItem().ShouldStartWith("daily budget held by somebody at the network until");
        var asked = Bench.Feed.All.Where(told => told.Action.StartsWith("daily budget $500 → $450", StringComparison.Ordinal)).ShouldHaveSingleItem();
        asked.Severity.ShouldBe(Severity.High);
        asked.Reason.ShouldContain("not by us");
        asked.Offers.Select(offer => offer.Says).ShouldBe(["take over c-1", "hand back c-1"]);
    }

    [Fact]
    public async Task A_change_of_a_persons_whose_answer_was_lost_is_theirs_and_nobody_is_asked()
    {
        var campaign = await RunningAsync();
        Bench.Network.Troubles = _ =>
        {
            Bench.Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
            return Trouble.ExecutesThenTimesOut;
        };
        await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(450), Cancel);
        Bench.Network.ReadFault = null;
        for (var sweep = 0; sweep < 3; sweep++)
        {
            Bench.Machine.Advance(TimeSpan.FromSeconds(30));
            await _safety.Monitor.SweepAsync(Cancel);
        }

        (await _safety.CampaignAsync(campaign)).DailyBudget.ShouldBe(A.Usd(450));
        (await HeldAsync(campaign)).ShouldHaveSingleItem().ShouldStartWith("daily budget held by ana until");
        Bench.Feed.All.ShouldAllBe(told => told.Offers.IsEmpty);
    }

    [Fact]
    public async Task A_move_of_the_agents_whose_answer_was_lost_is_held_by_nobody()
    {
        var campaign = await RunningAsync();
        await Bench.Intents.AddAsync(
            new CommandIntent(
                new CommandKey("k"), campaign.Workspace, campaign.Mode,
                new NetworkCommand.SetBid(campaign.Account, campaign.Id, campaign.Network.Campaign!.Value, A.Usd(12), A.Usd(10)), PersonId.Agent, "test", A.Noon, IntentState.Sent),
            Cancel);
        Bench.Network.Put(A.AtNetwork(campaign) with { Bid = A.Usd(10) });
        await _safety.Monitor.SweepAsync(Cancel);
        await _safety.Monitor.SweepAsync(Cancel);

        (await _safety.CampaignAsync(campaign)).Bid.ShouldBe(A.Usd(10));
        (await HeldAsync(campaign)).ShouldBeEmpty();
    }

    private async Task<Campaign> RunningAsync()
    {
        var campaign = _safety.Running();
        await _safety.Monitor.SweepAsync(Cancel);
        return campaign;
    }

    private async Task<IReadOnlyList<string>> HeldAsync(Campaign campaign) =>
        [.. (await _safety.CampaignAsync(campaign)).Holds.Select(hold => $"{hold.Lever.Name()} {hold.Words(A.Account().Zone())}")];

    /// <summary>Its results cost far more than their target, so that the bid should go down.</summary>
    private static Surroundings Dear(Campaign campaign, DateTimeOffset at)
    {
        var seen = AnObservation.Of(campaign, 300, 15, days: 2, spendADay: 500, resultsADay: 25, at: at);
        var shown = seen.Reading! with { Settings = seen.Reading.Settings with { Bid = campaign.Bid, DailyBudget = campaign.DailyBudget } };
        return new Surroundings(seen with { Reading = shown }, AgentMemory.Empty, null, A.Usd(0));
    }
}
