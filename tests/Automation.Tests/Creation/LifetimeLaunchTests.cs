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

    private static CampaignDraft Lifetime(decimal total, int hours) => A.Draft() with
    {
        BudgetType = BudgetType.Lifetime, BudgetAmount = A.Usd(total), MaxDailySpend = A.Usd(5_000), Schedule = new Schedule(null, A.Noon.AddHours(hours), []),
    };
}
