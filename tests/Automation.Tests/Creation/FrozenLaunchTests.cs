using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Creation;

/// <summary>Somebody said "freeze everything": nothing is launched, and nothing of a launch is lost.</summary>
public sealed class FrozenLaunchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_launch_that_is_approved_while_everything_is_frozen_keeps_waiting_with_its_draft()
    {
        var safety = new SafetyBench();
        var bench = safety.Core;
        var draft = await bench.Drafts.SaveAsync(A.Draft() with { BudgetAmount = A.Usd(1200), MaxDailySpend = A.Usd(1500) }, Cancel);
        var asked = (await bench.Launches.RequestAsync(draft, FakePeople.Ana, LaunchDesk.DigestOf(draft), Cancel)).ShouldBeOfType<LaunchAnswer.WaitsForSecondPerson>().Approval;
        await safety.Everything.FreezeAsync(FakePeople.Olga, Cancel);

        (await bench.Approvals.DecideAsync(asked.Id, FakePeople.Max, true, asked.Shown, null, Cancel)).ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldEndWith("The request keeps waiting.");
        (await bench.ApprovalStore.FindAsync(asked.Id, Cancel))!.State.ShouldBe(ApprovalState.Waiting);
        (await bench.Drafts.FindAsync(draft.Id, Cancel)).ShouldNotBeNull();

        await safety.Everything.AllowAsync(FakePeople.Olga, Cancel);
        (await bench.Approvals.DecideAsync(asked.Id, FakePeople.Max, true, asked.Shown, null, Cancel)).ShouldBeOfType<ApprovalAnswer.Decided>();
    }

    [Fact]
    public async Task A_launch_that_needs_nobody_else_is_refused_while_everything_is_frozen_and_keeps_its_draft()
    {
        var safety = new SafetyBench();
        var draft = await safety.Core.Drafts.SaveAsync(A.Draft(), Cancel);
        await safety.Everything.FreezeAsync(FakePeople.Olga, Cancel);

        (await safety.Core.Launches.RequestAsync(draft, FakePeople.Ana, LaunchDesk.DigestOf(draft), Cancel)).ShouldBeOfType<LaunchAnswer.NotAllowed>().Says.ShouldBe(
            "Not launched: Everything is frozen by olga (freeze everything); On-call or Admin say \"allow everything\" first. Your draft is kept as it is; say \"launch\" again then.");

        (await safety.Core.Campaigns.AllAsync(draft.Workspace, Cancel)).ShouldBeEmpty();
        (await safety.Core.Drafts.FindAsync(draft.Id, Cancel)).ShouldNotBeNull();

        await safety.Everything.AllowAsync(FakePeople.Olga, Cancel);
        (await safety.Core.Launches.RequestAsync(draft, FakePeople.Ana, LaunchDesk.DigestOf(draft), Cancel)).ShouldBeOfType<LaunchAnswer.Started>();
    }
}
