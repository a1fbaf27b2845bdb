using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Safety.Stopping;

namespace ChatOpsCampaigns.Automation.Safety.Standing;

/// <summary>What is done about a campaign of ours that runs although it is at rest here, by how it came to rest.</summary>
public sealed class StrayActs(StatusReconciler reconciler, LaunchUndo undo, EmergencyStop stop, GlobalSwitch everything)
{
    /// <summary>The campaign when the rules have to judge it now; null when it was stopped.</summary>
    public async Task<Campaign?> DealWithAsync(Campaign campaign, NetworkCampaign shown, bool isBeingActivated, CancellationToken cancellationToken)
    {
        switch (campaign.Status)
        {
            case CampaignStatus.Failed or CampaignStatus.Launching when campaign.Status == CampaignStatus.Failed || campaign.Undoing:
                await undo.TakeBackAsync(campaign, campaign.Because ?? "its launch was taken back", shown, cancellationToken);
                return null;

            case CampaignStatus.Stopped:
                await stop.StopSeenAsync(campaign, Why(shown), cancellationToken);
                return null;

            case CampaignStatus.Launching:
                return campaign;
        }

        if (isBeingActivated)
            return campaign;

        var adopted = await reconciler.AdoptAsync(campaign, shown, cancellationToken);
        if (await everything.StateAsync(cancellationToken) is not { Frozen: true, Stops: true } order)
            return adopted;

        await stop.StopSeenAsync(adopted, StopRound.Why(order), cancellationToken);
        return null;
    }

    private static SafetyVerdict.Breach Why(NetworkCampaign shown) =>
        new(SafetyRules.RunsAllTheSame, Remedy.PauseCampaign, new Evidence("status at the network", $"{StatusWords.Of(shown.Status)}, though it is stopped here", ""));
}
