using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Commands.Settlement;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Memory;

/// <summary>The agent's own moves whose answer was lost count as moves as soon as they are found to have happened.</summary>
public sealed class SettledMoves(AgentMemories memories) : ISettledMoves
{
    public async Task RememberAsync(CommandIntent move, Campaign campaign, CancellationToken cancellationToken)
    {
        if (move.By != PersonId.Agent)
            return;

        var recalled = await memories.RecallAsync(campaign, cancellationToken);
        await memories.ChangeAsync(campaign, present => present.Including(recalled.Moves, DateTimeOffset.MinValue), cancellationToken);
    }
}
