using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Campaigns.Holds;

/// <summary>What a lever that the network confirmed changes in our own record. Nothing else writes a budget or a bid because of a command.</summary>
internal static class MovedLever
{
    public static Campaign Moved(this Campaign campaign, NetworkCommand command) => command switch
    {
        NetworkCommand.SetBid bid => campaign with { Bid = bid.To },
        NetworkCommand.SetDailyBudget budget => campaign with { DailyBudget = budget.To },
        _ => campaign,
    };

    /// <summary>Moved by a person: the agent leaves it alone for a while.</summary>
    public static Campaign MovedBy(this Campaign campaign, NetworkCommand command, PersonId by, DateTimeOffset now) => command switch
    {
        NetworkCommand.SetBid => campaign.Moved(command).HeldBy(HeldLever.Bid, by, now),
        NetworkCommand.SetDailyBudget => campaign.Moved(command).HeldBy(HeldLever.DailyBudget, by, now),
        NetworkCommand.PauseAd or NetworkCommand.ResumeAd => campaign.HeldBy(HeldLever.Running, by, now),
        _ => campaign,
    };
}
