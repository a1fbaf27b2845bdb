using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Optimizers;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Agent.Reasons;
using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>A campaign that is surely not worth its money.</summary>
public sealed class CampaignPauseTests
{
    private readonly Bench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Proves(105)]
    [Theory]
    [InlineData(10, 500, 22, null, null, false)]
    [InlineData(10, 500, 15, null, "one install cost about $3", true)]
    [InlineData(6, 500, 5, null, null, false)]
    [InlineData(10, 500, 0, null, "no install came over ", true)]
    [InlineData(10, 500, 30, 400, "ROAS was 0.8", true)]
    [InlineData(10, 500, 30, 850, null, false)]
    public void Only_what_is_surely_below_its_floor_over_a_week_is_paused(int days, int spendADay, int resultsADay, int? revenueADay, string? says, bool paused)
    {
        var now = AnObservation.Of(A.Campaign(), 100, 4, days, spendADay, resultsADay, revenueADay: revenueADay);

        var move = CampaignPause.Propose(now, Cut());

        (move is not null).ShouldBe(paused, CampaignPause.Says(now, Cut()));
        if (says is not null && paused)
            move!.Because.ShouldStartWith(says);
    }

    [Fact]
    public void Days_before_the_last_resume_and_figures_that_are_not_fresh_count_for_nothing()
    {
        var bad = AnObservation.Of(A.Campaign(), 100, 4, 10, 500, 5);

        CampaignPause.Propose(bad, Cut()).ShouldNotBeNull();
        CampaignPause.Propose(bad with { Campaign = bad.Campaign with { LastResumedAt = A.Noon.AddDays(-5) } }, Cut()).ShouldBeNull();
        CampaignPause.Propose(bad with { State = DataState.Late }, Cut()).ShouldBeNull();
        DecisionEngine.Decide(new Surroundings(bad with { ResultsUncounted = true }, Cut(), null, A.Usd(0))).Moves.ShouldNotContain(move => move.Lever == Lever.Running);
        WhyNoMove.Of(Lever.Running, AnObservation.Of(A.Campaign(), 100, 4, 5, 500, 5), Cut()).ShouldBe("5 days are finished and in since its budget was cut or it last began to run, and it takes 7 days");
    }

    [Fact]
    public void A_budget_that_was_raised_again_since_is_no_smaller_one()
    {
        var bad = AnObservation.Of(A.Campaign(), 100, 4, 12, 500, 5);
        var raised = Cut(30).With(new PastMove(Lever.DailyBudget, A.Noon.AddDays(-20), A.Account().DayAt(A.Noon.AddDays(-20)), A.Usd(500), A.Usd(700), null));

        CampaignPause.Propose(bad, raised).ShouldBeNull();
        CampaignPause.Says(bad, raised).ShouldBe("a smaller budget is tried first, for a week");
        CampaignPause.Propose(bad, raised.With(new PastMove(Lever.DailyBudget, A.Noon.AddDays(-15), A.Account().DayAt(A.Noon.AddDays(-15)), A.Usd(700), A.Usd(500), null))).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(5, false)]
    [InlineData(9, true)]
    public void A_smaller_budget_is_tried_for_a_week_before(int? cutDaysAgo, bool paused)
    {
        var bad = AnObservation.Of(A.Campaign(), 100, 4, 12, 500, 5);
        var automation = bad.Campaign.Spec.Automation with { AdjustBudgets = false };

        (CampaignPause.Propose(bad, cutDaysAgo is { } days ? Cut(days) : AgentMemory.Empty) is not null).ShouldBe(paused);
        CampaignPause.Propose(bad with { Campaign = bad.Campaign with { Spec = bad.Campaign.Spec with { Automation = automation } } }, AgentMemory.Empty).ShouldNotBeNull("where it may not cut, there is nothing to wait for");
    }

    [Proves(110)]
    [Fact]
    public async Task It_is_paused_at_the_network_alone_told_and_let_run_again_by_people()
    {
        var (campaign, agent) = Agent(Autonomy.Act);
        await _bench.Memories.KeepAsync(campaign, Cut(), Cancel);

        var decision = await agent.TurnAsync(Bad(campaign), Cancel);

        decision.Done.ShouldHaveSingleItem().Confirmed.ShouldBeTrue();
        _bench.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        (await _bench.Campaigns.FindAsync(campaign.Id, Cancel))!.Status.ShouldBe(CampaignStatus.Paused);
        var told = _bench.Feed.All.Single(one => one.Kind == FeedKind.Pause);
        (told.Severity, told.Action).ShouldBe((Severity.High, "campaign running → paused"));
        told.Reason.ShouldEndWith("\"resume c1\" lets it run again");
        told.Undo.ShouldBe(new FeedOffer("Resume", "resume c1"));
        (await new Bench(_bench).Memories.OfAsync(campaign, Cancel)).Moves.Count(move => move.Lever == Lever.Running).ShouldBe(1, "a restart makes no second one");
    }

    [Fact]
    public async Task What_the_monitor_stops_while_the_pause_is_on_its_way_stays_stopped()
    {
        var (campaign, agent) = Agent(Autonomy.Act);
        await _bench.Memories.KeepAsync(campaign, Cut(), Cancel);
        _bench.Network.AnswerTakes = _ => _bench.Campaigns.ChangeAsync(campaign.Id, now => now with { Status = CampaignStatus.Stopped, Because = "spent too fast" }, Cancel);

        (await agent.TurnAsync(Bad(campaign), Cancel)).Done.ShouldHaveSingleItem().Confirmed.ShouldBeTrue();

        var now = (await _bench.Campaigns.FindAsync(campaign.Id, Cancel))!;
        (now.Status, now.Because).ShouldBe((CampaignStatus.Stopped, "spent too fast"));
    }

    [Theory]
    [InlineData(Autonomy.Shadow)]
    [InlineData(Autonomy.Suggest)]
    public async Task Without_leave_to_act_it_runs_on(Autonomy autonomy)
    {
        var (campaign, agent) = Agent(autonomy);
        await _bench.Memories.KeepAsync(campaign, Cut(), Cancel);

        (await agent.TurnAsync(Bad(campaign), Cancel)).Wanted.ShouldContain(move => move.Lever == Lever.Running);

        _bench.Network.Executed.ShouldBeEmpty();
        (await new SuggestionBook(_bench.Settings, _bench.Feed).FindAsync(campaign, Cancel) is not null).ShouldBe(autonomy == Autonomy.Suggest);
    }

    private (Campaign Campaign, CampaignAgent Agent) Agent(Autonomy autonomy)
    {
        var campaign = A.Campaign();
        _bench.Campaigns.With(campaign);
        _bench.Network.Put(A.AtNetwork(campaign));
        return (campaign, new CampaignAgent(
            new FakeWatch { Sees = Bad }, new ActionExecutor(_bench.Gate, _bench.Campaigns, _bench.Clock), _bench.Memories, new AgentReporter(_bench.Decisions, _bench.Feed),
            new SurroundingsReader(_bench.Incidents, _bench.Room, _bench.Shares), new SuggestionBook(_bench.Settings, _bench.Feed), _bench.Foresees, new AgentPolicy(autonomy)));
    }

    /// <summary>Its budget was cut some time ago.</summary>
    private static AgentMemory Cut(int daysAgo = 15) =>
        AgentMemory.Empty.With(new PastMove(Lever.DailyBudget, A.Noon.AddDays(-daysAgo), A.Account().DayAt(A.Noon.AddDays(-daysAgo)), A.Usd(600), A.Usd(500), null));

    private static Observation Bad(Campaign campaign) => AnObservation.Of(campaign, 100, 4, 10, 500, 5);
}
