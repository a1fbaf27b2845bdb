using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creation;

/// <summary>
/// Takes a launch back for good: braked now, undone in the background until the network shows that nothing of it is left, also after a
/// restart. One that may run while its pause is not confirmed is an emergency.
/// </summary>
public sealed class LaunchUndo(LaunchBrake brake, EmergencyStop stop)
{
    /// <summary>Being launched, or launched and not running yet.</summary>
    public static bool IsPossible(Campaign campaign) => campaign.Status is CampaignStatus.Launching or CampaignStatus.InReview or CampaignStatus.Scheduled;

    /// <summary>For a person: also what its network reviews and what waits for its start, which are paused whatever the journal still knows of them.</summary>
    public async Task<BrakedLaunch> TakeBackAsync(Campaign launch, string because, CancellationToken cancellationToken) => await TakeBackAsync(
        await brake.ReopenAsync(launch, because, cancellationToken), because, launch.Status == CampaignStatus.Launching ? null : launch.Network.Campaign, null, cancellationToken);

    /// <param name="running">What the network shows as running; null when only our own journal tells.</param>
    public Task<BrakedLaunch> TakeBackAsync(Campaign launch, string because, NetworkCampaign? running, CancellationToken cancellationToken) =>
        TakeBackAsync(launch, because, running?.Id, running?.Status, cancellationToken);

    private async Task<BrakedLaunch> TakeBackAsync(Campaign launch, string because, ExternalId? mayRun, NetworkStatus? shown, CancellationToken cancellationToken)
    {
        var braked = await brake.PullAsync(launch, because, cancellationToken, mayRun);
        if (braked == BrakedLaunch.MayRun)
            await stop.StopSeenAsync(launch, Why(shown), cancellationToken);

        return braked;
    }

    private static SafetyVerdict.Breach Why(NetworkStatus? shown) => new(
        SafetyRules.RunsAllTheSame, Remedy.PauseCampaign, new Evidence("status at the network", $"{StatusWords.Of(shown)}, though its launch was taken back", ""));
}
