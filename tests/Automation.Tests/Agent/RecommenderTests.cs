using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Recommending;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Kit;
using CsCheck;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

public sealed class RecommenderTests
{
    [Proves(163)]
    [Fact]
    public void A_campaign_that_surely_does_well_may_get_a_lookalike_a_country_and_more_creatives()
    {
        var advice = Recommender.Of([Of("c1", 500, 60)]).Advice;

        advice.Select(one => one.Kind).ShouldBe([AdviceKind.Lookalike, AdviceKind.Country, AdviceKind.Creatives]);
        advice.SelectMany(one => one.Steps).Select(step => step.Says).ShouldBe(
            ["copy c1 with lookalike existing users 1 %, $100 a day, max $150", "copy c1 with countries GB, $100 a day, max $150", "copy c1 with more creatives"]);
        advice[0].Evidence.ShouldBe("c1: one install cost $8.31 where it may cost $12, over 10 days with 600 installs, late ones allowed for");
        advice[0].Expects.ShouldStartWith("one install costs $5.");
        advice[1].Title.ShouldBe("Expand Facebook installs US CA (c1) to United Kingdom");
        advice[1].Expects.ShouldEndWith("how much United Kingdom differs is assumed, no campaign of yours runs there");
    }

    [Proves(163)]
    [Theory]
    [InlineData(4, 60, "4 days with 240 installs are finished and in, and it takes 5 days with 30 installs")]
    [InlineData(10, 2, "10 days with 20 installs are finished and in, and it takes 5 days with 30 installs")]
    public void Without_enough_finished_days_nothing_is_recommended_and_that_is_said(int days, decimal results, string lacks)
    {
        var list = Recommender.Of([Of("c1", 500, results, days)]);

        list.Advice.ShouldBeEmpty();
        list.Lacking.Select(one => one.Says).ShouldBe([$"Facebook installs US CA (c1): {lacks}"]);
    }

    [Fact]
    public void Old_figures_are_nothing_to_go_by()
    {
        var list = Recommender.Of([Of("c1", 500, 60) with { State = DataState.Late }]);

        list.Advice.ShouldBeEmpty();
        list.Lacking.ShouldHaveSingleItem().Says.ShouldContain("fresh figures are needed");
    }

    [Fact]
    public void Money_goes_from_a_campaign_that_is_surely_dearer_to_one_that_uses_its_budget()
    {
        var shift = Recommender.Of([Of("c1", 490, 60), Of("c2", 490, 30)]).Advice[0];

        (shift.Kind, shift.Campaign.Value).ShouldBe((AdviceKind.BudgetShift, "c1"));
        shift.Steps.Select(step => step.Says).ShouldBe(["set budget c2 $450", "set budget c1 $550"]);
        shift.Expects.ShouldStartWith("Between +0.0 and +4.6 installs a day");
        Recommender.Of([Of("c1", 300, 36), Of("c2", 490, 30)]).Advice.ShouldNotContain(one => one.Kind == AdviceKind.BudgetShift);
        Recommender.Of([Of("c1", 490, 60), Of("c2", 490, 56)]).Advice.ShouldNotContain(one => one.Kind == AdviceKind.BudgetShift);
    }

    [Fact]
    public void Where_an_own_campaign_has_a_lookalike_its_figures_are_the_range()
    {
        var alike = Of("c2", 500, 62, change: spec => spec with { Targeting = spec.Targeting with { Lookalike = new Lookalike(LookalikeSource.Purchasers, 1) } });

        Recommender.Of([Of("c1", 500, 60), alike]).Advice.First(one => one.Kind == AdviceKind.Lookalike).Expects.ShouldEndWith("from c2, where 620 installs cost $8.05 each");
    }

    [Fact]
    public void No_budget_that_is_recommended_passes_a_cap_or_falls_below_a_minimum() => Gen.Int[5, 14].Select(Gen.Double[1, 900], Gen.Double[1, 300], Gen.Double[1, 300]).Sample(
        (days, spend, one, other) =>
        {
            foreach (var advice in Recommender.Of([Of("c1", (decimal)spend, (decimal)one, days), Of("c2", (decimal)spend, (decimal)other, days)]).Advice.Where(advice => advice.Kind == AdviceKind.BudgetShift))
            {
                advice.Steps.Length.ShouldBe(2);
                foreach (var step in advice.Steps)
                {
                    var amount = decimal.Parse(step.Says.Split('$')[^1], System.Globalization.CultureInfo.InvariantCulture);
                    amount.ShouldBeInRange(10, 750);
                }
            }
        },
        iter: 200);

    private static Observation Of(string handle, decimal spendADay, decimal resultsADay, int days = 10, Func<CampaignSpec, CampaignSpec>? change = null)
    {
        var campaign = A.Campaign(id: handle) with { Handle = handle };
        campaign = campaign with { Spec = (change ?? (spec => spec))(campaign.Spec) };
        return AnObservation.Of(campaign, 100, 10, days, spendADay, resultsADay);
    }
}
