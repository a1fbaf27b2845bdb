using System.Text.Json;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Creation;

/// <summary>A budget for the whole time is spent on account days, and may be asked about like a daily one.</summary>
public sealed class LifetimeLaunchTests
{
    private readonly Bench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_budget_for_the_whole_time_is_asked_for_as_a_total_with_its_daily_average()
    {
        var draft = await _bench.Drafts.SaveAsync(Lifetime(9_000, hours: 26), Cancel);

        var answer = await _bench.Launches.RequestAsync(draft, FakePeople.Ana, LaunchDesk.DigestOf(draft), Cancel);

        answer.ShouldBeOfType<LaunchAnswer.WaitsForSecondPerson>().Approval.Says
            .ShouldBe("launch \"Facebook installs US CA\" at $9,000 in total, on average $4,500 a day, at most $5,000 a day");
    }

    [Theory]
    [InlineData(1000, 2, 5000, false)]
    [InlineData(1000.01, 2, 5000, true)]
    [InlineData(2000, 20, 1000, false)]
    [InlineData(2000.02, 20, 1000.01, true)]
    [InlineData(2000, 20, 1500, true)]
    public async Task A_total_is_held_against_the_limit_by_the_account_days_that_it_is_spent_on_and_by_what_one_of_them_may_take(double total, int hours, double most, bool asks)
    {
        // Noon in UTC is seven in the morning of the account: after two hours it is the same day, after twenty the next.
        var draft = await _bench.Drafts.SaveAsync(Lifetime((decimal)total, hours) with { MaxDailySpend = A.Usd((decimal)most) }, Cancel);

        var answer = await _bench.Launches.RequestAsync(draft, FakePeople.Ana, LaunchDesk.DigestOf(draft), Cancel);

        (answer is LaunchAnswer.WaitsForSecondPerson).ShouldBe(asks);
        if (answer is LaunchAnswer.Started { Campaign: var campaign })
            campaign.DailyBudget.ShouldBe(A.Usd(1000));
    }

    [Fact]
    public async Task A_total_that_comes_to_more_a_day_than_was_shown_is_not_launched_and_has_to_be_asked_for_again()
    {
        var asked = await AskedAsync();
        _bench.Machine.Advance(TimeSpan.FromHours(18));

        (await _bench.Approvals.DecideAsync(asked.Id, FakePeople.Max, true, asked.Shown, null, Cancel)).ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldBe(
            "Days have passed since it was asked for: $9,000 in total comes to $9,000 a day on average by now, and $4,500 was shown; it has to be asked for again.");

        (await _bench.Campaigns.AllAsync(WorkspaceId.Local, Cancel)).ShouldBeEmpty();
        (await _bench.ApprovalStore.FindAsync(asked.Id, Cancel))!.State.ShouldBe(ApprovalState.Void);
        (await _bench.Drafts.FindAsync(new DraftId(asked.Subject), Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task On_the_day_on_which_it_was_asked_for_a_total_is_launched_with_what_was_shown()
    {
        var asked = await AskedAsync();
        _bench.Machine.Advance(TimeSpan.FromHours(16));

        await _bench.Approvals.DecideAsync(asked.Id, FakePeople.Max, true, asked.Shown, null, Cancel);

        (await _bench.Campaigns.AllAsync(WorkspaceId.Local, Cancel)).ShouldHaveSingleItem().DailyBudget.ShouldBe(A.Usd(4_500));
    }

    [Fact]
    public async Task An_approved_total_that_comes_to_more_a_day_after_a_crash_is_not_launched()
    {
        var asked = await AskedAsync();
        await _bench.ApprovalStore.ChangeAsync(asked.Id, now => now with { State = ApprovalState.Approved, DecidedBy = FakePeople.Max.Id, DecidedAt = A.Noon }, Cancel);
        _bench.Machine.Advance(TimeSpan.FromHours(18));

        (await _bench.Approvals.FinishAsync(Cancel)).ShouldBeEmpty();

        (await _bench.Campaigns.AllAsync(WorkspaceId.Local, Cancel)).ShouldBeEmpty();
        (await _bench.ApprovalStore.FindAsync(asked.Id, Cancel))!.State.ShouldBe(ApprovalState.Void);
    }

    [Fact]
    public async Task A_total_of_which_nobody_knows_what_was_shown_a_day_is_asked_for_again()
    {
        var asked = await AskedAsync();
        await _bench.ApprovalStore.ChangeAsync(asked.Id, now => now with { Details = JsonSerializer.Serialize(Lifetime(9_000, hours: 26)) }, Cancel);

        (await _bench.Approvals.DecideAsync(asked.Id, FakePeople.Max, true, asked.Shown, null, Cancel)).ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldContain("nobody knows what was shown");
    }

    [Fact]
    public async Task Asked_for_again_on_another_day_it_is_a_new_request()
    {
        var asked = await AskedAsync();
        _bench.Machine.Advance(TimeSpan.FromHours(18));

        var draft = (await _bench.Drafts.FindAsync(new DraftId(asked.Subject), Cancel))!;
        var again = (await _bench.Launches.RequestAsync(draft, FakePeople.Ana, LaunchDesk.DigestOf(draft), Cancel)).ShouldBeOfType<LaunchAnswer.WaitsForSecondPerson>().Approval;

        again.Id.ShouldNotBe(asked.Id);
        again.Says.ShouldContain("on average $9,000 a day");
        (await _bench.ApprovalStore.FindAsync(asked.Id, Cancel))!.State.ShouldBe(ApprovalState.Void);
    }

    private async Task<PendingApproval> AskedAsync()
    {
        var draft = await _bench.Drafts.SaveAsync(Lifetime(9_000, hours: 26) with { MaxDailySpend = A.Usd(10_000) }, Cancel);
        return (await _bench.Launches.RequestAsync(draft, FakePeople.Ana, LaunchDesk.DigestOf(draft), Cancel)).ShouldBeOfType<LaunchAnswer.WaitsForSecondPerson>().Approval;
    }

    private static CampaignDraft Lifetime(decimal total, int hours) => A.Draft() with
    {
        BudgetType = BudgetType.Lifetime, BudgetAmount = A.Usd(total), MaxDailySpend = A.Usd(5_000), Schedule = new Schedule(null, A.Noon.AddHours(hours), []),
    };
}
