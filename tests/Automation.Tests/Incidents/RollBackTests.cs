using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Incidents;

/// <summary>Only what the agent or a person moved goes back; what the monitor did stays.</summary>
public sealed class RollBackTests
{
    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bid_that_the_monitor_cut_stays_cut_and_that_is_said()
    {
        var campaign = await RunningAsync();
        await BidAsync(campaign, 14);
        await CutAsync(campaign);
        await BudgetAsync(campaign, 600);
        var incident = await StoppedAsync(campaign);

        (await _bench.Desk.RollBackPlanAsync(incident, Cancel)).Moves.Select(move => move.Lever).ShouldBe(["daily budget"]);
        var answer = await _bench.Desk.RollBackAsync(incident, FakePeople.Olga, Cancel);

        answer.Says.ShouldContain("bid left alone: the monitor moved it to $9.80");
        answer.Says.ShouldContain("daily budget $600 → $500");
        Shown.Bid.ShouldBe(A.Usd(9.8m));
        Shown.Status.ShouldBe(NetworkStatus.Paused);
    }

    [Fact]
    public async Task A_cut_alone_leaves_nothing_to_put_back()
    {
        var campaign = await RunningAsync();
        await CutAsync(campaign);
        var incident = await StoppedAsync(campaign);

        var answer = await _bench.Desk.RollBackAsync(incident, FakePeople.Olga, Cancel);

        answer.Done.ShouldBeFalse();
        answer.Says.ShouldBe("There is nothing to put back: bid left alone: the monitor moved it to $8.40.");
        Shown.Bid.ShouldBe(A.Usd(8.4m));
    }

    [Fact]
    public async Task What_was_moved_after_a_cut_goes_back_to_the_cut_and_not_beyond()
    {
        var campaign = await RunningAsync();
        await BidAsync(campaign, 14);
        await CutAsync(campaign);
        await CloseAllAsync();
        await BidAsync(campaign, 10);
        await BidAsync(campaign, 11);
        var incident = await StoppedAsync(campaign);

        (await _bench.Desk.RollBackAsync(incident, FakePeople.Olga, Cancel)).Says.ShouldContain("bid $11 → $9.80");

        Shown.Bid.ShouldBe(A.Usd(9.8m));
    }

    [Fact]
    public async Task What_somebody_set_at_the_network_in_between_is_where_it_goes_back_to()
    {
        var campaign = await RunningAsync();
        await BudgetAsync(campaign, 550);
        _bench.Core.Network.Put(Shown with { DailyBudget = A.Usd(400) });
        await _bench.Core.Campaigns.ChangeAsync(campaign.Id, now => now with { DailyBudget = A.Usd(400) }, Cancel);
        await BudgetAsync(campaign, 450);
        var incident = await StoppedAsync(campaign);

        await _bench.Desk.RollBackAsync(incident, FakePeople.Olga, Cancel);

        Shown.DailyBudget.ShouldBe(A.Usd(400));
    }

    [Fact]
    public async Task What_could_not_be_put_back_beside_another_lever_is_put_back_by_the_next_roll_back()
    {
        var campaign = await RunningAsync();
        await BidAsync(campaign, 14);
        await BudgetAsync(campaign, 450);
        var incident = await StoppedAsync(campaign);
        _bench.Core.Network.Troubles = command => command is NetworkCommand.SetBid ? Trouble.Rejected : null;
        (await _bench.Desk.RollBackAsync(incident, FakePeople.Olga, Cancel)).Says.ShouldContain("bid NOT put back");
        _bench.Core.Network.Troubles = _ => null;
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(1));

        (await _bench.Desk.RollBackAsync(incident, FakePeople.Olga, Cancel)).Says.ShouldContain("bid $14 → $12");

        (Shown.Bid, Shown.DailyBudget).ShouldBe((A.Usd(12), A.Usd(500)));
    }

    [Fact]
    public async Task A_raise_that_needs_a_second_person_is_not_made_by_a_roll_back()
    {
        var campaign = await RunningAsync();
        await AgentBidsAsync(campaign, 8);
        await BudgetAsync(campaign, 600);
        var incident = await StoppedAsync(campaign);

        var bid = (await _bench.Desk.RollBackPlanAsync(incident, Cancel)).Levers.Single(lever => lever.Lever == "bid");
        var answer = await _bench.Desk.RollBackAsync(incident, FakePeople.Olga, Cancel);

        bid.IsRaise.ShouldBeTrue();
        answer.Says.ShouldContain("bid NOT put back to $12, which is a raise: $12 is more than 30 % above the present $8, so a second person has to agree: once i1 is closed, \"set bid c-1 $12\" asks one");
        answer.Says.ShouldContain("daily budget $600 → $500");
        (Shown.Bid, Shown.DailyBudget).ShouldBe((A.Usd(8), A.Usd(500)));
    }

    [Fact]
    public async Task Of_a_campaign_that_runs_an_open_incident_holds_a_raise_and_lets_a_cut_through()
    {
        var campaign = await RunningAsync();
        await BidAsync(campaign, 11);
        await BudgetAsync(campaign, 600);
        var (warned, _) = await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, new RuleId("stale-reading"), Remedy.Alert, Severity.High,
                new Evidence("figures", "old", ""), A.Noon, IncidentState.Open), Cancel);

        var answer = await _bench.Desk.RollBackAsync(warned.Id, FakePeople.Olga, Cancel);

        answer.Says.ShouldContain("bid NOT put back to $12, which is a raise: Incident i1");
        answer.Says.ShouldContain("daily budget $600 → $500");
        answer.Says.ShouldEndWith("The campaign runs on.");
        (Shown.Bid, Shown.DailyBudget).ShouldBe((A.Usd(11), A.Usd(500)));
    }

    [Fact]
    public async Task Where_nothing_may_go_back_nothing_is_said_to_be_rolled_back()
    {
        var campaign = await RunningAsync();
        await AgentBidsAsync(campaign, 8);
        var incident = await StoppedAsync(campaign);

        var answer = await _bench.Desk.RollBackAsync(incident, FakePeople.Olga, Cancel);

        (answer.Done, answer.Says.StartsWith("Nothing was put back: bid NOT put back to $12", StringComparison.Ordinal)).ShouldBe((false, true), answer.Says);
    }

    [Fact]
    public async Task A_network_that_does_not_answer_is_said()
    {
        var campaign = await RunningAsync();
        await BidAsync(campaign, 14);
        var incident = await StoppedAsync(campaign);
        _bench.Core.Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");

        (await _bench.Desk.RollBackAsync(incident, FakePeople.Olga, Cancel)).Says.ShouldContain("bid NOT put back: 503");
    }

    private NetworkCampaign Shown => _bench.Core.Network.Campaigns.Single();

    private async Task<Campaign> RunningAsync()
    {
        var campaign = _bench.Running();
        await _bench.Monitor.SweepAsync(Cancel);
        return campaign;
    }

    private async Task BidAsync(Campaign campaign, decimal bid)
    {
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(1));
        var answer = await _bench.Control.SetBidAsync(campaign.Id, FakePeople.Ana, A.Usd(bid), Cancel);
        answer.Done.ShouldBeTrue(answer.Says);
    }

    private async Task AgentBidsAsync(Campaign campaign, decimal bid)
    {
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(1));
        var now = await _bench.CampaignAsync(campaign);
        var command = new NetworkCommand.SetBid(campaign.Account, campaign.Id, campaign.Network.Campaign!.Value, now.Bid!.Value, A.Usd(bid));
        var outcome = await _bench.Core.Gate.SendAsync(
            new GateRequest(command, new CommandKey($"agent/{bid}"), campaign.Workspace, campaign.Mode, PersonId.Agent, "turn"),
            (_, token) => _bench.Core.Campaigns.ChangeAsync(campaign.Id, found => found.Moved(command), token), Cancel);
        outcome.ShouldBeOfType<CommandOutcome.Confirmed>();
    }

    private async Task BudgetAsync(Campaign campaign, decimal budget)
    {
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(1));
        await CloseAllAsync();
        var answer = await _bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(budget), Cancel);
        answer.Done.ShouldBeTrue(answer.Says);
    }

    /// <summary>The monitor lowers the bid by 30 %, as it does when a result costs too much.</summary>
    private async Task CutAsync(Campaign campaign)
    {
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(1));
        var seen = AnObservation.Of(await _bench.CampaignAsync(campaign), 100, 5) with { Now = _bench.Core.Clock.GetUtcNow() };
        await _bench.Stop.CarryOutAsync(seen, [new SafetyVerdict.Breach(new RuleId("cpa-ceiling"), Remedy.ReduceBid, new Evidence("CPA", "$30", "$18"))], Cancel);
    }

    private async Task CloseAllAsync()
    {
        foreach (var open in await _bench.Core.Incidents.OpenAsync(Cancel))
            await _bench.Core.Incidents.ChangeAsync(open.Id, now => now with { State = IncidentState.Closed }, Cancel);
    }

    private async Task<IncidentId> StoppedAsync(Campaign campaign)
    {
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(1));
        _bench.Spend[campaign.Id] = 800;
        await _bench.Monitor.SweepAsync(Cancel);
        return (await _bench.Core.Incidents.OpenAsync(Cancel)).Single(open => open.Remedy == Remedy.PauseCampaign).Id;
    }
}
