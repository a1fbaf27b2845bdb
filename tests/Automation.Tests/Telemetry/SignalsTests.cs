using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Telemetry;

public sealed class SignalsTests : IDisposable
{
    private readonly SafetyBench _bench = new();
    private readonly Heard _heard = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _heard.Dispose();

    [Fact]
    public async Task A_sweep_measures_itself_and_how_old_the_figures_were_that_it_judged()
    {
        var campaign = _bench.Running();
        _bench.Core.Network.Figures[campaign.Network.Campaign!.Value] = shown => new PerformanceReading(
            shown, _bench.Core.Clock.GetUtcNow(), _bench.Core.Clock.GetUtcNow().AddMinutes(-7),
            new DayFigures(A.Account().DayAt(A.Noon), A.Usd(100), 10_000, 500, 5, null), null, []);

        await _bench.Monitor.SweepAsync(Cancel);

        _heard.Of("chatops.sweep.duration").ShouldBe(["chatops.sweep.duration{} 0"]);
        _heard.Of("chatops.sweep.judged").ShouldBe(["chatops.sweep.judged{network=Meta,state=fresh} 1"]);
        _heard.Of("chatops.reading.age").ShouldBe(["chatops.reading.age{network=Meta} 420"]);
        _heard.Traced.ShouldContain("sweep{accounts=1,failed=0,judged=1,total=1}");
    }

    [Fact]
    public async Task A_campaign_that_nobody_could_see_counts_as_judged_without_an_age()
    {
        _bench.Running();
        _bench.Core.Network.ReadFault = new AdNetworkException(FaultKind.Unauthorized, "token EAAB-secret was revoked");

        await _bench.Monitor.SweepAsync(Cancel);

        _heard.Of("chatops.sweep.judged").ShouldBe(["chatops.sweep.judged{network=Meta,state=none} 1"]);
        _heard.Of("chatops.reading.age").ShouldBeEmpty();
        _heard.Of("chatops.network.calls").ShouldContain("chatops.network.calls{call=read_account,mode=simulated,network=Meta,outcome=unauthorized} 1");
        _heard.Measured.Concat(_heard.Traced).ShouldNotContain(one => one.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stop_counts_by_its_cause_and_says_how_long_it_took_until_it_was_read_back()
    {
        _bench.Running(spend: 800);

        await _bench.Monitor.SweepAsync(Cancel);

        _heard.Of("chatops.stops").ShouldBe(["chatops.stops{outcome=confirmed,rule=daily-spend-cap} 1"]);
        _heard.Of("chatops.stop.duration").ShouldBe(["chatops.stop.duration{rule=daily-spend-cap} 0"]);
        _heard.Of("chatops.network.calls").ShouldContain("chatops.network.calls{call=pause,mode=simulated,network=Meta,outcome=ok} 1");
    }

    [Fact]
    public async Task A_pause_that_the_network_refuses_counts_as_not_confirmed_at_every_attempt()
    {
        _bench.Running(spend: 800);
        _bench.Core.Network.Troubles = _ => Trouble.Rejected;

        await _bench.Monitor.SweepAsync(Cancel);
        await _bench.Monitor.SweepAsync(Cancel);

        _heard.Of("chatops.stops").Distinct().ShouldBe(["chatops.stops{outcome=not_confirmed,rule=daily-spend-cap} 1"]);
        _heard.Of("chatops.stops").Count.ShouldBeGreaterThan(1);
        _heard.Of("chatops.stop.duration").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_network_call_that_takes_its_time_is_measured_by_the_machines_clock_and_counts_as_timed_out()
    {
        var account = A.Account();
        _bench.Core.Network.Hangs.Add(nameof(IAdNetwork.FindCampaignAsync));

        await Should.ThrowAsync<AdNetworkException>(() => _bench.Core.UntilDoneAsync(
            _bench.Core.Asked.For(account, account.Mode).FindCampaignAsync(account, new ExternalId("n-1"), Cancel)));

        _heard.Of("chatops.network.calls").ShouldBe(["chatops.network.calls{call=find_campaign,mode=simulated,network=Meta,outcome=timed_out} 1"]);
        _heard.Of("chatops.network.call.duration").ShouldBe(["chatops.network.call.duration{call=find_campaign,mode=simulated,network=Meta} 10"]);
        _heard.Traced.ShouldBe(["network call{account=meta,call=find_campaign,mode=simulated,network=Meta,outcome=timed_out}"]);
    }

    [Fact]
    public async Task A_launch_counts_when_it_is_through_and_is_traced_with_its_campaign()
    {
        _bench.Core.Campaigns.With(A.Campaign(CampaignStatus.Launching, "c-new"));

        await _bench.Core.Engine.ContinueAsync(new CampaignId("c-new"), Cancel);

        _heard.Of("chatops.launches").ShouldBe(["chatops.launches{network=Meta,outcome=ended} 1"]);
        _heard.Traced.ShouldContain("launch{campaign=c-new,outcome=ended}");
    }

    [Theory]
    [InlineData(true, true, Autonomy.Act, "moved")]
    [InlineData(true, false, Autonomy.Act, "not_confirmed")]
    [InlineData(false, false, Autonomy.Suggest, "suggested")]
    [InlineData(false, false, Autonomy.Shadow, "watched")]
    public void A_decision_is_one_word_by_what_came_of_it(bool tried, bool confirmed, Autonomy consent, string word)
    {
        var move = new Proposal(Lever.Bid, A.Usd(12), A.Usd(9.6m), "too dear", "bid");
        var decision = Decision([move]) with { Consent = consent, Done = tried ? [new Act(move, "", confirmed)] : [] };

        TurnWords.Outcome(decision).ShouldBe(word);
    }

    [Fact]
    public void A_decision_whose_moves_were_all_dropped_was_held_back_and_one_that_wanted_none_was_nothing()
    {
        var move = new Proposal(Lever.Bid, A.Usd(12), A.Usd(9.6m), "too dear", "bid");

        TurnWords.Outcome(Decision([move]) with { Consent = Autonomy.Act, Trimmed = [new Trim("cooldown", Lever.Bid, move.To, null, "too soon")] }).ShouldBe("held_back");
        TurnWords.Outcome(Decision([])).ShouldBe("nothing");
        TurnWords.Outcome(Decision([move]) with
        {
            Verdicts = [new SafetyVerdict.Breach(new RuleId("daily-spend-cap"), Remedy.PauseCampaign, new Evidence("spend today", "$800", "$750"))],
        }).ShouldBe("handed_over");
    }

    private static Decision Decision(Proposal[] wanted)
    {
        var campaign = A.Campaign();
        return new Decision(
            Guid.Empty, campaign.Workspace, campaign.Account, campaign.Id, A.Noon, new Seen(DataState.Fresh, null, null, null, null, A.Usd(500), null), [], [.. wanted], [], [], "");
    }
}
