using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>A launch of $1,500 a day in balanced mode that waits; whoever approves wants less of it.</summary>
public sealed class ApproveWithChangesTests
{
    private readonly ChatBench _bench = new();
    private CampaignDraft _draft = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("approve a1 with budget 500", "budget $1,500 → $500", 500, OptimisationMode.Balanced)]
    [InlineData("approve a1 with mode conservative", "mode balanced → conservative", 1500, OptimisationMode.Conservative)]
    [InlineData("approve a1 with budget $500 and mode conservative", "budget $1,500 → $500, mode balanced → conservative", 500, OptimisationMode.Conservative)]
    [InlineData("approve a1 with a budget of 1,200, conservative", "budget $1,500 → $1,200, mode balanced → conservative", 1200, OptimisationMode.Conservative)]
    public async Task It_is_launched_with_less_and_whoever_asked_is_told_what_was_changed(string line, string changes, decimal budget, OptimisationMode mode)
    {
        await AskedAsync();

        await _bench.SayAsync("max", line, Now);
        await _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now);

        _bench.SeenBy("max").ShouldContain(text => text.StartsWith($"Approved with changes: {changes}. ", StringComparison.Ordinal));
        var campaign = (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldHaveSingleItem();
        (campaign.Spec.Budget.Amount, campaign.Spec.Automation.Mode, campaign.CreatedBy).ShouldBe((A.Usd(budget), mode, FakePeople.Ana.Id));
        _bench.SeenBy("ana").ShouldContain(text => text.StartsWith($"max approved your request a1 with changes ({changes}): launch ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_decision_and_its_own_digest_are_one_entry_on_record()
    {
        var asked = await AskedAsync();

        await _bench.SayAsync("max", "approve a1 with budget 500", Now);

        var decided = (await _bench.Core.ApprovalStore.FindAsync(asked.Id, Now))!;
        decided.Shown.ShouldNotBe(asked.Shown);
        var entry = _bench.Core.Audit.All.Single(one => one.Says.StartsWith("approved with changes (budget $1,500 → $500): launch ", StringComparison.Ordinal));
        (entry.Actor, (string?)entry.Facts["shown"], (string?)entry.Facts["changes"]).ShouldBe((FakePeople.Max.Id, decided.Shown.Value, "budget $1,500 → $500"));
    }

    [Theory]
    [InlineData("approve a1 with budget 1501", "The budget can only be lowered: more than nothing, and at most the $1,500 that was asked for. Nothing was changed.")]
    [InlineData("approve a1 with budget 0", "Nothing was changed.")]
    [InlineData("approve a1 with mode aggressive", "The mode can only be made calmer than balanced, which was asked for. Nothing was changed.")]
    [InlineData("approve a1 with budget 1500", "That is what was asked for: say \"approve\" alone. Nothing was changed.")]
    [InlineData("approve a1 with budget lots", "Nothing was changed.")]
    [InlineData("approve a1 with budget 500 and mode wild", "\"mode wild\" is nothing that can be changed: say for example \"with budget 500\" or \"with mode conservative\", or both. Nothing was changed.")]
    public async Task More_than_was_asked_for_or_what_cannot_be_read_changes_nothing(string line, string says)
    {
        var asked = await AskedAsync();

        await _bench.SayAsync("max", line, Now);

        _bench.SeenBy("max").ShouldContain(text => text.EndsWith(says, StringComparison.Ordinal));
        (await _bench.Core.ApprovalStore.FindAsync(asked.Id, Now))!.ShouldBe(asked);
        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_button_on_the_card_takes_what_stands_in_its_inputs()
    {
        var asked = await AskedAsync();
        ApprovalCard.Of(asked, [], TimeZoneInfo.Utc).CanChange.ShouldBeTrue();

        await PressAsync(asked, ("budget", ""), ("mode", ""));
        _bench.SeenBy("max")[^1].ShouldStartWith("Say what to change: ");

        await PressAsync(asked, ("budget", "500"), ("mode", "conservative"));
        (await _bench.Core.ApprovalStore.FindAsync(asked.Id, Now))!.Changes.ShouldBe("budget $1,500 → $500, mode balanced → conservative");
    }

    [Theory]
    [InlineData("budget", true)]
    [InlineData("automation", true)]
    [InlineData("targeting", false)]
    public async Task Whoever_is_alone_is_told_when_the_budget_is_said_that_nobody_may_approve_it(string step, bool told)
    {
        var bench = new ChatBench(new Bench(people: new FakePeople(FakePeople.Ana)));
        var draft = await bench.Core.Drafts.SaveAsync(A.Draft() with { BudgetAmount = A.Usd(1500), MaxDailySpend = A.Usd(2000), Step = step }, Now);

        var card = (StepCard)await bench.Cards.OfAsync(await bench.Views.OfAsync(draft, Now), [], [], Now);

        card.Problems.Contains("$1,500 a day is above what one person may launch, and nobody else here may approve it. An Admin gives somebody the role: \"people grant approver @ana\". Or take a lower budget.").ShouldBe(told);
    }

    [Theory]
    [InlineData("approve a1 with max 5000", "\"max 5000\" is nothing that can be changed: say for example \"with budget 500\" or \"with mode conservative\", or both. Nothing was changed.")]
    [InlineData("approve a1 with bugdet 500", "\"bugdet 500\" is nothing that can be changed: say for example \"with budget 500\" or \"with mode conservative\", or both. Nothing was changed.")]
    [InlineData("approve a1 not yet, wait for monday", "\"not yet, wait for monday\" behind it is nothing that I understand, so nothing was decided. Say \"approve a1\" alone, for less of it \"approve a1 with budget 500\", or \"reject a1\" and why; one request at a time.")]
    [InlineData("approve a1 a2", "\"a2\" behind it is nothing that I understand, so nothing was decided. Say \"approve a1\" alone, for less of it \"approve a1 with budget 500\", or \"reject a1\" and why; one request at a time.")]
    public async Task Words_that_are_not_understood_approve_nothing(string line, string says)
    {
        await AskedAsync();

        await _bench.SayAsync("max", line, Now);

        _bench.SeenBy("max")[^1].ShouldBe(says);
        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("approve a1 please")]
    [InlineData("approve a1 looks good to me!")]
    [InlineData("approve a1 now, thanks")]
    public async Task A_word_of_agreement_behind_it_is_none_of_them(string line)
    {
        await AskedAsync();

        await _bench.SayAsync("max", line, Now);

        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldHaveSingleItem().Spec.Budget.Amount.ShouldBe(A.Usd(1500));
    }

    [Fact]
    public async Task What_somebody_asked_for_who_may_not_ask_any_more_is_withdrawn()
    {
        await AskedAsync();
        await _bench.SayAsync("you", "people revoke marketer ana", Now);

        await _bench.SayAsync("max", "approve a1", Now);

        _bench.SeenBy("max")[^1].ShouldBe("ana asked for this and is not allowed to any more, so that it is withdrawn.");
        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_requester_changes_nothing_by_approving_less()
    {
        await AskedAsync();
        await _bench.SayAsync("you", "people grant approver ana", Now);

        await _bench.SayAsync("ana", "approve a1 with budget 500", Now);

        _bench.SeenBy("ana")[^1].ShouldBe("You asked for this yourself; a second person has to approve it.");
    }

    [Fact]
    public async Task After_a_crash_between_the_decision_and_the_launch_the_changed_one_is_launched_once()
    {
        await AskedAsync();
        _bench.Core.Forecast.Fault = new IOException("database is locked");
        await _bench.SayAsync("max", "approve a1 with budget 500", Now);
        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldBeEmpty();

        _bench.Core.Forecast.Fault = null;
        var restarted = new Bench(_bench.Core);
        await restarted.Approvals.FinishAsync(Now);
        await restarted.Approvals.FinishAsync(Now);

        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldHaveSingleItem().Spec.Budget.Amount.ShouldBe(A.Usd(500));
    }

    private async Task PressAsync(PendingApproval asked, params (string Name, string Value)[] inputs)
    {
        (string, string)[] fields = [("_target", asked.Handle), ("_rev", asked.Shown.Value), ("_changes", "yes"), .. inputs];
        var action = ChatBench.Press("approval.approve", fields);
        await _bench.Runner.TryPressAsync("approve", action, await _bench.ContextAsync(_bench.Turn("max", null, action), Now), Now);
    }

    private async Task<PendingApproval> AskedAsync()
    {
        _draft = await _bench.Core.Drafts.SaveAsync(A.Draft() with { BudgetAmount = A.Usd(1500), MaxDailySpend = A.Usd(2000) }, Now);
        var answer = await _bench.Core.Launches.RequestAsync(_draft, FakePeople.Ana, LaunchDesk.DigestOf(_draft), Now);
        var asked = answer.ShouldBeOfType<LaunchAnswer.WaitsForSecondPerson>().Approval;
        await _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now);
        return asked;
    }
}
