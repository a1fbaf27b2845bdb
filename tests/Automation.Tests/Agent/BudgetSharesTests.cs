using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Curves;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Optimizers;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Agent.Reasons;
using ChatOpsCampaigns.Automation.Agent.Sharing;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using CsCheck;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>Budgets by what the next unit of money brings.</summary>
public sealed class BudgetSharesTests
{
    private static readonly AdAccount Account = A.Account();

    [Fact]
    public void Days_that_are_all_alike_say_nothing_of_more_or_less_money()
    {
        var flat = Enumerable.Range(1, 14).Select(back => Day(back, 500, 40)).ToList();

        BudgetShares.Of(Account, [(A.Campaign(), flat)], A.Noon).ShouldBeEmpty();
    }

    [Fact]
    public void A_campaign_without_a_word_on_what_a_result_may_cost_takes_no_part()
    {
        var campaign = A.Campaign();
        var open = campaign with { Spec = campaign.Spec with { Bidding = campaign.Spec.Bidding with { TargetCpa = null }, Automation = campaign.Spec.Automation with { MinRoas = null, MaxCpa = null } } };

        BudgetShares.Of(Account, [(open, Days(Steep))], A.Noon).ShouldBeEmpty();
    }

    [Fact]
    public void The_division_moves_money_to_where_the_next_unit_brings_more_and_never_makes_the_total_larger()
    {
        var shares = BudgetShares.Of(Account, [(A.Campaign(id: "flat"), Days(Flat)), (A.Campaign(id: "steep"), Days(Steep))], A.Noon);

        shares.Length.ShouldBe(2);
        shares[0].Wanted.ShouldBeLessThan(shares[0].Budget);
        shares[1].Wanted.ShouldBeGreaterThan(shares[1].Budget);
        shares.Sum(share => share.Wanted.Amount).ShouldBeLessThanOrEqualTo(shares.Sum(share => share.Budget.Amount) + .02m);
    }

    [Fact]
    public void Whatever_days_say_the_parts_sum_to_no_more_than_the_budgets() => Gen.Select(Gen.Double[1, 900].Array[6, 14], Gen.Double[0, 90].Array[14], Gen.Int[1, 4]).Sample(
        (spends, results, campaigns) =>
        {
            var days = spends.Select((spend, index) => Day(index + 1, (decimal)Math.Round(spend, 2), (decimal)Math.Round(results[index]))).Reverse().ToList();
            var shares = BudgetShares.Of(Account, [.. Enumerable.Range(0, campaigns).Select(number => (A.Campaign(id: $"c{number}"), (IReadOnlyList<DayFigures>)days))], A.Noon);

            shares.Sum(share => share.Wanted.Amount).ShouldBeLessThanOrEqualTo(shares.Sum(share => share.Budget.Amount) + (.01m * campaigns));
        },
        iter: 60);

    [Fact]
    public void A_budget_that_is_surely_above_its_optimum_where_the_curve_is_flat_is_lowered_towards_it()
    {
        var share = A.Share() with { NextCost = A.Usd(40), NextLeast = A.Usd(30), Optimum = A.Usd(300), Saturation = .9 };

        var move = CurveBudget.Propose(Seen(), AgentMemory.Empty, share)!;

        (move.From, move.To).ShouldBe((A.Usd(500), A.Usd(400)));
        move.Because.ShouldBe(
            "at $500 a day the next install would cost about $40, at least $30, against the $12 that it may cost at most (12 days with 400 installs finished): the last money of a day is not worth it, and about $300 a day is");
    }

    [Theory]
    [InlineData(13, 400)]
    [InlineData(12, null)]
    public void Where_no_optimum_is_known_a_step_less_is_wanted_only_when_the_next_result_surely_costs_too_much(int least, int? to) =>
        CurveBudget.Propose(Seen(), AgentMemory.Empty, A.Share() with { NextCost = A.Usd(40), NextLeast = A.Usd(least) })?.To.ShouldBe(A.Usd(to!.Value));

    [Theory]
    [InlineData(null, false)]
    [InlineData(12, true)]
    public void What_meets_its_target_on_average_is_cut_for_what_its_last_result_costs_only_where_somebody_said_the_most_it_may(int? most, bool isCut)
    {
        var campaign = A.Campaign();
        campaign = campaign with { Spec = campaign.Spec with { Automation = campaign.Spec.Automation with { MinRoas = null, MaxCpa = most is { } said ? A.Usd(said) : null } } };
        var days = Days(spend => 60 * spend / (spend + 180));

        var share = BudgetShares.Of(Account, [(campaign, days)], A.Noon).ShouldHaveSingleItem();

        (500 / (60m * 500 / 680)).ShouldBeLessThan(12, "the mean");
        share.NextLeast.ShouldBeGreaterThan(A.Usd(12));
        share.NextIsTooDear.ShouldBeTrue("nothing is raised");
        (CurveBudget.Propose(AnObservation.Of(campaign, 100, 10), AgentMemory.Empty, share) is not null).ShouldBe(isCut);
    }

    [Theory]
    [InlineData(18, 10)]
    [InlineData(8, 8)]
    public void Of_a_most_and_a_wanted_return_the_stricter_one_holds(int most, int holds)
    {
        var campaign = A.Campaign();
        campaign = campaign with { Spec = campaign.Spec with { Bidding = campaign.Spec.Bidding with { TargetCpa = null }, Automation = campaign.Spec.Automation with { MinRoas = 2, MaxCpa = A.Usd(most) } } };
        var days = Days(Steep).Select(day => day with { Revenue = A.Usd(20 * day.Conversions!.Value) }).ToList();

        var share = BudgetShares.Of(Account, [(campaign, days)], A.Noon).ShouldHaveSingleItem();

        (share.Worth, share.Limit).ShouldBe((A.Usd(holds), A.Usd(holds)));
    }

    [Fact]
    public void A_raise_takes_no_more_than_was_taken_from_the_others()
    {
        var share = A.Share() with { Wanted = A.Usd(600), Sharers = [new("c-1"), new("c-2")] };

        CurveBudget.Propose(Seen(), AgentMemory.Empty, share).ShouldBeNull("nothing was freed");
        CurveBudget.Propose(Seen(), AgentMemory.Empty, share with { Freed = A.Usd(60) })!.To.ShouldBe(A.Usd(560));
        CurveBudget.Propose(Seen(), AgentMemory.Empty, share with { Freed = A.Usd(60), NextCost = A.Usd(13) }).ShouldBeNull("the next one costs more than it may");
    }

    [Fact]
    public void Less_money_goes_to_where_it_brings_least_and_a_day_at_the_new_budget_comes_first()
    {
        var share = A.Share() with { Wanted = A.Usd(440), Sharers = [new("c-1"), new("c-2")] };
        var now = Seen();
        var moved = AgentMemory.Empty.With(new PastMove(Lever.DailyBudget, now.Now.AddHours(-25), now.Today.Previous, A.Usd(450), A.Usd(500), 3));

        CurveBudget.Propose(now, AgentMemory.Empty, share)!.To.ShouldBe(A.Usd(440));
        CurveBudget.Propose(now, moved, share).ShouldBeNull();
    }

    [Fact]
    public void A_good_average_raises_no_budget_whose_next_result_costs_more_than_it_may()
    {
        var cheap = AnObservation.Of(A.Campaign(), 10, 1, days: 6, spendADay: 495, resultsADay: 60);
        var dear = A.Share() with { NextCost = A.Usd(20), NextLeast = A.Usd(11) };

        BudgetChoice.Propose(cheap, AgentMemory.Empty, null)!.To.ShouldBe(A.Usd(550));
        BudgetChoice.Propose(cheap, AgentMemory.Empty, dear).ShouldBeNull();
        WhyNoMove.Of(Lever.DailyBudget, cheap, AgentMemory.Empty, dear).ShouldContain("the next install would cost about $20, at least $11, against the $12 that one is to cost");
    }

    [Fact]
    public void A_raise_says_when_its_network_may_spend_more_on_a_day_than_the_cap() =>
        BudgetChoice.Propose(AnObservation.Of(A.Campaign(), 10, 1, days: 6, spendADay: 495, resultsADay: 60), AgentMemory.Empty, null)!
            .Because.ShouldEndWith("; Meta may spend up to $962.50 on a day; I stop at $750");

    [Proves(98)]
    [Fact]
    public void Moves_by_the_curve_pass_the_same_rails() => Gen.Select(Gen.Double[0, 3000], Gen.Double[0, 900], Gen.Double[.5, 60], Gen.Double[0, 1], Gen.Enum<DataState>(), Gen.Enum<OptimisationMode>(), Gen.Int[0, 11_000]).Sample(
        (wanted, freed, next, saturation, state, mode, others) =>
        {
            var campaign = A.Campaign();
            campaign = campaign with { Spec = campaign.Spec with { Automation = campaign.Spec.Automation with { Mode = mode } } };
            var now = AnObservation.Of(campaign, 100, 10) with { State = state };
            var share = A.Share() with
            {
                Wanted = A.Usd(Math.Round((decimal)wanted, 2)), Freed = A.Usd(Math.Round((decimal)freed, 2)), NextCost = A.Usd(Math.Round((decimal)next, 2)), Saturation = saturation,
                Optimum = saturation > .5 ? A.Usd(Math.Round((decimal)wanted / 3, 2)) : null, Sharers = [new("c-1"), new("c-2")],
            };

            var plan = DecisionEngine.Decide(new Surroundings(now, AgentMemory.Empty, null, A.Usd(others)) { Share = share });

            plan.Wanted.Count(move => move.Lever == Lever.DailyBudget).ShouldBeLessThanOrEqualTo(1);
            foreach (var move in plan.Moves.Where(move => move.Lever == Lever.DailyBudget))
            {
                Math.Abs(move.Change).ShouldBeInRange(0, ModeBand.Of(mode).Most);
                move.To.Amount.ShouldBeGreaterThan(0);
                if (move.To <= move.From)
                    continue;

                state.ShouldBe(DataState.Fresh);
                move.To.ShouldBeLessThanOrEqualTo(A.Usd(750));
                (move.To - move.From).ShouldBeLessThanOrEqualTo(share.Freed);
                (move.To + A.Usd(others)).ShouldBeLessThanOrEqualTo(A.Usd(10_000));
            }
        },
        iter: Cases.OfLaws);

    [Fact]
    public async Task A_part_that_grows_waits_until_the_agent_took_money_from_another_campaign()
    {
        var bench = new Bench();
        var (flat, steep) = (A.Campaign(id: "flat"), A.Campaign(id: "steep"));
        bench.Campaigns.With(flat);
        bench.Campaigns.With(steep);
        await bench.Readings.KeepDaysAsync(Account, flat.Id, [.. Days(Flat)], Cancel);
        await bench.Readings.KeepDaysAsync(Account, steep.Id, [.. Days(Steep)], Cancel);
        var now = AnObservation.Of(steep, 100, 10) with { Days = [.. Days(Steep)] };

        var before = (await bench.Shares.OfAsync(now, Cancel))!;
        await bench.Memories.KeepAsync(flat, AgentMemory.Empty.With(new PastMove(Lever.DailyBudget, A.Noon.AddHours(-1), Account.DayAt(A.Noon), A.Usd(500), A.Usd(440), 3)), Cancel);
        var after = (await bench.Shares.OfAsync(now, Cancel))!;

        before.Freed.ShouldBe(A.Usd(0));
        after.Freed.ShouldBe(A.Usd(60));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Observation Seen() => AnObservation.Of(A.Campaign(), 100, 10);

    /// <summary>Hardly more for twice the money.</summary>
    private static decimal Flat(decimal spend) => 40 * spend / (spend + 60);

    /// <summary>Twice as much for twice the money.</summary>
    private static decimal Steep(decimal spend) => 70 * spend / (spend + 900);

    private static List<DayFigures> Days(Func<decimal, decimal> results) =>
        [.. new decimal[] { 200, 320, 500, 620, 260, 540, 410, 300, 700, 480, 220, 640, 360, 520, 280, 600, 450, 240, 560, 330 }.Select((spend, index) => Day(20 - index, spend, Math.Round(results(spend))))];

    private static DayFigures Day(int back, decimal spend, decimal results) =>
        new(new AccountDay(Account.DayAt(A.Noon).Date.AddDays(-back)), A.Usd(spend), 10_000, 1_000, results, null);
}
