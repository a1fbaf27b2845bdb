using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

public sealed class TraceWordsTests
{
    [Fact]
    public void Every_rail_has_a_name_that_people_use()
    {
        foreach (var rail in AllRails.InOrder.Select(rail => rail.Name).Append(RailNames.OneDirection))
            RailNames.InWords(rail).ShouldNotBe(rail.Replace('-', ' '), rail);
    }

    [Fact]
    public void Every_rule_has_a_name_that_people_use()
    {
        foreach (var rule in SafetyRules.All.Select(rule => rule.Id.Value))
        {
            var words = RuleWords.Of(new RuleId(rule), ResultWord.Install);

            words.ShouldNotContain("-", Case.Sensitive, rule);
            words.ShouldNotContain("cpa", Case.Insensitive, rule);
            words.ShouldNotContain("roas", Case.Insensitive, rule);
        }
    }
}
