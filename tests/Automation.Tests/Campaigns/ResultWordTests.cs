using System.Text.Json;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Rules;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Campaigns;

public sealed class ResultWordTests
{
    [Theory]
    [InlineData(CampaignType.AppInstall, Objective.Installs, "install")]
    [InlineData(CampaignType.AppInstall, Objective.Purchases, "purchase")]
    [InlineData(CampaignType.Conversion, Objective.Leads, "lead")]
    [InlineData(CampaignType.Conversion, Objective.Engagement, "click")]
    [InlineData(CampaignType.Traffic, Objective.Purchases, "click")]
    [InlineData(CampaignType.Awareness, Objective.Installs, "1,000 impressions")]
    public void Type_and_objective_together_say_what_is_counted(CampaignType type, Objective objective, string one) =>
        ResultWord.Of(type, objective).One.ShouldBe(one);

    [Fact]
    public void Every_type_and_objective_has_a_result()
    {
        var every = from type in Enum.GetValues<CampaignType>() from objective in Enum.GetValues<Objective>() select ResultWord.Of(type, objective);

        every.Distinct().ShouldBeSubsetOf(ResultWord.All);
    }

    [Fact]
    public void Speaks_of_one_and_of_many()
    {
        ResultWord.Install.Counted(1).ShouldBe("1 install");
        ResultWord.Install.Counted(1234).ShouldBe("1,234 installs");
        ResultWord.ThousandImpressions.Counted(12.5m).ShouldBe("12.5 thousand impressions");
        ResultWord.Purchase.CostTitle.ShouldBe("Cost per purchase");
        ResultWord.ThousandImpressions.EachTitle.ShouldBe("A thousand impressions");
    }

    [Fact]
    public void Is_stored_as_its_word()
    {
        foreach (var word in ResultWord.All)
            JsonSerializer.Deserialize<ResultWord>(JsonSerializer.Serialize(word)).ShouldBe(word);

        JsonSerializer.Serialize(ResultWord.Install).ShouldBe("\"install\"");
    }

    [Fact]
    public void A_rule_on_a_traffic_campaign_counts_clicks_and_says_so()
    {
        var campaign = A.Campaign() with { Spec = A.Spec() with { Type = CampaignType.Traffic, Automation = new AutomationSettings { MaxCpa = A.Usd(.50m) } } };
        var before = AnObservation.Of(campaign, spendToday: 0, resultsToday: 0, at: A.Noon.AddHours(-6));
        var now = AnObservation.Of(campaign, spendToday: 480, resultsToday: 0) with
        {
            History = [new KeptReading(campaign.Id, before.Now, before.Reading! with { Today = before.Reading!.Today with { Clicks = 0 } })],
        };

        var breach = new CpaCeiling().Judge(now).ShouldBeOfType<SafetyVerdict.Breach>();

        breach.Evidence.Measure.ShouldBe("cost per click over 500 clicks");
        breach.Evidence.Measured.ShouldBe("$0.96");
    }
}
