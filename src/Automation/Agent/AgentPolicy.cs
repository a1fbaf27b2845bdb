using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Automation.Agent;

/// <summary>How far the agent goes by itself. Emergency stops act whatever it says.</summary>
public enum Autonomy
{
    /// <summary>Says what it would have done.</summary>
    Shadow,

    /// <summary>Says what it would do, and a person's "do it" lets it.</summary>
    Suggest,
    Act,
}

/// <summary>The setting <c>Agent:Autonomy</c>; without it the agent acts on simulated networks and only watches live ones.</summary>
public sealed record AgentPolicy(Autonomy? Said)
{
    /// <summary>What was said of the campaign itself goes first.</summary>
    public Autonomy For(Campaign campaign) => campaign.Spec.Automation.Autonomy ?? For(campaign.Mode);

    public Autonomy For(NetworkMode mode) => Said ?? (mode == NetworkMode.Simulated ? Autonomy.Act : Autonomy.Shadow);
}
