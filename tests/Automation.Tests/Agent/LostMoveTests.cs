using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>A move was confirmed at the network, and the program ended or failed before the agent kept it.</summary>
public sealed class LostMoveTests
{
    private readonly Bench _bench = new();
    private readonly Campaign _campaign = A.Campaign();

    public LostMoveTests()
    {
        _bench.Campaigns.With(_campaign);
        _bench.Network.Put(A.AtNetwork(_campaign));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_budget_rests_after_a_move_that_only_the_journal_knows()
    {
        await MovedAsync("lost", A.Noon, A.Usd(500), A.Usd(600));
        _bench.Machine.Advance(TimeSpan.FromHours(23));

        var memory = await new Bench(_bench).Memories.OfAsync(_campaign, Cancel);

        var now = AnObservation.Of(_campaign, 300, 15) with { Now = _bench.Clock.GetUtcNow() };
        new CooldownRail().Check(new Proposal(Lever.DailyBudget, A.Usd(600), A.Usd(700), "because", "test"), new Surroundings(now, memory, null, null))
            .ShouldNotBeNull().Says.ShouldBe("it was moved 1380 minutes ago");
    }

    [Fact]
    public async Task Of_two_equal_moves_the_later_one_is_not_taken_for_the_one_that_is_remembered()
    {
        var account = await _bench.Accounts.GetAsync(_campaign.Account, Cancel);
        await MovedAsync("kept", A.Noon, A.Usd(500), A.Usd(600));
        await _bench.Memories.KeepAsync(
            _campaign, AgentMemory.Empty.With(new PastMove(Lever.DailyBudget, A.Noon, account.DayAt(A.Noon), A.Usd(500), A.Usd(600), 15)), Cancel);
        _bench.Machine.Advance(TimeSpan.FromHours(8));
        await MovedAsync("lost", A.Noon.AddHours(8), A.Usd(500), A.Usd(600));

        var memory = await new Bench(_bench).Memories.OfAsync(_campaign, Cancel);

        memory.Moves.Select(move => move.At).ShouldBe([A.Noon, A.Noon.AddHours(8)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_next_turn_repeats_nothing_and_writes_the_decision_and_the_news_once(bool restarted)
    {
        var agent = AgentOf(_bench);
        await FailedAfterItsMoveAsync(agent);
        _bench.Machine.Advance(TimeSpan.FromMinutes(5));

        for (var turn = 0; turn < 2; turn++)
            await (restarted ? AgentOf(new Bench(_bench)) : agent).TurnAsync(await DearAsync(), Cancel);

        _bench.Network.Executed.Count(done => done.Command is NetworkCommand.SetBid).ShouldBe(1);
        var act = _bench.Decisions.All.SelectMany(decision => decision.Done).ShouldHaveSingleItem();
        (act.Confirmed, act.Proposal.From, act.Proposal.To).ShouldBe((true, A.Usd(12), A.Usd(9.6m)));
        act.Proposal.Because.ShouldContain("against the target of $12");
        _bench.Feed.All.Single(happened => happened.Kind == FeedKind.BidAdjustment).Action.ShouldBe("bid $12 → $9.60 (-20 %)");
    }

    [Fact]
    public async Task A_move_whose_lost_answer_people_heard_of_when_it_was_settled_is_no_news_again()
    {
        await _bench.Intents.AddAsync(Intent("lost", A.Noon, new NetworkCommand.SetBid(_campaign.Account, _campaign.Id, _campaign.Network.Campaign!.Value, A.Usd(12), A.Usd(9.6m))) with { State = IntentState.Sent, SettledAt = null }, Cancel);
        await _bench.Network.ExecuteAsync(await _bench.Accounts.GetAsync(_campaign.Account, Cancel), new NetworkCommand.SetBid(_campaign.Account, _campaign.Id, _campaign.Network.Campaign!.Value, A.Usd(12), A.Usd(9.6m)), new CommandKey("at the network"), Cancel);
        await _bench.Settler.SettleAsync(Cancel);

        await AgentOf(_bench).TurnAsync(await DearAsync(), Cancel);

        _bench.Decisions.All.SelectMany(decision => decision.Done).ShouldHaveSingleItem().Confirmed.ShouldBeTrue();
        _bench.Feed.All.Single(happened => happened.Kind == FeedKind.BidAdjustment).Action.ShouldContain("done");
    }

    private async Task FailedAfterItsMoveAsync(CampaignAgent agent)
    {
        _bench.Settings.Locked = true;
        await Should.ThrowAsync<IOException>(async () => await agent.TurnAsync(await DearAsync(), Cancel));
        _bench.Settings.Locked = false;
        _bench.Intents.All.ShouldHaveSingleItem().State.ShouldBe(IntentState.Confirmed);
    }

    private async Task MovedAsync(string key, DateTimeOffset at, Money from, Money to) =>
        await _bench.Intents.AddAsync(Intent(key, at, new NetworkCommand.SetDailyBudget(_campaign.Account, _campaign.Id, _campaign.Network.Campaign!.Value, from, to)), Cancel);

    private CommandIntent Intent(string key, DateTimeOffset at, NetworkCommand command) =>
        new(new CommandKey(key), _campaign.Workspace, _campaign.Mode, command, PersonId.Agent, "because", at, IntentState.Confirmed) { SettledAt = at };

    private async Task<Observation> DearAsync() =>
        AnObservation.Of((await _bench.Campaigns.FindAsync(_campaign.Id, Cancel))!, 300, 15, days: 2, spendADay: 500, resultsADay: 25) with { Now = _bench.Clock.GetUtcNow() };

    private static CampaignAgent AgentOf(Bench bench) => new(
        new FakeWatch(), new ActionExecutor(bench.Gate, bench.Campaigns, bench.Clock), bench.Memories, new AgentReporter(bench.Decisions, bench.Feed),
        new SurroundingsReader(bench.Incidents, bench.Room, bench.Shares), new SuggestionBook(bench.Settings, bench.Feed), bench.Foresees, new AgentPolicy(Autonomy.Act));
}
