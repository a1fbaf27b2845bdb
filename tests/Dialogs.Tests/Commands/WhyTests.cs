using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

public sealed class WhyTests
{
    private readonly ChatBench _bench = new();
    private readonly Campaign _campaign = A.Campaign();

    public WhyTests()
    {
        _bench.Core.Campaigns.With(_campaign);
        _bench.Core.Network.Put(A.AtNetwork(_campaign));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_quiet_hour_it_says_since_when_nothing_is_new_and_how_it_is_judged_now()
    {
        await DecideAsync(Decision() with { Says = "nothing to move: on target or too little new evidence" });
        await new AgentMemories(_bench.Core.Settings, _bench.Core.Intents, _bench.Core.Accounts, _bench.Core.Clock).KeepAsync(_campaign, AgentMemory.Empty with { LookedAt = A.Noon.AddMinutes(55) }, Cancel);
        await _bench.Core.Observer.ObserveAsync(A.Account(), [_campaign], Cancel);
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(58));

        var says = await WhyAsync();

        says.ShouldContain("Nothing new since 07:00 (UTC-05:00); the agent last looked 3 min ago.");
        says.ShouldContain("Now:");
        says.ShouldContain("Not watched yet:");
        says.ShouldContain("58 min ago: nothing to move");
        says.ShouldContain("Wanted: no move");
    }

    [Proves(88, 125)]
    [Fact]
    public async Task Shows_what_was_judged_wanted_held_back_and_by_what_allowed_and_done()
    {
        var bid = new Proposal(Lever.Bid, A.Usd(12), A.Usd(9), "one install costs about $20 against the target of $12", "bid");
        var budget = new Proposal(Lever.DailyBudget, A.Usd(500), A.Usd(450), "too dear", "budget");
        await DecideAsync(Decision() with
        {
            Verdicts = [new SafetyVerdict.Clear(new RuleId("cpa-ceiling")), new SafetyVerdict.Warning(new RuleId("daily-spend-cap"), new Evidence("spend today", "$640", "$750"))],
            Wanted = [bid, budget],
            Trimmed =
            [
                new Trim("mode-band", Lever.Bid, A.Usd(9), A.Usd(9.6m), "Balanced steps are at most 20 %"),
                new Trim("cool-down", Lever.DailyBudget, A.Usd(450), null, "it was moved 120 minutes ago"),
            ],
            Consent = Autonomy.Act,
            Done = [new Act(bid with { To = A.Usd(9.6m) }, "confirmed", true)],
        });

        var says = await WhyAsync();

        says.ShouldContain("Close to its limit: daily cap: spend today $640, limit $750");
        says.ShouldContain("Judged: 1 of 2 limits fine");
        says.ShouldContain("Wanted: bid $12 → $9 (-25 %), because one install costs about $20 against the target of $12");
        says.ShouldContain("Shortened: bid to $9.60 instead of $9 (size of a step: Balanced steps are at most 20 %)");
        says.ShouldContain("Not taken: daily budget to $450 (rest after a move: it was moved 120 minutes ago)");
        says.ShouldContain("Allowed: it acts by itself here");
        says.ShouldContain("Done: bid $12 → $9.60 (-20 %), confirmed by the network");
        says.ShouldNotContain("cool-down");
    }

    [Proves(157)]
    [Fact]
    public async Task Says_that_a_raise_waits_because_the_network_still_learns()
    {
        var raise = new Proposal(Lever.DailyBudget, A.Usd(500), A.Usd(550), "cheap results", "budget");
        await DecideAsync(Decision() with
        {
            Wanted = [raise],
            Trimmed = [new Trim("learning", Lever.DailyBudget, A.Usd(550), null, "the network is still learning in the first 24 hours")],
        });

        (await WhyAsync()).ShouldContain("Not taken: daily budget to $550 (the network's learning time: the network is still learning in the first 24 hours)");
    }

    [Fact]
    public async Task Tells_what_was_expected_of_the_last_hour_beside_what_came_and_what_is_expected_next()
    {
        await _bench.Core.Observer.ObserveAsync(A.Account(), [_campaign], Cancel);
        var last = Expected(A.Noon.AddHours(-1)) with { Came = new Outcome(A.Noon, 35, 3, true, null) };
        await _bench.Core.Forecasts.KeepAsync([last, Expected(A.Noon.AddHours(1))], Cancel);

        var says = await WhyAsync();

        says.ShouldContain("I expected about $29–$41 and 2–4 installs from 06:00 to 07:00 (UTC-05:00); it was $35 and 3 installs.");
        says.ShouldContain("I expect about $29–$41 and 2–4 installs from 08:00 to 09:00 (UTC-05:00).");
    }

    private RunningForecast Expected(DateTimeOffset from) => new(
        _campaign.Id, _campaign.Workspace, _campaign.Account, Currency.Usd, ResultWord.Install, 500, 12,
        new Foreseen(ForecastSpan.Hour, from, from.AddHours(1), from.AddHours(-1), new Estimate(29, 34, 41), new Estimate(2, 2.8m, 4), null));

    [Theory]
    [InlineData(CampaignStatus.Active, true, "hand back c1")]
    [InlineData(CampaignStatus.Paused, false, "It is paused. The agent takes no turns over it meanwhile")]
    [InlineData(CampaignStatus.Active, false, "its first turn comes within minutes")]
    public async Task Is_never_empty(CampaignStatus status, bool takenOver, string says)
    {
        await _bench.Core.Campaigns.ChangeAsync(_campaign.Id, now => now with { Status = status, TakenOver = takenOver }, Cancel);

        (await WhyAsync("why not c1")).ShouldContain(says);
    }

    [Fact]
    public async Task Begins_with_what_holds_now_also_where_a_person_overrode_the_agent()
    {
        await _bench.Core.SeenAsync(_campaign);
        await _bench.SayAsync("olga", "stop everything", Cancel);
        await _bench.Core.Campaigns.ChangeAsync(_campaign.Id, now => now with { TakenOver = true }, Cancel);

        var says = await WhyAsync();

        says.ShouldContain("It is STOPPED: stop everything: asked for by olga, since 2026-03-02 07:00 (UTC-05:00) (i1): say \"resume c1\" to have it judged again. The agent leaves it alone until you say \"hand back c1\".");
    }

    [Fact]
    public async Task Begins_with_a_pause_that_is_not_confirmed_although_it_runs()
    {
        await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), WorkspaceId.Local, _campaign.Account, _campaign.Id, _campaign.Name, new RuleId("daily-spend-cap"), Remedy.PauseCampaign,
                Severity.Critical, new Evidence("spend today", "$800", "$750"), A.Noon, IncidentState.Acting)
            {
                PauseAttempts = 2,
            },
            Cancel);

        (await WhyAsync()).ShouldContain("Why: Facebook installs US CA (c1, simulated): COULD NOT PAUSE after 2 attempts, trying again with every check: stop it in the network's own pages (i1). The agent");
    }

    private Task DecideAsync(Decision decision) => _bench.Core.Decisions.AddAsync(decision, Cancel);

    private Decision Decision() => new(
        Guid.NewGuid(), WorkspaceId.Local, _campaign.Account, _campaign.Id, A.Noon,
        new Seen(DataState.Fresh, A.Noon.AddMinutes(-9), A.Usd(212.40m), 16, null, A.Usd(500), A.Usd(12)), [], [], [], [], "decided");

    private async Task<string> WhyAsync(string line = "why c1")
    {
        (await _bench.SayAsync("ana", line, Cancel)).ShouldBeTrue();
        return _bench.SeenBy("ana")[^1];
    }
}
