using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Feed;

public sealed class DashboardProjectionTests
{
    private readonly SafetyBench _bench = new();

    private DashboardProjection Dashboard => new(
        _bench.Core.Campaigns, _bench.Core.Readings, new LastActions(_bench.Core.Feed, new AgentMemories(_bench.Core.Settings, _bench.Core.Intents, _bench.Core.Accounts, _bench.Core.Clock)), _bench.Core.Accounts, _bench.Observer, new Alarms(_bench.Core.Incidents, _bench.Core.Switch), _bench.Core.Settings, _bench.Core.Clock);

    [Proves(158)]
    [Fact]
    public async Task Counts_and_sums_what_runs_and_says_when_it_was_swept()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _bench.Running("c-1", 100);
        var manual = _bench.Running("c-2", 50);
        await _bench.Core.Campaigns.ChangeAsync(manual.Id, campaign => campaign with { TakenOver = true }, cancellation);
        await _bench.Monitor.SweepAsync(cancellation);
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(12));

        var figures = await Dashboard.BuildAsync(WorkspaceId.Local, cancellation);

        (figures.Active, figures.AgentManaged, figures.Manual).ShouldBe((2, 1, 1));
        var total = figures.Totals.ShouldHaveSingleItem();
        total.SpendToday.ShouldBe(A.Usd(150));
        total.Budget.ShouldBe(A.Usd(1000));
        total.Utilisation.ShouldBe(.15m);
        figures.SweepSays.ShouldBe("last check 12 s ago, 2 of 2");
        figures.WorstLine!.Worst!.Most.ShouldBeGreaterThanOrEqualTo(A.Usd(500));
    }

    [Fact]
    public async Task Accounts_that_did_not_answer_are_counted_beside_what_was_judged_by_old_figures()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _bench.Running("c-1");
        await _bench.Monitor.SweepAsync(cancellation);
        _bench.Core.Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "no answer");
        await _bench.Monitor.SweepAsync(cancellation);

        (await Dashboard.BuildAsync(WorkspaceId.Local, cancellation)).SweepSays.ShouldEndWith(", 1 of 1, 1 of 1 accounts silent");
    }

    [Fact]
    public async Task A_campaign_that_could_not_be_paused_comes_first_and_says_so()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _bench.Running("c-1");
        var wild = _bench.Running("c-2");
        await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), WorkspaceId.Local, wild.Account, wild.Id, wild.Name, new RuleId("daily-spend-cap"), Remedy.PauseCampaign, Severity.Critical,
                new Evidence("spend today", "$1,000.40", "$1,000"), _bench.Core.Clock.GetUtcNow(), IncidentState.Acting) { PauseAttempts = 33 },
            cancellation);

        var lines = (await Dashboard.BuildAsync(WorkspaceId.Local, cancellation)).Lines;

        lines.Select(line => line.Id).ShouldBe([wild.Id, new CampaignId("c-1")]);
        lines[0].Alarm.ShouldNotBeNull().Around("running").ShouldStartWith("EMERGENCY i1: IT COULD NOT BE PAUSED YET, tried 33 times");
        lines[1].Alarm.ShouldBeNull();
    }

    [Fact]
    public async Task A_freeze_shows_for_everybody()
    {
        var cancellation = TestContext.Current.CancellationToken;
        (await Dashboard.BuildAsync(WorkspaceId.Local, cancellation)).Frozen.ShouldBeNull();

        await _bench.Core.Switch.SetAsync(new SwitchState(true, FakePeople.Olga.Id, _bench.Core.Clock.GetUtcNow(), "freeze everything"), cancellation);

        (await Dashboard.BuildAsync(WorkspaceId.Local, cancellation)).Frozen.ShouldNotBeNull().ShouldContain("since olga said \"freeze everything\"");
    }

    [Proves(159, 160)]
    [Fact]
    public async Task The_list_shows_the_same_last_action_as_the_feed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var campaign = _bench.Running();
        var told = await _bench.Core.Feed.PublishAsync(
            new FeedEvent(
                0, _bench.Core.Clock.GetUtcNow(), WorkspaceId.Local, campaign.Account, campaign.Id, campaign.Name, FeedKind.BidAdjustment, Severity.Low,
                "bid $12 → $10.80 (-10 %)", "because", PersonId.Agent),
            cancellation);
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(8));

        var line = (await Dashboard.BuildAsync(WorkspaceId.Local, cancellation)).Lines.ShouldHaveSingleItem();

        line.LastAction.ShouldBe(new LastAction(told.Action, told.Reason, told.At, TimeSpan.FromMinutes(8)));
        line.StatusWord.ShouldBe("running");
    }

    [Fact]
    public async Task The_last_action_stays_however_much_is_said_and_done_after_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var campaign = _bench.Running();
        await TellAsync(campaign, FeedKind.BidAdjustment, "bid $12 → $10.80 (-10 %)", PersonId.Agent);
        for (var later = 0; later < 30; later++)
        {
            await TellAsync(campaign, FeedKind.Pause, "paused", FakePeople.Ana.Id);
            await TellAsync(campaign, FeedKind.Note, "keeps its hands off the bid", PersonId.Agent);
        }

        await new AgentMemories(_bench.Core.Settings, _bench.Core.Intents, _bench.Core.Accounts, _bench.Core.Clock).KeepAsync(
            campaign,
            AgentMemory.Empty.With(new PastMove(Lever.Bid, A.Noon, A.Account().DayAt(A.Noon), A.Usd(12), A.Usd(10.8m), 4) { Because = "because" }), cancellation);

        var line = (await Dashboard.BuildAsync(WorkspaceId.Local, cancellation)).Lines.ShouldHaveSingleItem();
        line.LastAction.ShouldBe(new LastAction("bid $12 → $10.80 (-10 %)", "because", A.Noon, TimeSpan.Zero));
    }

    [Fact]
    public async Task The_last_action_is_found_behind_what_people_did_since()
    {
        var campaign = _bench.Running();
        await TellAsync(campaign, FeedKind.BudgetChange, "daily budget $500 → $450 (-10 %)", PersonId.Agent);
        for (var later = 0; later < 60; later++)
            await TellAsync(campaign, FeedKind.Pause, "paused", FakePeople.Ana.Id);

        var line = (await Dashboard.BuildAsync(WorkspaceId.Local, TestContext.Current.CancellationToken)).Lines.ShouldHaveSingleItem();
        line.LastAction!.Action.ShouldBe("daily budget $500 → $450 (-10 %)");
    }

    [Theory]
    [InlineData(CampaignStatus.Active, true)]
    [InlineData(CampaignStatus.Paused, false)]
    public async Task Shows_what_is_suggested_while_it_waits(CampaignStatus status, bool shown)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var campaign = _bench.Running();
        var move = new Proposal(Lever.Bid, A.Usd(12), A.Usd(9.6m), "too dear", "bid");
        var saw = new Seen(DataState.Fresh, A.Noon, A.Usd(1), 1, null, A.Usd(500), A.Usd(12));
        await new SuggestionBook(_bench.Core.Settings, _bench.Core.Feed).KeepAsync(
            campaign, new Suggestion(Guid.NewGuid(), Guid.NewGuid(), campaign.Id, A.Noon, saw, [move], SuggestionState.Open), cancellation);
        await _bench.Core.Campaigns.ChangeAsync(campaign.Id, now => now with { Status = status }, cancellation);

        var line = (await Dashboard.BuildAsync(WorkspaceId.Local, cancellation)).Lines.ShouldHaveSingleItem();
        (line.Suggestion?.Words).ShouldBe(shown ? "bid $12 → $9.60 (-20 %)" : null);
    }

    private Task TellAsync(Campaign campaign, FeedKind kind, string action, PersonId by) => _bench.Core.Feed.PublishAsync(
        new FeedEvent(0, _bench.Core.Clock.GetUtcNow(), WorkspaceId.Local, campaign.Account, campaign.Id, campaign.Name, kind, Severity.Low, action, "because", by),
        TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_campaign_whose_account_left_the_configuration_is_shown_so_and_hides_no_other()
    {
        _bench.Running("c-1");
        var lost = A.Campaign(id: "c-2");
        _bench.Core.Campaigns.With(lost with { Spec = lost.Spec with { Account = new AdAccountId("meta:gone") } });

        var figures = await Dashboard.BuildAsync(WorkspaceId.Local, TestContext.Current.CancellationToken);

        figures.Lines.Length.ShouldBe(2);
        figures.Lines.Single(line => line.Id == lost.Id).StatusWord.ShouldBe("running, but its ad account meta:gone is no longer configured: nobody watches it");
    }

    [Fact]
    public async Task Says_what_a_click_costs_where_clicks_are_bought()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var campaign = _bench.Running();
        await _bench.Core.Campaigns.ChangeAsync(campaign.Id, now => now with { Spec = now.Spec with { Type = CampaignType.Traffic } }, cancellation);
        var yesterday = new AccountDay(A.Account().DayAt(A.Noon).Date.AddDays(-1));
        await _bench.Core.Readings.KeepDayAsync(A.Account(), campaign.Id, new DayFigures(yesterday, A.Usd(100), 10_000, 400, 3, null), cancellation);

        var line = (await Dashboard.BuildAsync(WorkspaceId.Local, cancellation)).Lines.ShouldHaveSingleItem();

        line.Result.ShouldBe(ResultWord.Click);
        line.CostPerResult.ShouldBe(A.Usd(.25m));
    }

    [Fact]
    public async Task Stopped_campaigns_come_first_with_their_reason()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _bench.Running("c-1");
        var stopped = _bench.Running("c-2");
        await _bench.Core.Campaigns.ChangeAsync(
            stopped.Id, campaign => campaign with { Status = CampaignStatus.Stopped, Because = "daily-spend-cap" }, cancellation);

        var figures = await Dashboard.BuildAsync(WorkspaceId.Local, cancellation);

        figures.Lines[0].StatusWord.ShouldBe("STOPPED: daily-spend-cap");
        figures.Lines[0].Worst.ShouldBeNull();
        figures.SweepSays.ShouldBe("no check yet");
    }
}
