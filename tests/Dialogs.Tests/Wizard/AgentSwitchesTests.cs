using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Wizard.Fields.Inputs;

namespace ChatOpsCampaigns.Dialogs.Tests.Wizard;

/// <summary>What the agent may do, in words.</summary>
public sealed class AgentSwitchesTests
{
    [Fact]
    public void What_it_may_do_is_said_in_a_few_words()
    {
        AgentSwitches.Words(new AutomationSettings()).ShouldBe("change bids and budgets, scale, pause, test ads");
        AgentSwitches.Words(new AutomationSettings { AdjustBudgets = false, PauseUnderperforming = false }).ShouldBe("bids, scaling, tests");
    }

    [Fact]
    public void An_agent_whose_switches_are_all_off_does_nothing() =>
        AgentSwitches.Words(new AutomationSettings { AdjustBids = false, AdjustBudgets = false, ScalePerforming = false, PauseUnderperforming = false, TestCreatives = false }).ShouldBe("do nothing by itself");
}
