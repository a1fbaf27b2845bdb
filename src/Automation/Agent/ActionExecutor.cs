using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent;

/// <summary>Turns moves into commands, sends them through the gate, and writes down only what was read back.</summary>
public sealed class ActionExecutor(NetworkGate gate, ICampaignStore campaigns, CampaignClock clock)
{
    /// <summary>What a move of a decision is called in the journal.</summary>
    public static CommandKey KeyOf(CampaignId campaign, Guid decision, Lever lever) => new($"{campaign}/{decision:N}/{lever}");

    public async Task<Act> CarryOutAsync(Campaign campaign, Guid decision, Proposal move, CancellationToken cancellationToken)
    {
        if (campaign.Network.Campaign is not { } target)
            return new Act(move, "The campaign is not at the network yet.", false);

        // A person may have moved it since the turn began.
        if (await campaigns.FindAsync(campaign.Id, cancellationToken) is { } present
            && (present.TakenOver || present.HoldOn(move.Lever.AsHeld(), clock.GetUtcNow()) is not null))
            return new Act(move, "A person has it in hand by now.", false);

        NetworkCommand command = move.Lever switch
        {
            Lever.Bid => new NetworkCommand.SetBid(campaign.Account, campaign.Id, target, move.From, move.To),
            Lever.DailyBudget => new NetworkCommand.SetDailyBudget(campaign.Account, campaign.Id, target, move.From, move.To),
            Lever.Creative when move.Ad is { } ad => new NetworkCommand.PauseAd(campaign.Account, campaign.Id, ad.Id),
            _ => throw new InvalidOperationException($"Nobody knows how to move {move.Lever}."),
        };
        var request = new GateRequest(command, KeyOf(campaign.Id, decision, move.Lever), campaign.Workspace, campaign.Mode, PersonId.Agent, move.Because);

        switch (await gate.SendAsync(request, (_, token) => campaigns.ChangeAsync(campaign.Id, now => now.Moved(command), token), cancellationToken))
        {
            case CommandOutcome.Confirmed:
                return new Act(move, "confirmed", true);
            case CommandOutcome.Refused refused:
                return new Act(move, refused.Says, false);
            case CommandOutcome.Failed failed:
                return new Act(move, failed.Says, false) { Unanswered = failed.Kind == FaultKind.TimedOut };
            case CommandOutcome.Unknown unknown:
                return new Act(move, unknown.Says, false) { Unanswered = true };
            default:
                throw new InvalidOperationException("An outcome has to be one of four.");
        }
    }
}
