using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Creation;

/// <summary>How a launch stands after the brake.</summary>
public enum BrakedLaunch
{
    /// <summary>Nothing of it runs: it was never activated, or is paused and read back. It is undone in the background.</summary>
    AtRest,

    /// <summary>It was or may have been activated, and its pause is not confirmed.</summary>
    MayRun,

    /// <summary>It is no launch any more: it had ended before.</summary>
    Launched,
}

/// <summary>
/// Takes a launch back from outside, whatever step it is at and without waiting for that step: noted first, so that nothing more is
/// created also after a crash; then paused if it may have been activated; the rest is undone by the launch itself.
/// </summary>
public sealed partial class LaunchBrake(
    ICampaignStore campaigns, IIntentStore intents, LaunchSteps steps, LaunchQueue queue, TimeProvider machine, ILogger<LaunchBrake> logger)
{
    /// <param name="running">What the network shows as running; null when only our own journal tells.</param>
    public async Task<BrakedLaunch> PullAsync(Campaign launch, string because, CancellationToken cancellationToken, ExternalId? running = null)
    {
        if (await NotedAsync(launch, because, running is not null, cancellationToken) is { Status: not (CampaignStatus.Launching or CampaignStatus.Failed) })
            return BrakedLaunch.Launched;

        queue.Add(launch.Id);
        return (running ?? await FindActivatedAsync(launch, cancellationToken)) is not { } target || await IsPausedAsync(launch, target, because, cancellationToken)
            ? BrakedLaunch.AtRest
            : BrakedLaunch.MayRun;
    }

    /// <summary>Makes a launch that does not run yet, since its network reviews it or its start is to come, one that is being undone. The campaign as it is now.</summary>
    public Task<Campaign> ReopenAsync(Campaign launch, string because, CancellationToken cancellationToken) => campaigns.ChangeAsync(
        launch.Id,
        now => now.Status is CampaignStatus.InReview or CampaignStatus.Scheduled ? now with { Status = CampaignStatus.Launching, Undoing = true, Because = because } : now,
        cancellationToken);

    /// <summary>Null when it cannot be written: then it is paused all the same, and whoever pulls the brake pulls it again.</summary>
    private async Task<Campaign?> NotedAsync(Campaign launch, string because, bool runs, CancellationToken cancellationToken)
    {
        try
        {
            return await campaigns.ChangeAsync(
                launch.Id,
                now => now switch
                {
                    { Status: CampaignStatus.Launching, Undoing: false } => now with { Undoing = true, Because = because },

                    // Undone before, and running all the same: there is something to undo once more.
                    { Status: CampaignStatus.Failed } when runs => now with { Status = CampaignStatus.Launching, Undoing = true, Because = because },
                    _ => now,
                },
                cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotNoted(launch.Id, fault.Message);
            return null;
        }
    }

    /// <summary>What was activated, or may have been; null when it is known that nothing runs.</summary>
    private async Task<ExternalId?> FindActivatedAsync(Campaign launch, CancellationToken cancellationToken)
    {
        try
        {
            return await intents.FindAsync(LaunchSteps.KeyOf(launch, LaunchSteps.Activation), cancellationToken) is { Command: NetworkCommand.Activate activate } activation
                && !IsKnownNotToRun(activation) ? activate.Target : null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotNoted(launch.Id, fault.Message);
            return launch.Network.Campaign;
        }
    }

    private static bool IsKnownNotToRun(CommandIntent activation) =>
        activation.State is IntentState.Planned or IntentState.Refused or IntentState.TakenBack
        || activation is { State: IntentState.Failed, Fault: FaultKind.Rejected or FaultKind.NotFound or FaultKind.Unauthorized or FaultKind.RateLimited };

    private async Task<bool> IsPausedAsync(Campaign launch, ExternalId target, string because, CancellationToken cancellationToken)
    {
        var pause = new NetworkCommand.Pause(launch.Account, launch.Id, target);
        var step = $"brake/{Guid.CreateVersion7():N}";
        return await Bounded.RunAsync(token => steps.SendAsync(launch, pause, step, because, token), SafetyLimits.PauseTimeout, machine, cancellationToken)
            is CommandOutcome.Confirmed;
    }

    [LoggerMessage(EventId = 129, Level = LogLevel.Critical, Message = "The launch {Campaign} is taken back, but that cannot be noted: {Says}")]
    private partial void NotNoted(CampaignId campaign, string says);
}
