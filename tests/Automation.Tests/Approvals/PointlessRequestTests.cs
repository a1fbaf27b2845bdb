using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Approvals;

/// <summary>What nobody could approve any more is withdrawn by itself, with its reason, and nobody is reminded of it.</summary>
public sealed class PointlessRequestTests
{
    private readonly SafetyBench _safety = new();

    private Bench Bench => _safety.Core;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nothing", null)]
    [InlineData("put aside", null)]
    [InlineData("deleted", "The draft was deleted meanwhile")]
    [InlineData("changed", "The draft was changed after it was asked for; it has to be asked for again")]
    [InlineData("launched", "Facebook installs US CA was launched already")]
    public async Task A_launch_whose_draft_is_not_what_was_asked_for_is_withdrawn(string meanwhile, string? why)
    {
        var draft = await Bench.Drafts.SaveAsync(A.Draft() with { BudgetAmount = A.Usd(1200), MaxDailySpend = A.Usd(1500) }, Cancel);
        var asked = (await Bench.Launches.RequestAsync(draft, FakePeople.Ana, LaunchDesk.DigestOf(draft), Cancel)).ShouldBeOfType<LaunchAnswer.WaitsForSecondPerson>().Approval;
        await (meanwhile switch
        {
            "put aside" => Bench.Drafts.SaveAsync(draft with { Shelved = true }, Cancel),
            "deleted" => Bench.Drafts.DeleteAsync(draft.Id, Cancel),
            "changed" => Bench.Drafts.SaveAsync(draft with { Countries = ["DE"] }, Cancel),
            "launched" => LaunchedAsync(draft),
            _ => Task.CompletedTask,
        });

        await WithdrawnAsync(asked, why);
    }

    [Theory]
    [InlineData("nothing", null)]
    [InlineData("over", "Facebook installs US CA is over, so that its daily budget is not raised any more")]
    [InlineData("moved", "The daily budget of Facebook installs US CA is $400 and no longer $500, from which it was asked for; ask again if it is still wanted")]
    [InlineData("resumed", "Facebook installs US CA stood still and was resumed since this was asked; look at how it does now, and ask again if it is still wanted")]
    public async Task A_raise_whose_campaign_is_not_as_it_was_is_withdrawn(string meanwhile, string? why)
    {
        var campaign = _safety.Running();
        campaign = campaign with { Spec = campaign.Spec with { Budget = campaign.Spec.Budget with { MaxDailySpend = A.Usd(900) } } };
        Bench.Campaigns.With(campaign);
        await _safety.Monitor.SweepAsync(Cancel);
        await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.You, A.Usd(700), Cancel);
        var asked = (await Bench.ApprovalStore.WaitingAsync(WorkspaceId.Local, Cancel)).Single();
        await Bench.Campaigns.ChangeAsync(
            campaign.Id,
            now => meanwhile switch
            {
                "over" => now with { Status = CampaignStatus.Ended },
                "moved" => now with { DailyBudget = A.Usd(400) },
                "resumed" => now with { LastResumedAt = A.Noon },
                _ => now,
            },
            Cancel);

        await WithdrawnAsync(asked, why);
        Bench.Network.Executed.ShouldBeEmpty();
    }

    private Task LaunchedAsync(CampaignDraft draft)
    {
        Bench.Campaigns.With(A.Campaign(CampaignStatus.Launching, draft.Id.Value));
        return Task.CompletedTask;
    }

    /// <param name="why">Null: it goes on waiting, and somebody is reminded.</param>
    private async Task WithdrawnAsync(PendingApproval asked, string? why)
    {
        Bench.Machine.Advance(TimeSpan.FromHours(2));

        (await Bench.Approvals.FinishAsync(Cancel)).ShouldBeEmpty();

        var found = (await Bench.ApprovalStore.FindAsync(asked.Id, Cancel))!;
        found.State.ShouldBe(why is null ? ApprovalState.Waiting : ApprovalState.Void);
        found.Why.ShouldBe(why);
        found.RemindedAt.HasValue.ShouldBe(why is null);
    }
}
