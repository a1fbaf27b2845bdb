using ChatOpsCampaigns.Automation.Creatives.Testing;
using CsCheck;

namespace ChatOpsCampaigns.Automation.Tests.Creatives;

public sealed class CreativeTestingTests
{
    private static readonly Gen<Tally> AnyTally =
        from tried in Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 1e6])
        from share in Gen.OneOf(Gen.Const(0.0), Gen.Double[0, .3])
        select new Tally(tried, tried * share);

    [Proves(102)]
    [Theory]
    [InlineData(100, 10, 100, 20, 3.9215686274509802, .04767038065616144, 3.176470588235294, .07470593331213046)]
    [InlineData(2629, 68, 2551, 39, 7.160209187685599, .007453850336769776, 6.646897598462771, .009932862920857481)]
    public void Chi_square_and_its_p_equal_the_reference(
        double shown, double won, double otherShown, double otherWon, double statistic, double p, double corrected, double correctedP)
    {
        var (one, other) = (new Tally(shown, won), new Tally(otherShown, otherWon));

        ChiSquare.Of(one, other).Statistic.ShouldBe(statistic, 1e-12);
        ChiSquare.Of(one, other).P.ShouldBe(p, 1e-12);
        ChiSquare.Of(one, other, corrected: true).Statistic.ShouldBe(corrected, 1e-12);
        ChiSquare.Of(one, other, corrected: true).P.ShouldBe(correctedP, 1e-12);
        ChiSquare.Of([one, other]).P.ShouldBe(p, 1e-12);
    }

    [Theory]
    [InlineData(0, 0, 100, 5)]
    [InlineData(100, 0, 100, 0)]
    [InlineData(100, 100, 50, 50)]
    [InlineData(10, 12, 100, 5)]
    public void A_table_with_nothing_to_compare_has_p_of_one(double shown, double won, double otherShown, double otherWon) =>
        ChiSquare.Of(new Tally(shown, won), new Tally(otherShown, otherWon)).P.ShouldBe(1);

    [Fact]
    public void Evidence_grows_when_a_creative_brings_less_than_its_share()
    {
        var evidence = CreativeEvidence.None;
        evidence.Different.ShouldBe(0, 1e-12);

        for (var batch = 0; batch < 30; batch++)
            evidence = evidence.With(.5, own: 2, others: 8);

        evidence.IsWorse(3, .05).ShouldBeTrue();
        evidence.Worse.ShouldBeLessThanOrEqualTo(evidence.Different);
    }

    [Fact]
    public void The_expectation_of_the_evidence_after_a_batch_is_one_whatever_the_share() => Gen.Double[.02, .98].Sample(
        share =>
        {
            const int Results = 12;
            var expectation = Enumerable.Range(0, Results + 1).Sum(own =>
                Chosen(Results, own) * Math.Pow(share, own) * Math.Pow(1 - share, Results - own) * Math.Exp(CreativeEvidence.None.With(share, own, Results - own).Different));
            expectation.ShouldBe(1, 1e-9);
        },
        iter: 200);

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(.5, -1, 3)]
    [InlineData(.5, 0, 0)]
    [InlineData(double.NaN, 1, 1)]
    public void A_batch_that_compares_nothing_changes_nothing(double share, double own, double others) =>
        CreativeEvidence.None.With(share, own, others).ShouldBeSameAs(CreativeEvidence.None);

    [Proves(102)]
    [Fact]
    public void Shares_sum_to_one_keep_the_floor_and_are_numbers() => AnyTally.Array[1, 25].Sample(
        creatives =>
        {
            var shares = CreativeShares.Of(creatives);

            shares.Length.ShouldBe(creatives.Length);
            shares.Sum().ShouldBe(1, 1e-9);
            shares.ShouldAllBe(share => share >= Math.Min(CreativeShares.Floor, 1.0 / creatives.Length) - 1e-9);
        },
        iter: 2_000);

    [Fact]
    public void Nothing_known_means_equal_shares() => CreativeShares.Of([default, default, default, default]).ShouldAllBe(share => Math.Abs(share - .25) < 1e-12);

    [Fact]
    public void The_best_gets_most_and_the_others_their_floor()
    {
        var shares = CreativeShares.Of([new(10_000, 100), new(10_000, 200), new(10_000, 90)]);

        shares[1].ShouldBe(.9, 1e-3);
        shares[2].ShouldBe(.05, 1e-9);
    }

    [Proves(112)]
    [Fact]
    public void Fewer_than_two_are_never_left_alive() => AnyTally.Array[3].Array[1, 40].Sample(
        batches =>
        {
            var test = CreativeTest.Of(["a", "b", "c"]);
            foreach (var batch in batches)
            {
                test = test.With(new Dictionary<string, Tally> { ["a"] = batch[0], ["b"] = batch[1], ["c"] = batch[2] });
                test.Alive.Count().ShouldBeGreaterThanOrEqualTo(CreativeTest.FewestAlive);
                test.Shares().Sum().ShouldBe(1, 1e-9);
                test.Shares().ShouldAllBe(share => double.IsFinite(share));
            }
        },
        iter: 300);

    [Fact]
    public void A_creative_that_is_clearly_worse_is_stopped_and_gets_nothing()
    {
        var test = CreativeTest.Of(["good", "bad", "fair"]);
        for (var day = 0; day < 20; day++)
            test = test.With(new Dictionary<string, Tally> { ["good"] = new(1_000, 20), ["bad"] = new(1_000, 5), ["fair"] = new(1_000, 18) });

        test.Creatives.Single(creative => creative.Stopped).Name.ShouldBe("bad");
        test.Shares()[1].ShouldBe(0);
    }

    [Fact]
    public void Days_on_which_not_all_ran_compare_nothing_and_a_newcomer_starts_level()
    {
        var test = CreativeTest.Of(["old", "older"]).With(new Dictionary<string, Tally> { ["old"] = new(1_000, 20), ["older"] = new(1_000, 30) }).Joined("new");
        test.Alive.ShouldAllBe(creative => creative.Seen.Tried == 0);

        test.With(new Dictionary<string, Tally> { ["old"] = new(1_000, 20), ["older"] = new(1_000, 30) }).ShouldBeSameAs(test);
        test.Joined("new").ShouldBeSameAs(test);
    }

    [Theory]
    [InlineData(4.0, 20_000, 100, 20_000, 200, Tiredness.Tired)]
    [InlineData(4.0, 20_000, 190, 20_000, 200, Tiredness.Fresh)]
    [InlineData(2.0, 20_000, 100, 20_000, 200, Tiredness.Fresh)]
    [InlineData(4.0, 20_000, 100, 20_000, 100, Tiredness.Fresh)]
    [InlineData(4.0, 11_000, 50, 20_000, 200, Tiredness.Unknown)]
    [InlineData(null, 20_000, 100, 20_000, 200, Tiredness.Unknown)]
    public void A_creative_is_tired_when_it_alone_has_fallen(double? frequency, double shown, double clicks, double othersShown, double othersClicks, Tiredness says) =>
        Fatigue.Of(frequency, new Tally(20_000, 200), new Tally(shown, clicks), new Tally(20_000, 200), new Tally(othersShown, othersClicks)).ShouldBe(says);

    [Fact]
    public void Too_little_in_the_first_days_leaves_tiredness_unknown() =>
        Fatigue.Of(5, new Tally(9_000, 300), new Tally(20_000, 100), new Tally(20_000, 200), new Tally(20_000, 200)).ShouldBe(Tiredness.Unknown);

    [Fact]
    public void A_winners_lift_is_drawn_towards_none()
    {
        WinnersLift.Of(new Tally(2_000, 40), new Tally(2_000, 20))!.Value.ShouldBe(.4, 1e-9);
        WinnersLift.Of(new Tally(200_000, 4_000), new Tally(200_000, 2_000))!.Value.ShouldBe(.98, .01);
        WinnersLift.Of(default, new Tally(100, 1)).ShouldBeNull();
        WinnersLift.Of(new Tally(100, 0), new Tally(100, 0)).ShouldBeNull();
    }

    private static double Chosen(int of, int count) => Enumerable.Range(1, count).Aggregate(1.0, (product, step) => product * (of - count + step) / step);
}
