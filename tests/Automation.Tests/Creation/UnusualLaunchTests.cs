using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Creation;

/// <summary>The draft has $500 a day, never above $750, a target of $12 and $15 as its highest bid.</summary>
public sealed class UnusualLaunchTests
{
    private readonly Bench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_without_campaigns_and_a_usual_price_ask_nothing() =>
        (await LaunchAsync(A.Draft())).ShouldBeOfType<LaunchAnswer.Started>();

    [Theory]
    [InlineData(25, true)]
    [InlineData(25.01, false)]
    public async Task Twenty_times_what_the_accounts_campaigns_have_a_day_is_asked_about(double usual, bool asked)
    {
        Others((decimal)usual, 10, 900);

        var answer = await LaunchAsync(A.Draft());

        if (asked)
            answer.ShouldBeOfType<LaunchAnswer.Unusual>().Amounts.Select(one => one.Says).ShouldBe(["$500 a day is 20 times the usual $25 of this account"]);
        else
            answer.ShouldBeOfType<LaunchAnswer.Started>();
    }

    [Fact]
    public async Task So_is_a_cap_far_above_the_usual_beside_a_usual_budget()
    {
        Others(400, 500, 600);

        var answer = await LaunchAsync(A.Draft() with { MaxDailySpend = A.Usd(15_000) });

        answer.ShouldBeOfType<LaunchAnswer.Unusual>().Amounts.Select(one => one.Says).ShouldBe(["$15,000 a day is 20 times the usual $750 of this account"]);
    }

    [Fact]
    public async Task A_bid_is_held_against_the_accounts_own_or_else_against_what_a_result_costs_at_the_network()
    {
        var dear = A.Draft() with { BudgetAmount = A.Usd(900), MaxDailySpend = A.Usd(1_000), TargetCpa = A.Usd(240), MaxBid = A.Usd(300), Automation = new AutomationSettings() };
        var most = A.Profile().TypicalCpa.Value.High;

        var alone = (await LaunchAsync(dear with { TargetCpa = A.Usd(most * 20), MaxBid = A.Usd(most * 21) })).ShouldBeOfType<LaunchAnswer.Unusual>();
        alone.Amounts.Count.ShouldBe(2);
        alone.Amounts[0].Says.ShouldEndWith("that one install usually costs at most on Meta");

        Others(500);
        (await LaunchAsync(dear)).ShouldBeOfType<LaunchAnswer.Unusual>().Amounts.Select(one => one.Says).ShouldBe(
            ["$240 is 20 times the usual $12 for one install in this account", "$300 is 20 times the usual $15 for one install in this account"]);
    }

    [Fact]
    public async Task Confirmed_it_goes_its_usual_way_through_a_second_person()
    {
        Others(60);
        var draft = await SavedAsync(A.Draft() with { BudgetAmount = A.Usd(1_500), MaxDailySpend = A.Usd(2_000) });
        var asked = (await LaunchAsync(draft)).ShouldBeOfType<LaunchAnswer.Unusual>();

        var sure = await SavedAsync(LaunchDesk.Confirmed(draft, asked.Amounts, FakePeople.Ana, A.Noon));
        var waits = (await LaunchAsync(sure)).ShouldBeOfType<LaunchAnswer.WaitsForSecondPerson>().Approval;

        (await _bench.Approvals.DecideAsync(waits.Id, FakePeople.Max, true, waits.Shown, null, Cancel)).ShouldBeOfType<ApprovalAnswer.Decided>();
        (await _bench.Campaigns.FindAsync(new CampaignId(draft.Id.Value), Cancel))!.Overrides.ShouldHaveSingleItem().Against.ShouldContain("25 times the usual $60");
    }

    [Fact]
    public async Task Another_amount_is_asked_about_again()
    {
        Others(20);
        var asked = (await LaunchAsync(A.Draft())).ShouldBeOfType<LaunchAnswer.Unusual>();
        var sure = LaunchDesk.Confirmed(A.Draft(), asked.Amounts, FakePeople.Ana, A.Noon);

        (await LaunchAsync(sure with { BudgetAmount = A.Usd(600) })).ShouldBeOfType<LaunchAnswer.Unusual>();
    }

    [Fact]
    public async Task A_warning_that_is_overridden_confirms_no_amount()
    {
        Others(20);
        var overridden = A.Draft() with { Overrides = [new Override(nameof(CampaignDraft.BudgetAmount), "too much", "I want it", FakePeople.Ana.Id, A.Noon)] };

        (await LaunchAsync(overridden)).ShouldBeOfType<LaunchAnswer.Unusual>();
    }

    private Task<LaunchAnswer> LaunchAsync(CampaignDraft draft) => _bench.Launches.RequestAsync(draft, FakePeople.Ana, LaunchDesk.DigestOf(draft), Cancel);

    private Task<CampaignDraft> SavedAsync(CampaignDraft draft) => _bench.Drafts.SaveAsync(draft, Cancel);

    /// <summary>Paused campaigns of the account with these daily budgets.</summary>
    private void Others(params decimal[] budgets)
    {
        foreach (var (budget, number) in budgets.Select((budget, number) => (budget, number)))
            _bench.Campaigns.With(A.Campaign(CampaignStatus.Paused, $"other-{number}") with { DailyBudget = A.Usd(budget), Spec = A.Spec($"Other {number}") });
    }
}
