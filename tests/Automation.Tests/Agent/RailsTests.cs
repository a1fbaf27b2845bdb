using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Kit;
using CsCheck;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

public sealed class RailsTests
{
    private static readonly Gen<(Proposal Move, Surroundings Around)> Moves =
        from lever in Gen.OneOf(Gen.Const(Lever.Bid), Gen.Const(Lever.DailyBudget), Gen.Const(Lever.Creative))
        from mode in Gen.Enum<OptimisationMode>()
        from cents in Gen.Int[1, 200_000]
        from factor in Gen.Double[-.5, 3]
        from maxBid in Near(cents)
        from cap in Near(cents)
        from together in Near(cents)
        from others in Gen.Int[0, 12_000]
        from state in Gen.Enum<DataState>()
        from known in Gen.Bool
        from incident in Gen.Bool
        select Case(lever, mode, cents / 100m, (decimal)factor, maxBid, cap, together, others, state, known, incident);

    /// <summary>A limit that a step of a mode's band reaches as often as not.</summary>
    private static Gen<decimal> Near(int cents) =>
        from share in Gen.OneOf(Gen.Double[.9, 1.4], Gen.Double[0, 3])
        select Math.Max(1, Math.Floor(cents * (decimal)share)) / 100;

    [Proves(40, 49, 98)]
    [Fact]
    public void Nothing_that_passes_the_rails_leaves_band_cap_or_maximum() => Moves.Sample(
        test =>
        {
            var (left, _) = AllRails.Through(test.Move, test.Around);
            if (left is null)
                return;

            var campaign = test.Around.Now.Campaign;
            var band = ModeBand.Of(campaign.Spec.Automation.Mode);
            Math.Abs(left.Change).ShouldBeInRange(0, band.Most);
            left.To.Amount.ShouldBeGreaterThan(0);
            if (left.To <= left.From)
                return;

            left.To.ShouldBeLessThanOrEqualTo(test.Move.To);
            test.Around.Now.State.ShouldBe(DataState.Fresh);
            test.Around.OpenIncident.ShouldBeNull();
            test.Around.Now.Reading!.Today.Conversions.ShouldNotBeNull();
            if (left.Lever == Lever.Bid)
                left.To.ShouldBeLessThanOrEqualTo(campaign.Spec.Bidding.MaxBid!.Value);
            if (left.Lever == Lever.DailyBudget)
            {
                left.To.ShouldBeLessThanOrEqualTo(campaign.Spec.Budget.MaxDailySpend);
                left.To.ShouldBeLessThanOrEqualTo(test.Around.LeftTogether!.Value);
                (left.To + test.Around.OthersDaily!.Value).ShouldBeLessThanOrEqualTo(test.Around.Now.Account.DailyLimit!.Value);
            }
        },
        iter: Cases.OfLaws);

    [Fact]
    public void Some_moves_do_pass()
    {
        var campaign = A.Campaign();
        var around = new Surroundings(AnObservation.Of(campaign, 100, 10), AgentMemory.Empty, null, A.Usd(0));

        var (raise, _) = AllRails.Through(new Proposal(Lever.Bid, A.Usd(12), A.Usd(13.5m), "", "test"), around);
        var (cut, _) = AllRails.Through(new Proposal(Lever.DailyBudget, A.Usd(500), A.Usd(440), "", "test"), around);

        raise!.To.ShouldBe(A.Usd(13.5m));
        cut!.To.ShouldBe(A.Usd(440));
    }

    [Fact]
    public void A_budget_is_raised_to_its_daily_cap_and_no_further()
    {
        var spec = A.Spec();
        var campaign = A.Campaign() with { Spec = spec with { Budget = spec.Budget with { MaxDailySpend = A.Usd(590) } } };
        var around = new Surroundings(AnObservation.Of(campaign, 100, 10), AgentMemory.Empty, null, A.Usd(0));

        var (left, trims) = AllRails.Through(new Proposal(Lever.DailyBudget, A.Usd(500), A.Usd(600), "", "test"), around);

        left!.To.ShouldBe(A.Usd(590));
        trims.ShouldContain(trim => trim.Rail == "daily-cap" && trim.Allowed == A.Usd(590));
    }

    [Theory]
    [InlineData(421.07, 463.17)]
    [InlineData(421.07, 378.97)]
    [InlineData(12, 13.2)]
    public void A_least_step_is_not_too_small_for_its_cents(double from, double to) => new ModeBandRail().Check(
        new Proposal(Lever.DailyBudget, A.Usd((decimal)from), A.Usd((decimal)to), "", "test"), new Surroundings(AnObservation.Of(A.Campaign(), 100, 10), AgentMemory.Empty, null, A.Usd(0))).ShouldBeNull();

    [Theory]
    [InlineData(421.07, 463.16, "9.996% is less than a balanced step of 10%")]
    [InlineData(421.07, 378.98, "9.996% is less than a balanced step of 10%")]
    [InlineData(500, 540, "8% is less than a balanced step of 10%")]
    [InlineData(.05, .05, "0% is less than a balanced step of 10%")]
    public void A_cent_less_than_the_least_step_waits_and_says_by_how_much(double from, double to, string says)
    {
        var around = new Surroundings(AnObservation.Of(A.Campaign(), 100, 10), AgentMemory.Empty, null, A.Usd(0));

        new ModeBandRail().Check(new Proposal(Lever.DailyBudget, A.Usd((decimal)from), A.Usd((decimal)to), "", "test"), around)!.ShouldSatisfyAllConditions(
            trim => trim.Allowed.ShouldBeNull(), trim => trim.Says.ShouldBe(says));
    }

    [Fact]
    public void A_budget_at_its_daily_cap_is_not_raised()
    {
        var spec = A.Spec();
        var campaign = A.Campaign() with { Spec = spec with { Budget = spec.Budget with { MaxDailySpend = A.Usd(500) } } };
        var around = new Surroundings(AnObservation.Of(campaign, 100, 10), AgentMemory.Empty, null, A.Usd(0));

        AllRails.Through(new Proposal(Lever.DailyBudget, A.Usd(500), A.Usd(600), "", "test"), around).Left.ShouldBeNull();
    }

    [Proves(157, 169)]
    [Theory]
    [InlineData(3, 13.5, true)]
    [InlineData(4, 13.5, false)]
    [InlineData(5, 10.5, true)]
    [InlineData(6, 10.5, false)]
    public void At_most_four_moves_are_made_in_24_hours_and_two_more_that_cut(int made, double to, bool passes)
    {
        var now = AnObservation.Of(A.Campaign(), 100, 10);
        var memory = Enumerable.Range(0, made).Aggregate(
            AgentMemory.Empty, (memory, number) => memory.With(new PastMove(Lever.Bid, now.Now.AddHours(number - 20), now.Today, A.Usd(12), A.Usd(12), 3)));

        var (left, _) = AllRails.Through(new Proposal(Lever.Bid, A.Usd(12), A.Usd((decimal)to), "", "test"), new Surroundings(now, memory, null, A.Usd(0)));

        (left is not null).ShouldBe(passes);
    }

    [Proves(157)]
    [Theory]
    [InlineData(23, false)]
    [InlineData(25, true)]
    public void The_network_learns_from_its_first_run_on_and_not_from_a_launch_days_before(int hours, bool passes)
    {
        var campaign = A.Campaign() with { LaunchedAt = A.Noon.AddDays(-5), FirstRanAt = A.Noon.AddHours(-hours) };
        var around = new Surroundings(AnObservation.Of(campaign, 100, 10), AgentMemory.Empty, null, A.Usd(0));

        var (left, _) = AllRails.Through(new Proposal(Lever.Bid, A.Usd(12), A.Usd(13.5m), "", "bid"), around);

        (left is not null).ShouldBe(passes);
    }

    [Fact]
    public void A_budget_is_not_raised_where_nobody_knows_what_the_account_s_other_campaigns_may_spend()
    {
        var around = new Surroundings(AnObservation.Of(A.Campaign(), 100, 10), AgentMemory.Empty, null, null);

        var (left, trims) = AllRails.Through(new Proposal(Lever.DailyBudget, A.Usd(500), A.Usd(560), "", "test"), around);

        left.ShouldBeNull();
        trims.ShouldContain(trim => trim.Rail == "account-cap" && trim.Allowed == null);
    }

    [Fact]
    public void A_budget_is_raised_to_what_all_accounts_together_leave()
    {
        var around = new Surroundings(AnObservation.Of(A.Campaign(), 100, 10), AgentMemory.Empty, null, A.Usd(0)) { LeftTogether = A.Usd(520) };

        var (_, trims) = AllRails.Through(new Proposal(Lever.DailyBudget, A.Usd(500), A.Usd(560), "", "test"), around);

        trims.ShouldContain(trim => trim.Rail == "workspace-cap" && trim.Allowed == A.Usd(520));
    }

    [Fact]
    public void A_lever_that_somebody_moved_at_the_network_is_left_alone()
    {
        var campaign = A.Campaign();
        var around = new Surroundings(AnObservation.Of(campaign, 100, 10), AgentMemory.Empty, null, A.Usd(0));

        var (left, trims) = AllRails.Through(new Proposal(Lever.Bid, A.Usd(11), A.Usd(9.5m), "", "test"), around);

        left.ShouldBeNull();
        trims.ShouldHaveSingleItem().Says.ShouldContain("somebody changed it there");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-90)]
    [InlineData(29)]
    public void A_move_rests_after_the_last_one_whatever_the_clock_does(int minutes)
    {
        var observation = AnObservation.Of(A.Campaign(), 100, 10);
        var memory = AgentMemory.Empty.With(new PastMove(Lever.Bid, observation.Now.AddMinutes(-minutes), observation.Today, A.Usd(12), A.Usd(12), 3));

        var (left, _) = AllRails.Through(
            new Proposal(Lever.Bid, A.Usd(12), A.Usd(10.5m), "", "test"), new Surroundings(observation, memory, null, A.Usd(0)));

        left.ShouldBeNull();
    }

    private static (Proposal, Surroundings) Case(
        Lever lever, OptimisationMode mode, decimal from, decimal factor, decimal maxBid, decimal cap, decimal together, int others, DataState state, bool known, bool incident)
    {
        var spec = A.Spec();
        var campaign = A.Campaign() with
        {
            Bid = A.Usd(from),
            DailyBudget = A.Usd(from),
            Spec = spec with
            {
                Automation = spec.Automation with { Mode = mode },
                Bidding = spec.Bidding with { MaxBid = A.Usd(maxBid) },
                Budget = spec.Budget with { MaxDailySpend = A.Usd(cap) },
            },
        };
        var observation = AnObservation.Of(campaign, 100, known ? 10 : null) with { State = state };
        var move = new Proposal(lever, A.Usd(from), A.Usd(Math.Round(from * (1 + factor), 2)), "", "test");
        return (move, new Surroundings(observation, AgentMemory.Empty, incident ? "incident i1" : null, A.Usd(others)) { LeftTogether = A.Usd(together) });
    }
}
