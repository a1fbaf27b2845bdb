using ChatOpsCampaigns.Automation.Agent.Curves;
using CsCheck;

namespace ChatOpsCampaigns.Automation.Tests.Agent.Curves;

public sealed class CurveTests
{
    private static readonly Gen<SpendDay> AnyDay =
        from spend in Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 1e5])
        from results in Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 500])
        from known in Gen.Double[0, 1]
        select new SpendDay(spend, Math.Floor(results), known);

    [Proves(54)]
    [Fact]
    public void The_best_spend_of_a_curve_that_only_flattens_is_the_closed_form()
    {
        var curve = new Hill(100, 800, 1);

        curve.OptimalSpend(20, 1)!.Value.ShouldBe(Math.Sqrt(20 * 100 * 800.0) - 800, 1e-9);
        (curve with { N = 1 + 1e-9 }).OptimalSpend(20, 1)!.Value.ShouldBe(Math.Sqrt(20 * 100 * 800.0) - 800, 1e-3);
        curve.OptimalSpend(7.9, 1).ShouldBeNull();
    }

    [Fact]
    public void The_best_spend_is_the_largest_whose_next_unit_still_pays() => Gen.Select(Gen.Double[.5, 2.4], Gen.Double[50, 5_000], Gen.Double[1, 100]).Sample(
        (n, k, value) =>
        {
            var curve = new Hill(100, k, n);
            if (curve.OptimalSpend(value, 1) is not { } best)
            {
                (value * curve.Slope(Math.Max(curve.Steepest, 1e-3 * k))).ShouldBeLessThan(n > 1 ? 1 : 20);
                return;
            }

            (value * curve.Slope(best)).ShouldBe(1, 1e-6);
            best.ShouldBeGreaterThanOrEqualTo(curve.Steepest);
            (value * curve.Slope(best * 1.01)).ShouldBeLessThan(1);
        },
        iter: 1_000);

    [Proves(101)]
    [Fact]
    public void Days_at_the_same_spend_do_not_say_enough_and_a_ladder_does()
    {
        var truth = new Hill(100, 750, 1.1);

        Fitted(truth, _ => 500).HasEnoughVariation.ShouldBeFalse();
        Fitted(truth, day => 500 * (.5 + (.5 * (day % 4)))).HasEnoughVariation.ShouldBeTrue();
    }

    [Proves(101)]
    [Fact]
    public void A_ladder_finds_the_curve_it_was_drawn_from()
    {
        var truth = new Hill(400, 750, 1.1);
        var curve = Fitted(truth, day => 500 * (.5 + (.5 * (day % 4))), days: 60);

        (curve.Slope(500) / truth.Slope(500)).ShouldBe(1, .08);
        (curve.Results(900) / truth.At(900)).ShouldBe(1, .05);
        curve.Saturation(500).Low.ShouldBeLessThan(truth.Saturation(500));
        curve.Saturation(500).High.ShouldBeGreaterThan(truth.Saturation(500));
        curve.OptimalSpend(20, 1)!.Value.Middle.ShouldBe(truth.OptimalSpend(20, 1)!.Value, 400);
        curve.OptimalSpend(.5, 1).ShouldBeNull();
    }

    [Fact]
    public void Whatever_the_days_the_curve_rises_and_is_a_number() => AnyDay.Array[0, 20].Sample(
        days =>
        {
            var curve = ResponseEvidence.Of(days, 500).Curve();

            double.IsFinite(curve.Slope(500)).ShouldBeTrue();
            curve.Slope(500).ShouldBeGreaterThanOrEqualTo(0);
            curve.Results(1_000).ShouldBeGreaterThanOrEqualTo(curve.Results(500));
            curve.Dispersion.ShouldBeGreaterThanOrEqualTo(1);
        },
        iter: 60);

    [Fact]
    public void Old_days_fade()
    {
        var days = ResponseEvidence.Of(Enumerable.Repeat(new SpendDay(500, 40), 10), 500);
        var faded = Enumerable.Repeat(new SpendDay(500, 80), 30).Aggregate(days, (sum, day) => sum.With(day, kept: .8));

        faded.Curve().Results(500).ShouldBe(80, 2);
        days.Curve().Results(500).ShouldBe(40, 1);
    }

    [Fact]
    public void A_level_follows_the_days_and_goes_back()
    {
        var level = Enumerable.Repeat(0, 20).Aggregate(LevelTrack.Unknown, (track, _) => track.With(130, 100));

        level.Ahead.ShouldBeInRange(1.1, 1.3);
        LevelTrack.Unknown.With(10, 0).ShouldBe(LevelTrack.Unknown);
        LevelTrack.Unknown.With(0, 100).Ahead.ShouldBeInRange(.01, 1);
    }

    [Proves(98)]
    [Fact]
    public void A_total_goes_where_the_next_unit_is_worth_most_and_is_never_passed() => Gen.Select(Gen.Double[.1, 3], Gen.Double[10, 5_000], Gen.Double[.1, 10]).Array[1, 12].Select(Gen.Double[.5, 1.5]).Sample(
        (drawn, tight) =>
        {
            var sharers = drawn.Select(campaign => new Sharer(campaign.Item2 * campaign.Item1, campaign.Item2, spend => campaign.Item3 / (1 + spend))).ToList();
            var total = sharers.Sum(sharer => sharer.Present) * tight;

            var budgets = Portfolio.Divide(sharers, total);

            budgets.Sum().ShouldBeLessThanOrEqualTo(total * (1 + 1e-9));
            for (var index = 0; index < budgets.Length; index++)
            {
                budgets[index].ShouldBeLessThanOrEqualTo(Math.Max(sharers[index].Present, Math.Min(sharers[index].Present * 1.2, sharers[index].Usual * 3)) * (1 + 1e-9));
                if (tight >= 1)
                    budgets[index].ShouldBeGreaterThanOrEqualTo(sharers[index].Present * .8 * (1 - 1e-9));
            }
        },
        iter: 500);

    [Fact]
    public void The_better_of_two_gets_a_fifth_more_and_the_other_a_fifth_less() =>
        Portfolio.Divide([new(100, 100, _ => 2), new(100, 100, _ => 1)], 200).ShouldBe([120, 80], 1e-6);

    [Fact]
    public void A_result_without_history_is_worth_what_the_account_brings_elsewhere()
    {
        Portfolio.ValueOfAResult(revenue: 0, results: 0, spend: 0, accountReturn: 2).ShouldBe(0);
        Portfolio.ValueOfAResult(revenue: 300, results: 10, spend: 100, accountReturn: 2).ShouldBe(25);
    }

    private static ResponseCurve Fitted(Hill truth, Func<int, double> spend, int days = 30) => ResponseEvidence
        .Of(Enumerable.Range(0, days).Select(day => new SpendDay(spend(day), Math.Round(truth.At(spend(day))))), 500).Curve();
}
