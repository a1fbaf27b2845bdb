using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Creatives;
using ChatOpsCampaigns.Automation.Agent.Curves;
using ChatOpsCampaigns.Automation.Agent.Effects;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Creatives.Testing;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Kit;
using CsCheck;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>What a move is expected to change, with its range, or what is not known of it.</summary>
public sealed class ExpectedEffectTests
{
    private static readonly Proposal Raise = new(Lever.DailyBudget, A.Usd(500), A.Usd(550), "", "budget");
    private static readonly Proposal LowerBid = new(Lever.Bid, A.Usd(12), A.Usd(10), "", "bid");

    [Fact]
    public void A_budget_that_is_raised_brings_between_half_and_all_of_what_its_money_does_on_average()
    {
        var effect = Of(Raise, AnObservation.Of(A.Campaign(), 100, 8, days: 10, spendADay: 500, resultsADay: 40));

        effect.Says.ShouldStartWith("about +3.");
        effect.Says.ShouldEndWith("for $50 a day more; that the last money of a day brings between half and all of what the average does is assumed");
        effect.More!.Middle.ShouldBe(3, .2m);
        (effect.More.Low, effect.More.High).ShouldSatisfyAllConditions(range => range.Low.ShouldBe(1.8m, .3m), range => range.High.ShouldBe(4.4m, .4m));
        effect.Before!.Value.ShouldBe(40, 1);
    }

    [Fact]
    public void Less_budget_than_is_spent_takes_results_and_less_than_lies_idle_may_take_none()
    {
        var cut = Raise with { To = A.Usd(450) };

        Of(cut, AnObservation.Of(A.Campaign(), 100, 8, days: 10, spendADay: 500, resultsADay: 40)).More!.High.ShouldBeLessThan(0);
        Of(cut, AnObservation.Of(A.Campaign(), 100, 8, days: 10, spendADay: 300, resultsADay: 24)).More!.High.ShouldBe(0);
    }

    [Theory]
    [InlineData(2, 40, "not known: fewer than 3 days at this budget are finished with their installs")]
    [InlineData(10, 0, "not known: no install came on 10 days, so that nobody can tell what other money brings")]
    public void What_no_day_tells_is_said_to_be_unknown(int days, int results, string says)
    {
        var effect = Of(Raise, AnObservation.Of(A.Campaign(), 100, 8, days: days, spendADay: 500, resultsADay: results));

        (effect.Says, effect.More).ShouldBe((says, null));
    }

    [Fact]
    public void Where_its_curve_is_known_a_budget_brings_what_the_curve_says()
    {
        var days = Enumerable.Range(0, 20).Aggregate(ResponseEvidence.None(500), (sum, day) => sum.With(new SpendDay(200 + (25 * day), 70 * (200 + (25 * day)) / (1_100.0 + (25 * day)))));
        var share = A.Share() with { Curve = days.Curve() };

        var effect = ExpectedEffect.Of(Raise, Around(AnObservation.Of(A.Campaign(), 100, 8), AgentMemory.Empty) with { Share = share });

        effect.Says.ShouldEndWith("for $50 a day more, by the curve of its own 12 days");
        effect.More!.Middle.ShouldBe(1.5m, .6m);
        ExpectedEffect.Of(Raise with { From = A.Usd(480) }, Around(AnObservation.Of(A.Campaign(), 100, 8), AgentMemory.Empty) with { Share = share })
            .Says.ShouldStartWith("not known");
    }

    [Fact]
    public void A_lower_bid_says_what_a_result_is_expected_to_cost_and_that_their_number_depends_on_others()
    {
        var effect = Of(LowerBid, AnObservation.Of(A.Campaign(), 100, 8, days: 10, spendADay: 300, resultsADay: 20));

        effect.Says.ShouldStartWith("one install costs about $1");
        effect.Says.ShouldContain("instead of about $1");
        effect.Says.ShouldEndWith("how many fewer come depends on what others bid, which no figure of ours says");
        effect.More.ShouldBeNull();
    }

    [Fact]
    public void A_lower_bid_of_a_campaign_that_spends_its_budget_brings_more_for_the_same_money()
    {
        var effect = Of(LowerBid, AnObservation.Of(A.Campaign(), 100, 8, days: 10, spendADay: 500, resultsADay: 34));

        effect.Says.ShouldContain(" installs a day (between 0 and +");
        effect.Says.ShouldContain("for the same money, since one install costs about ");
        effect.More!.Middle.ShouldBe(34 * .126m, .8m);
    }

    [Fact]
    public void The_money_of_a_paused_ad_is_expected_to_bring_what_the_others_does()
    {
        var memory = AgentMemory.Empty with { Creatives = CreativeWatch.Empty with { Worst = [new WorstAd("n1/2", new Tally(600, 10), new Tally(1_200, 80), 6)] } };
        var move = new Proposal(Lever.Creative, A.Usd(100), A.Usd(0), "", "creative") { Ad = new AdNamed(new ExternalId("n1/2"), "Spring 3") };

        var effect = ExpectedEffect.Of(move, Around(AnObservation.Of(A.Campaign(), 100, 8), memory));

        effect.Says.ShouldStartWith("about +5.0 installs a day (between +");
        effect.Says.ShouldEndWith("when its $100 a day bring what the others' money does");
    }

    [Fact]
    public void A_paused_campaign_is_expected_to_spend_and_bring_what_it_did_less()
    {
        var effect = Of(new Proposal(Lever.Running, A.Usd(500), A.Usd(0), "", "pause"), AnObservation.Of(A.Campaign(), 100, 2, days: 10, spendADay: 480, resultsADay: 10));

        effect.Says.ShouldStartWith("about -10 installs a day (between -1");
        effect.Says.ShouldEndWith(", and $480 a day less spent");
    }

    [Fact]
    public void Whatever_its_figures_are_the_range_holds_its_middle() => Gen.Select(Gen.Double[0, 900], Gen.Double[0, 90], Gen.Int[0, 14], Gen.Double[1, 900], Gen.Enum<Lever>()).Sample(
        (spend, results, days, to, lever) =>
        {
            var move = new Proposal(lever, lever == Lever.Bid ? A.Usd(12) : A.Usd(500), lever is Lever.Creative or Lever.Running ? A.Usd(0) : A.Usd(Math.Round((decimal)to, 2)), "", "test");
            var effect = Of(move, AnObservation.Of(A.Campaign(), 100, 8, days, Math.Round((decimal)spend, 2), Math.Round((decimal)results)));

            effect.Says.ShouldNotBeEmpty();
            if (effect.More is { } more)
                (more.Low <= more.Middle && more.Middle <= more.High).ShouldBeTrue($"{more}");
        },
        iter: 2_000);

    private static Effect Of(Proposal move, Observation now) => ExpectedEffect.Of(move, Around(now, AgentMemory.Empty));

    private static Surroundings Around(Observation now, AgentMemory memory) => new(now, memory, null, A.Usd(0));
}
