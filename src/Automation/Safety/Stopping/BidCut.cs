using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Stopping;

/// <summary>Lowers a bid of ours by 30 %, at most once in 24 hours. Where the network owns the bid, people are told and nothing changes.</summary>
public sealed class BidCut(NetworkGate gate, IIntentStore intents, ICampaignStore campaigns, TimeProvider machine)
{
    private const string Mark = "/bid-cut/";

    /// <summary>What was done, or null when nothing was due or possible.</summary>
    public async Task<string?> TryAsync(Observation now, Incident incident, CancellationToken cancellationToken)
    {
        var campaign = now.Campaign;
        if (now.Profile.Capabilities.OwnsTheBid || campaign.Bid is not { Amount: > 0 } bid || campaign.Network.Campaign is not { } target)
            return null;

        var recent = await intents.ConfirmedAsync(campaign.Id, now.Now - SafetyLimits.BidCutPause, cancellationToken);
        if (recent.Any(intent => intent.Key.Value.Contains(Mark, StringComparison.Ordinal)))
            return null;

        // One wanted cut for an incident and day: a network that refuses it is asked again at times and not with every sweep.
        var key = new CommandKey($"{incident.Id}{Mark}{now.Today}");
        if (await intents.FindAsync(key, cancellationToken) is { State: IntentState.Refused or IntentState.Failed, SettledAt: { } tried } && now.Now - tried < SafetyLimits.RemindEvery)
            return null;

        var to = (bid * SafetyLimits.BidCut).Rounded();
        var cut = new NetworkCommand.SetBid(campaign.Account, campaign.Id, target, bid, to);
        var request = new GateRequest(cut, key, campaign.Workspace, campaign.Mode, PersonId.Monitor, IncidentVoice.Because(incident));

        // What the network confirmed is written down also when that came too late to be waited for.
        var outcome = await Bounded.RunAsync(
            token => gate.SendAsync(request, (_, _) => campaigns.ChangeAsync(campaign.Id, found => found.Moved(cut), cancellationToken), token),
            SafetyLimits.PauseTimeout, machine, cancellationToken);
        return outcome is CommandOutcome.Confirmed ? $"bid {bid} → {to} (-30 %)" : null;
    }
}
