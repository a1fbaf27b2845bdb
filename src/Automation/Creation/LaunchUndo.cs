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
    /// <param name="running">What the network shows as running; null when only our own journal tells.</param>
    public async Task<BrakedLaunch> TakeBackAsync(Campaign launch, string because, NetworkCampaign? running, CancellationToken cancellationToken)
    {
        var braked = await brake.PullAsync(launch, because, cancellationToken, running?.Id);
        if (braked == BrakedLaunch.MayRun)
            await stop.StopSeenAsync(launch, Why(running), cancellationToken);

        return braked;
    }

    private static SafetyVerdict.Breach Why(NetworkCampaign? running) => new(
        SafetyRules.RunsAllTheSame, Remedy.PauseCampaign, new Evidence("status at the network", StatusWords.Of(running?.Status), "its launch was taken back"));
}
