using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Predictions.Advice;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Predictions;

public sealed class StepSuggestionsTests
{
    private static readonly Lookalike Buyers = new(LookalikeSource.Purchasers, 5);

    [Proves(34)]
    [Theory]
    [InlineData(0, "no data yet", "none of your campaigns on Meta have brought installs so far; suggestions begin with 3.")]
    [InlineData(1, "too little data yet", "1 of your campaigns on Meta has brought installs so far; suggestions begin with 3.")]
    [InlineData(2, "too little data yet", "2 of your campaigns on Meta have brought installs so far; suggestions begin with 3.")]
    public void Without_data_it_says_so(int campaigns, string says, string because)
    {
        foreach (var step in (string[])["targeting", "budget", "automation"])
        {
            var first = For(step, [.. Enumerable.Range(0, campaigns).Select(number => Past(number, 10))])[0];

            (first.Says, first.Because, first.Field).ShouldBe((says, because, null));
        }
    }

    [Fact]
    public void Steps_without_suggestions_say_nothing() => For("creatives", []).ShouldBeEmpty();

    [Proves(34)]
    [Fact]
    public void An_interest_is_suggested_with_the_campaigns_and_the_effect_that_speak_for_it()
    {
        var own = Five(past => past with { Interests = ["Gaming", "cooking"] }, past => past with { Interests = ["cooking"] });

        var suggestion = For("targeting", own).Single(one => one.Id == "interests");

        (suggestion.Field, suggestion.Value).ShouldBe(("Interests", "Gaming"));
        suggestion.Because.ShouldBe("Your 3 campaigns with the interest Gaming cost -50 % per install against the 2 others (80 % range -63 % to -33 %). (c1, c2, c3)");
    }

    [Fact]
    public void A_difference_that_may_be_chance_says_so()
    {
        var own = Five(past => past with { Interests = ["gaming"] }, past => past, cheap: 9, dear: 10);

        For("targeting", own).Single(one => one.Id == "interests").Because.ShouldContain("It may be chance.");
    }

    [Fact]
    public void An_interest_that_made_campaigns_dearer_is_not_suggested()
    {
        var own = Five(past => past, past => past with { Interests = ["cooking"] });

        For("targeting", own).ShouldNotContain(one => one.Id == "interests");
    }

    [Proves(34)]
    [Fact]
    public void A_lookalike_is_suggested_with_its_evidence()
    {
        var own = Five(past => past with { Lookalike = Buyers }, past => past);

        var suggestion = For("targeting", own).Single(one => one.Id == "lookalike");

        (suggestion.Field, suggestion.Value).ShouldBe(("Lookalike", "purchasers 5"));
        suggestion.Because.ShouldContain("Your 3 campaigns with a lookalike of purchasers 5 % cost -50 % per install against the 2 others (80 % range");
        suggestion.Because.ShouldContain("c1, c2, c3");
    }

    [Fact]
    public void What_a_network_cannot_do_is_not_suggested()
    {
        var own = Five(past => past with { Lookalike = Buyers, Interests = ["gaming"] }, past => past);
        var unable = A.Profile() with { Capabilities = new NetworkCapabilities { Interests = false } };

        For("targeting", own, profile: unable).Select(one => one.Id).ShouldBe(["countries", "ages"]);
    }

    [Fact]
    public void A_trait_that_all_have_is_no_evidence_and_that_is_said()
    {
        var suggestion = For("targeting", Five(past => past, past => past)).Single(one => one.Id == "ages");

        suggestion.Because.ShouldBe("As in your 2 best of 5 campaigns (c1, c2). What it changes is not known: 5 of your campaigns ran for 18-44, 0 did not.");
    }

    [Proves(42)]
    [Fact]
    public void A_roas_target_comes_from_what_a_result_is_worth_and_costs()
    {
        var own = Five(past => past, past => past, revenuePerResult: 24);

        var suggestion = For("budget", own).Single(one => one.Id == "roas-target");

        suggestion.Field.ShouldBe("TargetRoas");
        decimal.Parse(suggestion.Value!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1.5m, 3.5m);
        suggestion.Says.ShouldContain("(likely ");
        suggestion.Because.ShouldStartWith("One install is worth $24 over 30 days, from 5 of your campaigns with revenue");
        For("budget", []).ShouldNotContain(one => one.Id == "roas-target");
        For("budget", [], A.Draft() with { Worth = A.Usd(30) }).Single(one => one.Id == "roas-target").Because.ShouldContain("as you said");
    }

    [Proves(42)]
    [Fact]
    public void A_strategy_comes_from_the_goal_and_what_is_known()
    {
        var open = A.Draft() with { Strategy = null };
        For("budget", [], open).Single(one => one.Id == "strategy").Value.ShouldBe("lowest cost");
        For("budget", Five(past => past, past => past), open).Single(one => one.Id == "strategy").ShouldSatisfyAllConditions(
            one => one.Value!.ShouldStartWith("cost cap $"), one => one.Because.ShouldContain("installs at a known cost"), one => one.Because.ShouldContain("–"));
        For("budget", [], open with { Objective = Objective.Engagement }).Single(one => one.Id == "strategy").Because.ShouldContain("as many installs as the money buys");
    }

    private static IReadOnlyList<Recommendation> For(
        string step, ImmutableArray<PastCampaign> own, CampaignDraft? draft = null, NetworkProfile? profile = null)
    {
        var usual = new Range<decimal>(8, 20);
        return StepSuggestions.For(
            draft ?? A.Draft(), new DraftSituation(profile ?? A.Profile(), Currency.Usd, ResultWord.Install, usual, own, CostBelief.From(usual, own)), step);
    }

    /// <summary>Three cheap campaigns with one targeting and two dear ones with another.</summary>
    private static ImmutableArray<PastCampaign> Five(
        Func<Targeting, Targeting> cheapOnes, Func<Targeting, Targeting> dearOnes, decimal cheap = 10, decimal dear = 20, decimal revenuePerResult = 0) =>
        [.. Enumerable.Range(0, 5).Select(number => number < 3 ? Past(number, cheap, cheapOnes, revenuePerResult) : Past(number, dear, dearOnes, revenuePerResult))];

    private static PastCampaign Past(int number, decimal cost, Func<Targeting, Targeting>? targeting = null, decimal revenuePerResult = 0)
    {
        var campaign = A.Campaign(id: $"past-{number}") with { Handle = $"c{number + 1}" };
        campaign = campaign with { Spec = campaign.Spec with { Targeting = (targeting ?? (same => same))(campaign.Spec.Targeting) } };
        return new PastCampaign(campaign, cost * 1_000, 1_000, revenuePerResult * 1_000, revenuePerResult > 0 ? 1_000 : 0, 30, TimeSpan.Zero);
    }
}
