using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

/// <summary>Campaign time runs sixty times as fast; a button and a request wait as long for people as ever.</summary>
public sealed class PeoplesTimeTests
{
    private readonly ChatBench _bench = new(speed: 60);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Yes_counts_for_fifteen_minutes_of_the_person_and_not_of_the_campaign()
    {
        await AskAsync();

        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(14));

        (_bench.Core.Clock.GetUtcNow() - A.Noon).ShouldBe(TimeSpan.FromHours(14));
        (await YesAsync()).ShouldBeTrue();
        (await BudgetAsync()).ShouldBe(A.Usd(600));
    }

    [Fact]
    public async Task Sixteen_minutes_of_the_person_close_the_question()
    {
        await AskAsync();

        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(16));

        await YesAsync();
        (await BudgetAsync()).ShouldBe(A.Usd(500));
    }

    [Fact]
    public async Task A_request_carries_peoples_time_and_waits_however_fast_campaigns_run()
    {
        var draft = await _bench.Core.Drafts.SaveAsync(A.Draft() with { BudgetAmount = A.Usd(1500), MaxDailySpend = A.Usd(2000) }, Now);
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(1));
        var asked = (LaunchAnswer.WaitsForSecondPerson)await _bench.Core.Launches.RequestAsync(draft, FakePeople.Ana, LaunchDesk.DigestOf(draft), Now);
        _bench.Core.Machine.Advance(TimeSpan.FromHours(1));

        await _bench.SayAsync("max", $"approve {asked.Approval.Handle}", Now);

        var decided = (await _bench.Core.ApprovalStore.FindAsync(asked.Approval.Id, Now))!;
        (decided.State, decided.RequestedAt, decided.DecidedAt).ShouldBe((ApprovalState.Approved, A.Noon.AddMinutes(1), A.Noon.AddMinutes(61)));
    }

    private async Task AskAsync()
    {
        var campaign = await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        await _bench.Core.SeenAsync(campaign);
        await _bench.SayAsync("ana", "set budget c1 $600", Now);
    }

    private async Task<bool> YesAsync()
    {
        await _bench.Core.SeenAsync(A.Campaign());
        return await _bench.Runner.TryAnswerAsync(await _bench.ContextAsync(_bench.Turn("ana", "yes"), Now), true, null, Now);
    }

    private async Task<Automation.Values.Money> BudgetAsync() => (await _bench.Core.Campaigns.FindAsync(A.Campaign().Id, Now))!.DailyBudget;
}
