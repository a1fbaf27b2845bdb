using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>Where the agent may only suggest: what it suggests, and what a person's answer does.</summary>
public sealed class SuggestionTests
{
    private readonly Bench _bench = new();
    private readonly FakeWatch _watch = new();
    private readonly Campaign _campaign = A.Campaign();
    private readonly SuggestionBook _book;
    private readonly AgentMemories _memories;
    private readonly SuggestionDesk _desk;
    private readonly CampaignAgent _agent;

    public SuggestionTests()
    {
        _bench.Campaigns.With(_campaign);
        _bench.Network.Put(A.AtNetwork(_campaign));
        _watch.Sees = Dear;
        _book = new SuggestionBook(_bench.Settings, _bench.Feed);
        _memories = new AgentMemories(_bench.Settings, _bench.Intents, _bench.Accounts, _bench.Clock);
        var reporter = new AgentReporter(_bench.Decisions, _bench.Feed);
        var executor = new ActionExecutor(_bench.Gate, _bench.Campaigns, _bench.Clock);
        var surroundings = new SurroundingsReader(_bench.Incidents, _bench.Room, _bench.Shares);
        _agent = new CampaignAgent(_watch, executor, _memories, reporter, surroundings, _book, _bench.Foresees, new AgentPolicy(Autonomy.Suggest));
        _desk = new SuggestionDesk(_book, new SecondLook(_watch, _bench.Accounts, surroundings, _memories), executor, _memories, reporter, _bench.Turns, _bench.Clock);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Suggests_once_what_it_would_do_and_moves_nothing()
    {
        await TurnAsync();
        await TurnAsync();

        (await NewestAsync()).Words.ShouldBe("bid $12 → $9.60 (-20 %)");
        _bench.Feed.All.Count(happened => happened.Kind == FeedKind.Suggestion).ShouldBe(1);
        _bench.Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Expires_when_the_figures_no_longer_ask_for_it()
    {
        await TurnAsync();
        _watch.Sees = campaign => AnObservation.Of(campaign, 0, 0);
        await TurnAsync();

        (await NewestAsync()).State.ShouldBe(SuggestionState.Expired);
        var answer = await _desk.DoAsync(_campaign, FakePeople.Max, null, Cancel);
        answer.Done.ShouldBeFalse();
        answer.Says.ShouldContain("no longer suggests");
        _bench.Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Other_figures_make_another_suggestion_in_the_same_message()
    {
        await TurnAsync();
        var first = await NewestAsync();
        _watch.Sees = campaign => Dear(campaign with { Bid = A.Usd(11) });
        await TurnAsync();

        var second = await NewestAsync();
        second.Words.ShouldBe("bid $11 → $8.80 (-20 %)");
        second.Thread.ShouldBe(first.Thread);
        (await _desk.DoAsync(_campaign, FakePeople.Max, first.Shown, Cancel)).Says.ShouldContain("no longer what it suggests");
    }

    [Fact]
    public async Task Do_it_is_the_agents_move_through_the_gate_approved_by_the_person_and_a_decision()
    {
        await TurnAsync();
        var shown = (await NewestAsync()).Shown;

        var answer = await _desk.DoAsync(_campaign, FakePeople.Max, shown, Cancel);
        var again = await _desk.DoAsync(_campaign, FakePeople.Ana, shown, Cancel);

        answer.ShouldBe(new SuggestionAnswer(true, "Facebook installs US CA: bid $12 → $9.60 (-20 %): done, confirmed by the network."));
        again.Done.ShouldBeFalse();
        again.Says.ShouldStartWith("max did this already");
        (await _bench.Campaigns.FindAsync(_campaign.Id, Cancel))!.Bid.ShouldBe(A.Usd(9.6m));
        var intent = _bench.Intents.All.ShouldHaveSingleItem();
        (intent.By, intent.State).ShouldBe((PersonId.Agent, Automation.Commands.IntentState.Confirmed));
        intent.Because.ShouldEndWith("max said do it");
        var decision = _bench.Decisions.All.Single(known => !known.Done.IsEmpty);
        (decision.By, decision.Consent).ShouldBe((FakePeople.Max.Id, Autonomy.Suggest));
        _bench.Feed.All.Single(happened => happened.Kind == FeedKind.BidAdjustment).Action.ShouldBe("bid $12 → $9.60 (-20 %)");
        (await _memories.OfAsync(_campaign, Cancel)).Last(Lever.Bid).ShouldNotBeNull();
    }

    [Fact]
    public async Task Do_it_does_nothing_when_the_figures_changed_since()
    {
        await TurnAsync();
        _watch.Sees = campaign => AnObservation.Of(campaign, 0, 0);

        var answer = await _desk.DoAsync(_campaign, FakePeople.Max, null, Cancel);

        answer.Says.ShouldBe("The figures changed meanwhile, so nothing was changed: on what is seen now there is nothing to move.");
        _bench.Network.Executed.ShouldBeEmpty();
        (await NewestAsync()).State.ShouldBe(SuggestionState.Expired);
        _bench.Decisions.All.ShouldContain(decision => decision.By == FakePeople.Max.Id);
    }

    [Fact]
    public async Task Do_it_past_a_limit_stops_the_campaign_and_moves_nothing()
    {
        await TurnAsync();
        _watch.Says = _ => [new SafetyVerdict.Breach(new RuleId("daily-spend-cap"), Remedy.PauseCampaign, new Evidence("spend today", "$800", "$750"))];

        (await _desk.DoAsync(_campaign, FakePeople.Max, null, Cancel)).Says.ShouldContain("a limit is passed now");

        _watch.Handed.ShouldHaveSingleItem();
        _bench.Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Not_now_is_a_decision_and_the_same_is_not_asked_for_hours()
    {
        _watch.Sees = campaign => Dear(campaign) with { Now = _bench.Clock.GetUtcNow() };
        await TurnAsync();

        (await _desk.NotNowAsync(_campaign, FakePeople.Max, null, Cancel)).Done.ShouldBeTrue();

        _bench.Decisions.All.ShouldContain(decision => decision.By == FakePeople.Max.Id && decision.Says.StartsWith("max said not now", StringComparison.Ordinal));
        _bench.Machine.Advance(TimeSpan.FromMinutes(359));
        await TurnAsync();
        (await NewestAsync()).State.ShouldBe(SuggestionState.NotNow);
        _bench.Decisions.All.MaxBy(decision => decision.At)!.Trimmed.ShouldContain(trim => trim.Rail == "not-now" && trim.Says == "max said not now 359 minutes ago");

        _bench.Machine.Advance(TimeSpan.FromMinutes(1));
        await TurnAsync();
        (await NewestAsync()).State.ShouldBe(SuggestionState.Open);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_no_that_comes_while_a_turn_is_under_way_silences_all_the_same(bool forGood)
    {
        await TurnAsync();
        _bench.Machine.Advance(TimeSpan.FromSeconds(5));
        Task<SuggestionAnswer>? answer = null;
        _watch.Says = _ =>
        {
            answer ??= forGood ? _desk.DeclineAsync(_campaign, FakePeople.Max, null, "the sale", Cancel) : _desk.NotNowAsync(_campaign, FakePeople.Max, null, Cancel);
            return [];
        };

        await TurnAsync();

        (await answer!).Done.ShouldBeTrue();
        (await _memories.OfAsync(_campaign, Cancel)).Declined.ShouldHaveSingleItem().By.ShouldBe("max");
        (await NewestAsync()).State.ShouldBe(forGood ? SuggestionState.Declined : SuggestionState.NotNow, "the turn had looked before it was said");
    }

    [Fact]
    public async Task A_yes_that_comes_while_a_turn_is_under_way_is_remembered_as_a_move()
    {
        await TurnAsync();
        _bench.Machine.Advance(TimeSpan.FromSeconds(5));
        var (asked, answer) = (false, Task.FromResult(new SuggestionAnswer(false, "")));
        _watch.Says = _ =>
        {
            if (!asked)
            {
                asked = true;
                answer = _desk.DoAsync(_campaign, FakePeople.Max, null, Cancel);
            }

            return [];
        };

        await TurnAsync();

        (await answer).Done.ShouldBeTrue();
        (await _memories.OfAsync(_campaign, Cancel)).Moves.ShouldHaveSingleItem().To.ShouldBe(A.Usd(9.6m));
        (await NewestAsync()).State.ShouldBe(SuggestionState.Done);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Of_a_turn_and_an_answer_neither_takes_away_what_the_other_wrote(bool answerFirst, bool failedBetween)
    {
        var read = await _memories.OfAsync(_campaign, Cancel);
        Task AnswerAsync() => _memories.ChangeAsync(_campaign, memory => memory.With([new Declined(Lever.Bid, Raise: true, A.Noon, "max")]), Cancel);
        Task KeepAsync() => _memories.KeepAsync(_campaign, read with { AskedFresh = ["n1/0"] }, Cancel);

        await (answerFirst ? AnswerAsync() : KeepAsync());
        if (failedBetween)
            _memories.Forget(_campaign);
        await (answerFirst ? KeepAsync() : AnswerAsync());

        foreach (var memories in new[] { _memories, new Bench(_bench).Memories })
        {
            var kept = await memories.OfAsync(_campaign, Cancel);
            kept.Declined.ShouldHaveSingleItem().By.ShouldBe("max");
            kept.AskedFresh.ShouldBe(["n1/0"]);
        }
    }

    [Fact]
    public async Task A_network_that_does_not_answer_leaves_the_suggestion_open()
    {
        await TurnAsync();
        _watch.Sees = campaign => Dear(campaign) with { FailuresInARow = 1 };

        (await _desk.DoAsync(_campaign, FakePeople.Max, null, Cancel)).Says.ShouldContain("does not answer");
        (await NewestAsync()).State.ShouldBe(SuggestionState.Open);
    }

    [Fact]
    public async Task A_paused_campaign_is_not_the_agents_to_move()
    {
        await TurnAsync();

        (await _desk.DoAsync(_campaign with { Status = CampaignStatus.Paused }, FakePeople.Max, null, Cancel)).Says.ShouldContain("not in the agent's hands");
        _bench.Network.Executed.ShouldBeEmpty();
    }

    private async Task TurnAsync() => await _agent.TurnAsync(_watch.Sees(_campaign), Cancel);

    private async Task<Suggestion> NewestAsync() => (await _book.FindAsync(_campaign, Cancel)).ShouldNotBeNull();

    private static Observation Dear(Campaign campaign) => AnObservation.Of(campaign, 300, 15, days: 2, spendADay: 500, resultsADay: 25);
}
