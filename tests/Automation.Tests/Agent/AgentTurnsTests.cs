// Long because everything that a round of the agent does to its accounts and campaigns is an example of its own.
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Agent.Rounds;
using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

public sealed class AgentTurnsTests
{
    private readonly Bench _bench = new();
    private readonly FakeWatch _watch = new();
    private readonly Campaign _campaign = A.Campaign();
    private Autonomy? _autonomy;

    public AgentTurnsTests()
    {
        _bench.Campaigns.With(_campaign);
        _bench.Network.Put(A.AtNetwork(_campaign));
        _watch.Sees = Dear;
    }

    [Proves(107, 122, 125, 165)]
    [Fact]
    public async Task Lowers_a_bid_that_buys_too_dearly_and_tells_people_with_figures()
    {
        var report = await Turns().RunAsync(TestContext.Current.CancellationToken);

        report.Moves.ShouldBe(1);
        (await _bench.Campaigns.FindAsync(_campaign.Id, TestContext.Current.CancellationToken))!.Bid.ShouldBe(A.Usd(9.6m));
        var told = _bench.Feed.All.Single(happened => happened.Kind == FeedKind.BidAdjustment);
        told.Action.ShouldBe("bid $12 → $9.60 (-20 %)");
        told.Severity.ShouldBe(Severity.Low);
        told.Reason.ShouldContain("against the target of $12");
        told.Impact.ShouldNotBeNull().ShouldStartWith("one install costs about $");
        told.Impact.ShouldEndWith("which no figure of ours says");
        _bench.Decisions.All.Single(decision => decision.Done.Length > 0).Done[0].Proposal.Expects!.Says.ShouldBe(told.Impact);
        (await _bench.Memories.OfAsync(_campaign, TestContext.Current.CancellationToken)).Moves.ShouldHaveSingleItem().Expects!.Says.ShouldBe(told.Impact);
    }

    [Fact]
    public async Task Every_turn_counts_by_what_came_of_it_also_one_that_fails()
    {
        using var heard = new Heard();
        await Turns().RunAsync(TestContext.Current.CancellationToken);
        _watch.Says = _ => throw new InvalidOperationException("cannot judge");
        await Turns().RunAsync(TestContext.Current.CancellationToken);

        heard.Of("chatops.decisions").ShouldBe(["chatops.decisions{outcome=moved} 1", "chatops.decisions{outcome=failed} 1"]);
        heard.Traced.Where(trace => trace.StartsWith("decision turn", StringComparison.Ordinal))
            .ShouldBe([$"decision turn{{campaign={_campaign.Id},outcome=moved}}", $"decision turn{{campaign={_campaign.Id},outcome=failed}}"]);
    }

    [Proves(117)]
    [Fact]
    public async Task Raises_the_budget_of_what_does_well_at_its_network_once_and_tells_it()
    {
        _watch.Sees = campaign => AnObservation.Of(campaign, 10, 1, days: 6, spendADay: 495, resultsADay: 60);
        await _bench.SeenAsync(_campaign, spend: 10);
        var turns = Turns();

        (await turns.RunAsync(TestContext.Current.CancellationToken)).Moves.ShouldBe(1);
        await turns.RunAsync(TestContext.Current.CancellationToken);

        _bench.Network.Campaigns.ShouldHaveSingleItem().DailyBudget.ShouldBe(A.Usd(550));
        (await _bench.Campaigns.FindAsync(_campaign.Id, TestContext.Current.CancellationToken))!.DailyBudget.ShouldBe(A.Usd(550));
        _bench.Feed.All.Single(happened => happened.Kind == FeedKind.BudgetChange).Action.ShouldBe("daily budget $500 → $550 (+10 %)");
    }

    [Proves(82, 83)]
    [Fact]
    public async Task A_day_of_rounds_leaves_each_campaign_288_decisions_five_minutes_apart()
    {
        var campaigns = (Campaign[])[_campaign, A.Campaign(id: "c-2") with { Handle = "c2" }, Elsewhere()];
        _bench.Campaigns.With(campaigns[1]);
        _watch.Sees = campaign => AnObservation.Of(campaign, 0, 0) with { Now = _bench.Clock.GetUtcNow() };
        var turns = Turns();

        for (var round = 0; round < 288; round++)
        {
            await turns.RunAsync(TestContext.Current.CancellationToken);
            _bench.Machine.Advance(TimeSpan.FromMinutes(5));
        }

        foreach (var campaign in campaigns)
        {
            _bench.Decisions.All.Where(decision => decision.Campaign == campaign.Id).Select(decision => decision.At).Order()
                .ShouldBe(Enumerable.Range(0, 288).Select(round => A.Noon.AddMinutes(5 * round)));
        }
    }

    [Proves(65)]
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_campaign_has_its_first_turn_in_the_round_after_its_launch_once_where_the_agent_is_wanted(bool wanted, int turns)
    {
        var launching = A.Campaign(CampaignStatus.Launching, "c-new") with { Handle = "c2" };
        launching = launching with { Spec = launching.Spec with { Automation = launching.Spec.Automation with { Enabled = wanted } } };
        _bench.Campaigns.With(launching);
        _watch.Sees = campaign => AnObservation.Of(campaign, 0, 0) with { Now = _bench.Clock.GetUtcNow() };
        await Turns().RunAsync(TestContext.Current.CancellationToken);
        _bench.Decisions.All.ShouldNotContain(decision => decision.Campaign == launching.Id);

        await _bench.Engine.ContinueAsync(launching.Id, TestContext.Current.CancellationToken);
        await _bench.Engine.ContinueAsync(launching.Id, TestContext.Current.CancellationToken);
        await Turns().RunAsync(TestContext.Current.CancellationToken);

        (await _bench.Campaigns.FindAsync(launching.Id, TestContext.Current.CancellationToken))!.Status.ShouldBe(CampaignStatus.Active);
        _bench.Decisions.All.Count(decision => decision.Campaign == launching.Id).ShouldBe(turns);
    }

    [Proves(83)]
    [Fact]
    public async Task Every_turn_leaves_its_decision_also_when_nothing_is_done()
    {
        _watch.Sees = campaign => AnObservation.Of(campaign, 0, 0);
        var turns = Turns();

        await turns.RunAsync(TestContext.Current.CancellationToken);
        await turns.RunAsync(TestContext.Current.CancellationToken);

        _bench.Decisions.All.Count.ShouldBe(2);
        _bench.Decisions.All.ShouldAllBe(decision => decision.Says.Contains("nothing to move"));
    }

    [Fact]
    public async Task A_turn_like_the_last_is_written_in_short_and_names_it_and_every_hour_one_in_full()
    {
        _watch.Sees = campaign => AnObservation.Of(campaign, 0, 0) with { Now = _bench.Clock.GetUtcNow() };
        _watch.Says = _ => [new SafetyVerdict.Clear(new RuleId("daily-spend-cap")), new SafetyVerdict.Unknown(new RuleId("roas-floor"), "too young")];
        var turns = Turns();
        for (var turn = 0; turn <= 12; turn++)
        {
            await turns.RunAsync(TestContext.Current.CancellationToken);
            _bench.Machine.Advance(TimeSpan.FromMinutes(5));
        }

        var (full, alike) = (_bench.Decisions.All.Where(decision => decision.SameAs is null).ToList(), _bench.Decisions.All.Where(decision => decision.SameAs is not null).ToList());
        full.Select(decision => decision.At).ShouldBe([A.Noon, A.Noon.AddHours(1)]);
        alike.Count.ShouldBe(11);
        alike.ShouldAllBe(decision => decision.SameAs == full[0].Id && decision.Foresees.IsEmpty && decision.Verdicts.Single() is SafetyVerdict.Unknown);
        alike.ShouldAllBe(decision => decision.Saw == full[0].Saw && decision.Says == full[0].Says);
    }

    [Fact]
    public async Task A_turn_that_fails_leaves_a_decision_that_says_why_and_nothing_else()
    {
        _watch.Says = _ => throw new InvalidOperationException("a bug");

        await Turns().RunAsync(TestContext.Current.CancellationToken);

        var decision = _bench.Decisions.All.ShouldHaveSingleItem();
        (decision.Missed, decision.Campaign, decision.At).ShouldBe((true, _campaign.Id, A.Noon));
        decision.Says.ShouldBe("could not look: an error of the agent's own, which the log shows");
        (decision.Verdicts.Length, decision.Wanted.Length, decision.Done.Length, decision.Saw.SpendToday).ShouldBe((0, 0, 0, null));
    }

    [Fact]
    public async Task While_an_account_does_not_answer_each_round_leaves_each_campaign_a_decision_in_short_when_the_reason_is_the_same()
    {
        _bench.Campaigns.With(A.Campaign(id: "c-2") with { Handle = "c2" });
        _watch.Fault = new AdNetworkException(FaultKind.Unavailable, "503");
        var turns = Turns();

        // Asked at 0, 5, 10 and 15 minutes, left alone at 20.
        for (var round = 0; round < 5; round++)
        {
            await turns.RunAsync(TestContext.Current.CancellationToken);
            _bench.Machine.Advance(TimeSpan.FromMinutes(5));
        }

        _bench.Decisions.All.Count.ShouldBe(10);
        _bench.Decisions.All.ShouldAllBe(decision => decision.Says == "could not look: Meta does not answer");
        foreach (var (_, of) in _bench.Decisions.All.GroupBy(decision => decision.Campaign).Select(group => (group.Key, group.ToList())))
            of.Select(decision => decision.SameAs).ShouldBe([null, of[0].Id, of[0].Id, of[0].Id, of[0].Id]);
    }

    [Fact]
    public async Task A_turn_after_a_missed_one_is_written_in_full_and_only_it_counts_as_a_look()
    {
        _watch.Sees = campaign => AnObservation.Of(campaign, 0, 0) with { Now = _bench.Clock.GetUtcNow() };
        var turns = Turns();
        var why = new Traces(_bench.Observer, new SafetyPanel(), new AgentMemories(_bench.Settings, _bench.Intents, _bench.Accounts, _bench.Clock), _bench.Decisions, _bench.Foresees, _bench.Clock);
        await turns.RunAsync(TestContext.Current.CancellationToken);
        _watch.Fault = new AdNetworkException(FaultKind.Unavailable, "503");
        _bench.Machine.Advance(TimeSpan.FromMinutes(5));
        await turns.RunAsync(TestContext.Current.CancellationToken);
        (await why.OfAsync(_campaign, 5, TestContext.Current.CancellationToken)).LookedAt.ShouldBe(A.Noon);

        _watch.Fault = null;
        _bench.Machine.Advance(TimeSpan.FromMinutes(5));
        await turns.RunAsync(TestContext.Current.CancellationToken);

        var trace = await why.OfAsync(_campaign, 5, TestContext.Current.CancellationToken);
        trace.Decisions.Select(decision => (decision.At, decision.Missed)).ShouldBe([(A.Noon.AddMinutes(10), false), (A.Noon.AddMinutes(5), true), (A.Noon, false)]);
    }

    [Fact]
    public async Task A_missed_turn_that_cannot_be_written_down_keeps_no_other_account_from_its_turns_and_the_round_from_its_heartbeat()
    {
        Elsewhere();
        _bench.Decisions.Locked = true;
        _watch.Says = _ => throw new InvalidOperationException("a bug");

        var report = await Turns().RunAsync(TestContext.Current.CancellationToken);

        report.Failed.ShouldBe(2);
        (await _bench.Settings.FindAsync<TurnsReport>(WorkspaceId.Local, AgentTurns.HeartbeatName, TestContext.Current.CancellationToken)).ShouldBe(report);
    }

    [Fact]
    public async Task After_a_restart_why_tells_the_last_turn_although_that_brought_nothing_new()
    {
        _watch.Sees = campaign => AnObservation.Of(campaign, 0, 0) with { Now = _bench.Clock.GetUtcNow() };
        var turns = Turns();
        await turns.RunAsync(TestContext.Current.CancellationToken);
        _bench.Machine.Advance(TimeSpan.FromMinutes(5));
        await turns.RunAsync(TestContext.Current.CancellationToken);

        var trace = await new Traces(_bench.Observer, new SafetyPanel(), new AgentMemories(_bench.Settings, _bench.Intents, _bench.Accounts, _bench.Clock), _bench.Decisions, _bench.Foresees, _bench.Clock)
            .OfAsync(_campaign, 5, TestContext.Current.CancellationToken);

        trace.LookedAt.ShouldBe(A.Noon.AddMinutes(5));
        trace.Decisions.ShouldHaveSingleItem().At.ShouldBe(A.Noon);
    }

    [Fact]
    public async Task A_quiet_turn_says_what_it_expects_of_the_next_hour_and_day_and_so_does_one_that_hands_a_breach_over()
    {
        _watch.Sees = campaign => AnObservation.Of(campaign, 0, 0);
        var turns = Turns();
        await turns.RunAsync(TestContext.Current.CancellationToken);
        _watch.Says = _ => [new SafetyVerdict.Breach(new RuleId("daily-spend-cap"), Remedy.PauseCampaign, new Evidence("spend today", "$800", "$750"))];
        await turns.RunAsync(TestContext.Current.CancellationToken);

        _bench.Decisions.All.Count.ShouldBe(2);
        _bench.Decisions.All.ShouldAllBe(decision => decision.Foresees.Select(foreseen => foreseen.Span).SequenceEqual(Enum.GetValues<ForecastSpan>()));
    }

    [Fact]
    public async Task A_verdict_that_changes_is_a_new_decision()
    {
        var rule = new RuleId("daily-spend-cap");
        _watch.Sees = campaign => AnObservation.Of(campaign, 0, 0);
        _watch.Says = _ => [new SafetyVerdict.Clear(rule)];
        var turns = Turns();
        await turns.RunAsync(TestContext.Current.CancellationToken);
        _watch.Says = _ => [new SafetyVerdict.Unknown(rule, "there is no reading yet")];
        await turns.RunAsync(TestContext.Current.CancellationToken);

        _bench.Decisions.All.Select(decision => decision.Verdicts.Single().GetType().Name).ShouldBe([nameof(SafetyVerdict.Unknown), nameof(SafetyVerdict.Clear)], ignoreOrder: true);
    }

    [Proves(88)]
    [Fact]
    public async Task A_decision_holds_what_was_seen_judged_wanted_allowed_and_done()
    {
        var rule = new RuleId("daily-spend-cap");
        _watch.Says = _ => [new SafetyVerdict.Clear(rule)];

        await Turns().RunAsync(TestContext.Current.CancellationToken);

        var decision = _bench.Decisions.All.ShouldHaveSingleItem();
        (decision.Saw.SpendToday, decision.Saw.ResultsToday).ShouldBe((A.Usd(300), 15));
        decision.Verdicts.ShouldHaveSingleItem().ShouldBe(new SafetyVerdict.Clear(rule));
        decision.Wanted.Select(move => move.Lever).ShouldContain(Lever.Bid);
        decision.Consent.ShouldBe(Autonomy.Act);
        decision.Done.ShouldHaveSingleItem().Confirmed.ShouldBeTrue();
    }

    [Fact]
    public async Task Hands_a_breach_over_and_moves_nothing()
    {
        var breach = new SafetyVerdict.Breach(new RuleId("daily-spend-cap"), Remedy.PauseCampaign, new Evidence("spend today", "$800", "$750"));
        _watch.Says = _ => [breach];

        await Turns().RunAsync(TestContext.Current.CancellationToken);

        _watch.Handed.ShouldBe([breach]);
        _bench.Network.Executed.ShouldBeEmpty();
        _bench.Decisions.All.ShouldHaveSingleItem().Says.ShouldContain("handed to the emergency stop");
    }

    [Theory]
    [InlineData(Autonomy.Shadow, "would have moved bid")]
    [InlineData(Autonomy.Suggest, "suggests bid $12 → $9.60 (-20 %)")]
    public async Task Without_leave_to_act_it_only_says_so(Autonomy autonomy, string says)
    {
        _autonomy = autonomy;

        await Turns().RunAsync(TestContext.Current.CancellationToken);

        _bench.Network.Executed.ShouldBeEmpty();
        _bench.Feed.All.ShouldContain(happened => happened.Action.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lost_answer_is_settled_by_reading_and_never_sent_again()
    {
        _bench.Network.Troubles = _ =>
        {
            _bench.Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
            return Trouble.ExecutesThenTimesOut;
        };
        var turns = Turns();
        await turns.RunAsync(TestContext.Current.CancellationToken);
        (await _bench.Campaigns.FindAsync(_campaign.Id, TestContext.Current.CancellationToken))!.Bid.ShouldBe(A.Usd(12));

        _bench.Network.ReadFault = null;
        _watch.Sees = campaign => AnObservation.Of(campaign, 0, 0);
        await turns.RunAsync(TestContext.Current.CancellationToken);

        _bench.Network.Executed.Count(done => done.Command is NetworkCommand.SetBid).ShouldBe(1);
        (await _bench.Campaigns.FindAsync(_campaign.Id, TestContext.Current.CancellationToken))!.Bid.ShouldBe(A.Usd(9.6m));
    }

    [Fact]
    public async Task An_account_that_left_the_configuration_keeps_no_other_from_its_turns()
    {
        var lost = A.Campaign(id: "c-2");
        _bench.Campaigns.With(lost with { Spec = lost.Spec with { Account = new AdAccountId("meta:gone") } });

        var report = await Turns().RunAsync(TestContext.Current.CancellationToken);

        (report.Campaigns, report.Moves, report.Failed).ShouldBe((1, 1, 1));
    }

    [Fact]
    public async Task A_lost_answer_in_an_account_that_left_the_configuration_keeps_no_other_from_its_turns()
    {
        var lost = new NetworkCommand.SetBid(new AdAccountId("meta:gone"), new CampaignId("c-2"), new ExternalId("n-2"), A.Usd(9), A.Usd(10));
        await _bench.Intents.AddAsync(
            new CommandIntent(
                new CommandKey("c-2/lost"), WorkspaceId.Local, Automation.Accounts.NetworkMode.Simulated, lost, PersonId.Agent, "because", A.Noon, IntentState.Unknown),
            TestContext.Current.CancellationToken);

        (await Turns().RunAsync(TestContext.Current.CancellationToken)).Moves.ShouldBe(1);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(nameof(IAdNetwork.ExecuteAsync))]
    [InlineData(nameof(IAdNetwork.FindCampaignAsync))]
    public async Task A_network_that_never_answers_keeps_no_other_account_from_its_turns(string call)
    {
        var other = Elsewhere();
        _bench.Network.Hangs.Add(call);

        var report = await _bench.UntilDoneAsync(Turns().RunAsync(TestContext.Current.CancellationToken));

        report.Moves.ShouldBe(1);
        (await _bench.Campaigns.FindAsync(other.Id, TestContext.Current.CancellationToken))!.Bid.ShouldBe(A.Usd(9.6m));
    }

    [Fact(Timeout = 30_000)]
    public async Task After_a_move_that_was_not_answered_the_account_is_left_alone_and_next_time_another_campaign_begins()
    {
        foreach (var number in Enumerable.Range(2, 9))
        {
            var more = A.Campaign(id: $"c-{number}") with { Handle = $"c{number}" };
            _bench.Campaigns.With(more);
        }

        _bench.Network.Hangs.Add(nameof(IAdNetwork.ExecuteAsync));
        var turns = Turns();

        var report = await _bench.UntilDoneAsync(turns.RunAsync(TestContext.Current.CancellationToken));
        (report.Campaigns, report.Moves, report.Failed).ShouldBe((1, 0, 9));
        _bench.Decisions.All.Count(decision => decision.Missed && decision.Says.StartsWith("could not look: Meta did not answer a move", StringComparison.Ordinal)).ShouldBe(9);
        await _bench.UntilDoneAsync(turns.RunAsync(TestContext.Current.CancellationToken));

        _bench.Intents.All.Select(intent => intent.Command.Campaign).Distinct().Count().ShouldBe(2);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_round_that_outlives_its_minute_leaves_its_campaigns_a_decision()
    {
        _watch.Waits = new TaskCompletionSource().Task;

        var round = Turns().RunAsync(TestContext.Current.CancellationToken);
        while (!round.IsCompleted)
        {
            // It begins to count only when the account's work waits.
            _bench.Machine.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAny(round, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        var decision = _bench.Decisions.All.ShouldHaveSingleItem();
        (decision.Missed, decision.Says).ShouldBe((true, "could not look: the account's round was not done within a minute"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_lost_answer_that_cannot_be_read_back_in_one_account_keeps_no_other_from_its_turns()
    {
        Elsewhere();
        var lost = new NetworkCommand.SetBid(_campaign.Account, _campaign.Id, new ExternalId("n1"), A.Usd(9), A.Usd(10));
        await _bench.Intents.AddAsync(
            new CommandIntent(
                new CommandKey("c-1/lost"), WorkspaceId.Local, Automation.Accounts.NetworkMode.Simulated, lost, PersonId.Agent, "because", A.Noon, IntentState.Unknown),
            TestContext.Current.CancellationToken);
        _bench.Network.Hangs.Add(nameof(IAdNetwork.FindCampaignAsync));

        (await _bench.UntilDoneAsync(Turns().RunAsync(TestContext.Current.CancellationToken))).Moves.ShouldBe(1);
    }

    [Fact]
    public async Task Leaves_a_campaign_alone_that_was_stopped_since_the_round_began()
    {
        _watch.Sees = campaign => Dear(campaign with { Status = CampaignStatus.Stopped });

        var report = await Turns().RunAsync(TestContext.Current.CancellationToken);

        (report.Campaigns, report.Moves).ShouldBe((0, 0));
        _bench.Decisions.All.ShouldBeEmpty();
    }

    [Proves(44, 86)]
    [Fact]
    public async Task Leaves_manual_and_taken_over_campaigns_alone()
    {
        await _bench.Campaigns.ChangeAsync(_campaign.Id, campaign => campaign with { TakenOver = true }, TestContext.Current.CancellationToken);

        (await Turns().RunAsync(TestContext.Current.CancellationToken)).Campaigns.ShouldBe(0);
    }

    /// <summary>A campaign like the first one in an account of another network.</summary>
    private Campaign Elsewhere()
    {
        var other = A.Campaign(id: "c-other") with { Handle = "c9", Spec = A.Spec(network: "TikTok") };
        _bench.Campaigns.With(other);
        _bench.Other.Put(A.AtNetwork(other));
        return other;
    }

    private AgentTurns Turns()
    {
        var memories = _bench.Memories;
        var reporter = new AgentReporter(_bench.Decisions, _bench.Feed);
        var executor = new ActionExecutor(_bench.Gate, _bench.Campaigns, _bench.Clock);
        var agent = new CampaignAgent(_watch, executor, memories, reporter, new SurroundingsReader(_bench.Incidents, _bench.Room, _bench.Shares), new SuggestionBook(_bench.Settings, _bench.Feed), _bench.Foresees, new AgentPolicy(_autonomy));
        var accounts = new AccountTurns(
            agent, _watch, _bench.Settler, new AccountTroubles(_bench.Settings, new SafetyBench(core: _bench).Sight, _bench.Clock, NullLogger<AccountTroubles>.Instance), _bench.Accounts,
            NullLogger<AccountTurns>.Instance);
        return new AgentTurns(accounts, _bench.Campaigns, _bench.Settings, _bench.Clock, _bench.Machine);
    }

    private static Observation Dear(Campaign campaign) => AnObservation.Of(campaign, 300, 15, days: 2, spendADay: 500, resultsADay: 25);
}
