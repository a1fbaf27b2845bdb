using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Raises;

/// <summary>The campaign has a budget of $25 with a cap of $750, and a bid of $0.50 with $15 at most.</summary>
public sealed class UnusualRaiseTests
{
    private readonly SafetyBench _safety = new();

    private Bench Bench => _safety.Core;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(499.99, false)]
    [InlineData(500, true)]
    public async Task Twenty_times_what_it_was_is_refused_until_it_was_confirmed_once_more(double to, bool unusual)
    {
        var campaign = await RunningAsync();

        var answer = await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd((decimal)to), Cancel);

        answer.Says.Contains("is 20 times the present $25", StringComparison.Ordinal).ShouldBe(unusual, answer.Says);
        (await WaitingAsync()).Count.ShouldBe(unusual ? 0 : 1);
        Bench.Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Confirmed_it_goes_its_usual_way_through_a_second_person_who_sees_it()
    {
        var campaign = await RunningAsync();

        (await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(500), sure: true, Cancel)).Says.ShouldStartWith("a1: asked");
        var waiting = (await WaitingAsync()).Single();
        waiting.Details.ShouldContain("20 times the present");
        (await Bench.Approvals.DecideAsync(waiting.Id, FakePeople.Max, true, waiting.Shown, null, Cancel)).ShouldBeOfType<ApprovalAnswer.Decided>();

        (await _safety.CampaignAsync(campaign)).DailyBudget.ShouldBe(A.Usd(500));
    }

    [Fact]
    public async Task A_bid_of_that_size_is_refused_too()
    {
        var campaign = await RunningAsync();

        (await _safety.Control.SetBidAsync(campaign.Id, FakePeople.Ana, A.Usd(10), Cancel)).Says.ShouldContain("$10 is 20 times the present $0.50");
    }

    [Fact]
    public async Task Twenty_times_what_the_account_usually_has_is_asked_about_however_small_the_step()
    {
        var campaign = await RunningAsync();
        foreach (var (number, budget) in new[] { (2, 1m), (3, 1.5m), (4, 400m) })
            Bench.Campaigns.With(A.Campaign(CampaignStatus.Paused, $"c-{number}") with { DailyBudget = A.Usd(budget) });

        (await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(30), Cancel)).Says.ShouldContain("$30 is 20 times the usual $1.50 of this account");
        (await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(30), sure: true, Cancel)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_cut_of_any_size_goes_out()
    {
        var campaign = await RunningAsync();

        (await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(1), Cancel)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task The_gate_lets_nobody_else_raise_by_that_much()
    {
        var campaign = await RunningAsync();
        var request = new GateRequest(
            new NetworkCommand.SetDailyBudget(campaign.Account, campaign.Id, campaign.Network.Campaign!.Value, A.Usd(25), A.Usd(500)), new CommandKey("k"),
            campaign.Workspace, campaign.Mode, PersonId.Agent, "test");

        (await Bench.Gate.SendAsync(request, Cancel)).ShouldBeOfType<CommandOutcome.Refused>().Says.ShouldContain("20 times");
    }

    [Fact]
    public async Task A_roll_back_goes_back_to_what_it_was()
    {
        var campaign = await RunningAsync();
        await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(1), Cancel);
        _safety.Spend[campaign.Id] = 800;
        await _safety.Monitor.SweepAsync(Cancel);

        (await _safety.Desk.RollBackAsync(Bench.Incidents.All.Single().Id, FakePeople.Olga, Cancel)).Says.ShouldContain("daily budget $1 → $25");
    }

    private async Task<Campaign> RunningAsync()
    {
        var campaign = _safety.Running() with { DailyBudget = A.Usd(25), Bid = A.Usd(0.5m) };
        Bench.Campaigns.With(campaign);
        Bench.Network.Put(A.AtNetwork(campaign));
        await _safety.Monitor.SweepAsync(Cancel);
        return campaign;
    }

    private Task<IReadOnlyList<PendingApproval>> WaitingAsync() => Bench.ApprovalStore.WaitingAsync(WorkspaceId.Local, Cancel);
}
