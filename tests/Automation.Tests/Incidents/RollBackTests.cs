using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
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
