using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Approvals;

/// <summary>The program died between a decision and its effect: what is found afterwards is judged again before it has one.</summary>
public sealed class LateApprovalTests
{
    private readonly SafetyBench _safety = new();
    private Campaign _campaign = null!;

    private Bench Bench => _safety.Core;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_raise_is_sent_once_when_nothing_speaks_against_it_any_more()
    {
        var asked = await ApprovedRaiseAsync();
        await _safety.Everything.FreezeAsync(FakePeople.Olga, Cancel);

        (await Bench.Approvals.FinishAsync(Cancel)).ShouldHaveSingleItem().Fault.Message.ShouldStartWith("Not now: Everything is frozen");
        Bench.Network.Executed.ShouldBeEmpty();
        (await StoredAsync(asked)).ShouldSatisfyAllConditions(found => found.State.ShouldBe(ApprovalState.Approved), found => found.CarriedOut.ShouldBeFalse());

        await _safety.Everything.AllowAsync(FakePeople.Olga, Cancel);
        await Bench.Approvals.FinishAsync(Cancel);
        await Bench.Approvals.FinishAsync(Cancel);
        Bench.Network.Executed.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_raise_from_another_budget_than_was_shown_is_withdrawn_and_says_why()
    {
        var asked = await ApprovedRaiseAsync();
        await _safety.Control.SetBudgetAsync(_campaign.Id, FakePeople.You, A.Usd(400), Cancel);
        var sent = Bench.Network.Executed.Count;

        (await Bench.Approvals.FinishAsync(Cancel)).ShouldBeEmpty();

        Bench.Network.Executed.Count.ShouldBe(sent);
        (await StoredAsync(asked)).ShouldSatisfyAllConditions(
            found => found.State.ShouldBe(ApprovalState.Void),
            found => found.Why.ShouldBe("The daily budget of Facebook installs US CA is $400 and no longer $500, from which it was asked for; ask again if it is still wanted"));
    }

    [Fact]
    public async Task A_raise_that_was_sent_and_not_noted_as_done_is_not_sent_again()
    {
        var asked = await ApprovedRaiseAsync();
        await Bench.Approvals.FinishAsync(Cancel);
        await Bench.ApprovalStore.ChangeAsync(asked.Id, now => now with { CarriedOut = false }, Cancel);

        (await Bench.Approvals.FinishAsync(Cancel)).ShouldBeEmpty();

        Bench.Network.Executed.ShouldHaveSingleItem();
        (await StoredAsync(asked)).ShouldSatisfyAllConditions(found => found.State.ShouldBe(ApprovalState.Approved), found => found.CarriedOut.ShouldBeTrue());
    }

    [Fact]
    public async Task A_launch_whose_draft_was_changed_meanwhile_is_not_launched()
    {
        var (draft, asked) = await AskedLaunchAsync();
        await ApprovedAsync(asked);
        await Bench.Drafts.SaveAsync(draft with { Countries = ["DE"] }, Cancel);

        (await Bench.Approvals.FinishAsync(Cancel)).ShouldBeEmpty();

        (await Bench.Campaigns.AllAsync(draft.Workspace, Cancel)).ShouldBeEmpty();
        (await StoredAsync(asked)).State.ShouldBe(ApprovalState.Void);
        (await Bench.Drafts.FindAsync(draft.Id, Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_launch_that_was_approved_with_less_is_finished_with_less_although_its_draft_still_says_more()
    {
        var (draft, asked) = await AskedLaunchAsync();
        Bench.Settings.Locked = true;
        await Bench.Approvals.ApproveWithAsync(asked.Id, FakePeople.Max, new ApprovalChanges(A.Usd(600), null), asked.Shown, Cancel);
        (await StoredAsync(asked)).ShouldSatisfyAllConditions(found => found.CarriedOut.ShouldBeFalse(), found => found.AskedShown.ShouldBe(asked.Shown));

        Bench.Settings.Locked = false;
        (await Bench.Approvals.FinishAsync(Cancel)).ShouldBeEmpty();
        await Bench.Approvals.FinishAsync(Cancel);

        (await Bench.Campaigns.AllAsync(draft.Workspace, Cancel)).ShouldHaveSingleItem().Spec.Budget.Amount.ShouldBe(A.Usd(600));
    }

    private async Task<PendingApproval> ApprovedRaiseAsync()
    {
        _campaign = _safety.Running();
        _campaign = _campaign with { Spec = _campaign.Spec with { Budget = _campaign.Spec.Budget with { MaxDailySpend = A.Usd(900) } } };
        Bench.Campaigns.With(_campaign);
        await _safety.Monitor.SweepAsync(Cancel);
        await _safety.Control.SetBudgetAsync(_campaign.Id, FakePeople.You, A.Usd(700), Cancel);
        return await ApprovedAsync((await Bench.ApprovalStore.WaitingAsync(WorkspaceId.Local, Cancel)).Single());
    }

    /// <summary>Decided, and no more than that.</summary>
    private Task<PendingApproval> ApprovedAsync(PendingApproval asked) =>
        Bench.ApprovalStore.ChangeAsync(asked.Id, now => now with { State = ApprovalState.Approved, DecidedBy = FakePeople.Max.Id, DecidedAt = A.Noon }, Cancel);

    private async Task<(CampaignDraft Draft, PendingApproval Asked)> AskedLaunchAsync()
    {
        var draft = await Bench.Drafts.SaveAsync(A.Draft() with { BudgetAmount = A.Usd(1500), MaxDailySpend = A.Usd(2000), Destination = A.Draft().Destination with { Beneficiary = "Acme" } }, Cancel);
        var answer = await Bench.Launches.RequestAsync(draft, FakePeople.Ana, LaunchDesk.DigestOf(draft), Cancel);
        return (draft, answer.ShouldBeOfType<LaunchAnswer.WaitsForSecondPerson>().Approval);
    }

    private async Task<PendingApproval> StoredAsync(PendingApproval asked) => (await Bench.ApprovalStore.FindAsync(asked.Id, Cancel))!;
}
