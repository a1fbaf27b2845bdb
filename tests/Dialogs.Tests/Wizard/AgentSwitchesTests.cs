using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Wizard.Fields.Inputs;

namespace ChatOpsCampaigns.Dialogs.Tests.Wizard;

/// <summary>The agent moves bids and budgets today; what the other switches are for comes later, and the words say so.</summary>
public sealed class AgentSwitchesTests
{
    [Fact]
    public void What_is_not_used_yet_is_called_so()
    {
        AgentSwitches.Words(new AutomationSettings()).ShouldBe("change bids and budgets, scale (pausing and tests: remembered, not used yet)");
        AgentSwitches.All.Where(one => !one.Works).Select(one => one.Offered).ShouldBe(
            ["Pause what does badly (remembered, not used yet)", "Test creatives (remembered, not used yet)"]);
    }

    [Fact]
    public void What_works_today_is_said_without_more()
    {
        AgentSwitches.Words(new AutomationSettings { PauseUnderperforming = false, TestCreatives = false }).ShouldBe("change bids and budgets, scale");
        AgentSwitches.Words(new AutomationSettings { AdjustBudgets = false, PauseUnderperforming = false, TestCreatives = false }).ShouldBe("bids, scaling");
    }

    [Fact]
    public void An_agent_with_nothing_but_switches_for_later_does_nothing()
    {
        AgentSwitches.Words(new AutomationSettings { AdjustBids = false, AdjustBudgets = false, ScalePerforming = false, PauseUnderperforming = false })
            .ShouldBe("do nothing by itself (tests: remembered, not used yet)");
    }
}
