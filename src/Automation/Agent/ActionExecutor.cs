using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent;

/// <summary>Turns moves into commands, sends them through the gate, and writes down only what was read back.</summary>
public sealed class ActionExecutor(NetworkGate gate, ICampaignStore campaigns, CampaignClock clock)
{
    /// <summary>What a move of a decision is called in the journal.</summary>
    public static CommandKey KeyOf(CampaignId campaign, Guid decision, Lever lever) => new($"{campaign}/{decision:N}/{lever}");

    /// <summary>Whether it is the name of a move of that lever.</summary>
    public static bool IsOf(CommandKey key, Lever lever) => key.Value.EndsWith($"/{lever}", StringComparison.Ordinal);

    public async Task<Act> CarryOutAsync(Campaign campaign, Guid decision, Proposal move, CancellationToken cancellationToken)
    {
        if (campaign.Network.Campaign is not { } target)
            return new Act(move, "The campaign is not at the network yet.", false);

        // A person may have moved it since the turn began.
        if (await campaigns.FindAsync(campaign.Id, cancellationToken) is { } present
            && (present.TakenOver || present.HoldOn(move.Lever.AsHeld(), clock.GetUtcNow()) is not null))
            return new Act(move, "A person has it in hand by now.", false);

        if (move is { Lever: Lever.Creative, Next: { } next } && await StartAsync(campaign, decision, move, next, cancellationToken) is { } notStarted)
            return new Act(move, notStarted, false);

        NetworkCommand command = move.Lever switch
        {
            Lever.Bid => new NetworkCommand.SetBid(campaign.Account, campaign.Id, target, move.From, move.To),
            Lever.DailyBudget => new NetworkCommand.SetDailyBudget(campaign.Account, campaign.Id, target, move.From, move.To),
            Lever.Creative when move.Ad is { } ad => new NetworkCommand.PauseAd(campaign.Account, campaign.Id, ad.Id),
            Lever.Running => new NetworkCommand.Pause(campaign.Account, campaign.Id, target),
            _ => throw new InvalidOperationException($"Nobody knows how to move {move.Lever}."),
        };
        var request = new GateRequest(command, KeyOf(campaign.Id, decision, move.Lever), campaign.Workspace, campaign.Mode, PersonId.Agent, move.Because);

        switch (await gate.SendAsync(request, (_, token) => campaigns.ChangeAsync(campaign.Id, now => Moved(now, command, move), token), cancellationToken))
        {
            case CommandOutcome.Confirmed:
                return new Act(move, "confirmed", true) { Key = request.Key };
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

    /// <summary>Lets the rested ad run before the tired one is paused, so that no fewer run in between. Null when it does.</summary>
    private async Task<string?> StartAsync(Campaign campaign, Guid decision, Proposal move, AdNamed next, CancellationToken cancellationToken)
    {
        var request = new GateRequest(
            new NetworkCommand.ResumeAd(campaign.Account, campaign.Id, next.Id), new CommandKey($"{KeyOf(campaign.Id, decision, move.Lever)}{UndoOffer.Next}"), campaign.Workspace, campaign.Mode, PersonId.Agent, move.Because);
        return await gate.SendAsync(request, (_, _) => Task.CompletedTask, cancellationToken) is CommandOutcome.Confirmed ? null : $"\"{next.Name}\", which was to take its place, did not start.";
    }

    private static Campaign Moved(Campaign now, NetworkCommand command, Proposal move) => move.Lever == Lever.Running ? now.Paused(PersonId.Agent, move.Because) : now.Moved(command);
}
