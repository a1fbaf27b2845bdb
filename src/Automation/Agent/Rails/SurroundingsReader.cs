using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Optimizers;
using ChatOpsCampaigns.Automation.Agent.Sharing;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Rails;

/// <summary>Reads what rails look at beside the move.</summary>
public sealed class SurroundingsReader(IIncidentStore incidents, AccountRoom room, ShareBook shares)
{
    public async Task<Surroundings> OfAsync(Observation now, AgentMemory memory, CancellationToken cancellationToken)
    {
        var open = await incidents.OpenOfAsync(now.Campaign.Id, cancellationToken) is [var first, ..] ? first : null;
        var share = await shares.OfAsync(now, cancellationToken);
        var raises = BudgetChoice.Propose(now, memory, share)?.Raises() == true;
        Money? others = raises ? await room.OthersAsync(now.Account, now.Campaign.Id, cancellationToken) : null;

        return new Surroundings(now, memory, open is null ? null : $"incident {open.Handle} ({open.CauseWords})", others)
        {
            Share = share,
            LeftTogether = raises ? await room.LeftTogetherAsync(now.Account, now.Campaign.Id, cancellationToken) : null,
        };
    }
}
