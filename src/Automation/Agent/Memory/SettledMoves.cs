using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Commands.Settlement;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Memory;

/// <summary>The agent's own moves whose answer was lost count as moves as soon as they are found to have happened.</summary>
public sealed class SettledMoves(AgentMemories memories, IAdAccounts accounts, CampaignClock clock) : ISettledMoves
{
    public async Task RememberAsync(CommandIntent move, Campaign campaign, CancellationToken cancellationToken)
    {
        if (move.By != PersonId.Agent)
            return;

        var now = clock.GetUtcNow();
        var day = (await accounts.GetAsync(campaign.Account, cancellationToken)).DayAt(now);
        var past = move.Command switch
        {
            NetworkCommand.SetBid bid => new PastMove(Lever.Bid, now, day, bid.From, bid.To, null),
            NetworkCommand.SetDailyBudget budget => new PastMove(Lever.DailyBudget, now, day, budget.From, budget.To, null),
            _ => null,
        };
        if (past is not null)
            await memories.KeepAsync(campaign, (await memories.OfAsync(campaign, cancellationToken)).With(past), cancellationToken);
    }
}
