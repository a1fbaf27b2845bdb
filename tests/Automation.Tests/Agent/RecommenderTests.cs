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
    public void A_country_in_which_an_own_campaign_is_too_dear_is_not_proposed_and_the_next_one_is()
    {
        var list = Recommender.Of([Of("c1", 500, 60), In("GB", "c4", 20)]);

        list.Advice.Single(one => one is { Kind: AdviceKind.Country, Campaign.Value: "c1" }).Title.ShouldBe("Expand Facebook installs US CA (c1) to Australia");
        list.Held.ShouldHaveSingleItem().Says.ShouldBe(
            "Facebook installs US CA (c1) is not expanded to United Kingdom: c4: one install cost $24.94 where it may cost $12, over 10 days with 200 installs, late ones allowed for, and in c1 it may cost $12");
    }

    [Fact]
    public void What_an_own_campaign_pays_in_a_country_is_the_range_there_also_where_it_is_not_surely_good() =>
        Recommender.Of([Of("c1", 500, 60), In("GB", "c4", 43)]).Advice.Single(one => one is { Kind: AdviceKind.Country, Campaign.Value: "c1" })
            .Expects.ShouldEndWith("from c4, where 430 installs cost $11.60 each");

    [Theory]
    [InlineData(3, "Meta", "how much United Kingdom differs is assumed, too little is known yet of c4, which runs there")]
    [InlineData(10, "TikTok", "how much United Kingdom differs is assumed, c4 runs there on another network, in another currency or for other results")]
    public void A_campaign_that_runs_in_a_country_and_cannot_be_compared_is_named(int days, string network, string says) =>
        Recommender.Of([Of("c1", 500, 60), In("GB", "c4", 60, days, network)]).Advice.Single(one => one is { Kind: AdviceKind.Country, Campaign.Value: "c1" }).Expects.ShouldEndWith(says);

    [Fact]
    public void Why_no_money_goes_to_a_cheaper_campaign_that_does_not_use_its_own_is_said()
    {
        var list = Recommender.Of([Of("c1", 300, 36), Of("c2", 490, 30)]);

        list.Held.Select(one => one.Says).ShouldContain("no money is moved to Facebook installs US CA (c1), which is cheaper than c2: it uses 60 % of its budget, so that more would lie idle");
        list.Judged.Length.ShouldBe(2);
    }

    [Proves(163)]
    [Fact]
    public void Each_of_the_four_kinds_has_evidence_a_range_and_a_button_that_opens_a_draft_or_asks()
    {
        var advice = Recommender.Of([Of("c1", 490, 60), Of("c2", 490, 30)]).Advice;

        advice.Select(one => one.Kind).Distinct().Order().ShouldBe(Enum.GetValues<AdviceKind>());
        advice.ShouldAllBe(one => one.Evidence.Contains("over 10 days with ", StringComparison.Ordinal) && (one.Expects.Contains(" to ", StringComparison.Ordinal) || one.Expects.Contains(" and ", StringComparison.Ordinal)));
        advice.SelectMany(one => one.Steps).ShouldAllBe(step => step.Says.StartsWith("copy ", StringComparison.Ordinal) || step.Says.StartsWith("set budget ", StringComparison.Ordinal));
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

    private static Observation In(string country, string handle, decimal resultsADay, int days = 10, string network = "Meta") => Of(
        handle, 500, resultsADay, days, spec => spec with { Network = new NetworkName(network), Targeting = spec.Targeting with { Countries = [country] } });

    private static Observation Of(string handle, decimal spendADay, decimal resultsADay, int days = 10, Func<CampaignSpec, CampaignSpec>? change = null)
    {
        var campaign = A.Campaign(id: handle) with { Handle = handle };
        campaign = campaign with { Spec = (change ?? (spec => spec))(campaign.Spec) };
        return AnObservation.Of(campaign, 100, 10, days, spendADay, resultsADay);
    }
}
