using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creation;

/// <summary>The steps of a launch, in order.</summary>
public enum LaunchStep
{
    Prepare,
    Upload,
    Campaign,
    AdSet,
    Ads,
    ReadBack,
    Activate,
}

/// <summary>Where a launch stands, for the message that is edited in place. Told while it happens; not kept.</summary>
public sealed record LaunchStanding(Campaign Campaign, LaunchStep Step);

/// <summary>Somebody who shows the steps of a launch while they happen. Must not fail a launch: faults stay inside.</summary>
public interface ILaunchWatcher
{
    Task SeeAsync(LaunchStanding standing, CancellationToken cancellationToken);
}

/// <summary>Tells people how a launch goes: steps to whoever watches, results to the feed and to where the campaign's people want to hear of them.</summary>
public sealed class LaunchReporter(IActivityFeed feed, ILaunchWatcher watcher, LaunchNotice notice, IAdAccounts accounts, CampaignClock clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public Task StepAsync(Campaign campaign, LaunchStep step, CancellationToken cancellationToken) =>
        watcher.SeeAsync(new LaunchStanding(campaign, step), cancellationToken);

    /// <param name="start">When the network lets it begin; null is at once.</param>
    public async Task LaunchedAsync(Campaign campaign, DateTimeOffset? start, CancellationToken cancellationToken) => await EndAsync(
        campaign,
        campaign.Status == CampaignStatus.Rejected ? Severity.High : Severity.Medium,
        campaign.Status switch
        {
            CampaignStatus.Active => $"running at {Budget(campaign)}",
            CampaignStatus.Scheduled => $"scheduled for {await accounts.InAsync(campaign.Account, start ?? Now, cancellationToken)} at {Budget(campaign)}",
            CampaignStatus.InReview => $"in review by the network, {Budget(campaign)} once approved",
            _ => $"rejected by the network: {campaign.Because}",
        },
        $"launched by {campaign.CreatedBy}",
        cancellationToken);

    private static string Budget(Campaign campaign) => campaign.Spec.Budget.Type == BudgetType.Daily
        ? $"{campaign.DailyBudget} a day"
        : BudgetWords.Of(BudgetType.Lifetime, campaign.Spec.Budget.Amount, campaign.DailyBudget);

    public Task UndoneAsync(Campaign campaign, string because, CancellationToken cancellationToken) =>
        EndAsync(campaign, Severity.High, "launch undone, nothing is running", because, cancellationToken);

    public Task WaitsForChoiceAsync(Campaign campaign, CancellationToken cancellationToken) => EndAsync(
        campaign,
        Severity.High,
        $"{campaign.RefusedAds.Length} of {campaign.RefusedAds.Length + campaign.Network.Ads.Length} ads refused, nothing is running yet",
        $"{string.Join("; ", campaign.RefusedAds.Select(ad => $"{ad.FileName}: {ad.Why}"))} — say \"go on {campaign.Handle}\" to launch the others or \"undo launch {campaign.Handle}\"",
        cancellationToken);

    public Task WaitsForNetworkAsync(Campaign campaign, string because, CancellationToken cancellationToken) =>
        PublishAsync(campaign, Severity.Medium, "launch waits for the network and goes on by itself", because, cancellationToken);

    private async Task EndAsync(Campaign campaign, Severity severity, string action, string reason, CancellationToken cancellationToken)
    {
        await PublishAsync(campaign, severity, action, reason, cancellationToken);
        await notice.TellAsync(campaign, severity, action, reason, cancellationToken);
    }

    private Task<FeedEvent> PublishAsync(Campaign campaign, Severity severity, string action, string reason, CancellationToken cancellationToken) =>
        feed.PublishAsync(
            new FeedEvent(
                0, clock.GetUtcNow(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, FeedKind.Launch, severity, action, reason,
                campaign.CreatedBy, Simulated: campaign.IsSimulated),
            cancellationToken);
}
