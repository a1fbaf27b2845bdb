using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Commands.Looking;

/// <summary>Asks the network whether a command is so now. The only thing that makes an outcome "confirmed".</summary>
internal static class ReadBack
{
    /// <summary>The id when the network shows the wanted state, and how an activated campaign stands; null when it shows another one.</summary>
    public static async Task<CommandOutcome.Confirmed?> FindAsync(
        IAdNetwork network, AdAccount account, NetworkCommand command, CommandKey key, CancellationToken cancellationToken)
    {
        switch (command)
        {
            case { Creates: true }:
                return Of(await network.FindByKeyAsync(account, key, cancellationToken));

            case NetworkCommand.Activate activate:
                return await network.FindCampaignAsync(account, activate.Target, cancellationToken) is { } activated && IsDelivering(activated)
                    ? new CommandOutcome.Confirmed(activate.Target) { Shown = activated.Status }
                    : null;

            case NetworkCommand.Pause pause:
                return await IsAsync(pause.Target, campaign => IsAtRest(campaign.Status));

            case NetworkCommand.SetDailyBudget budget:
                return await IsAsync(budget.Target, campaign => campaign.DailyBudget == budget.To);

            case NetworkCommand.SetBid bid:
                return await IsAsync(bid.Target, campaign => campaign.Bid == bid.To);

            case NetworkCommand.PauseAd ad:
                return await AdIsAsync(ad.Target, IsAtRest);

            case NetworkCommand.ResumeAd ad:
                return await AdIsAsync(ad.Target, status => !IsAtRest(status) && status != NetworkStatus.Unknown);

            case NetworkCommand.Archive archive:
                var found = await network.FindCampaignAsync(account, archive.Target, cancellationToken);
                return found is null or { Status: NetworkStatus.Archived } ? Of(archive.Target) : null;

            default:
                throw new InvalidOperationException($"{command.GetType().Name} cannot be read back.");
        }

        async Task<CommandOutcome.Confirmed?> IsAsync(ExternalId target, Func<NetworkCampaign, bool> wanted) =>
            await network.FindCampaignAsync(account, target, cancellationToken) is { } campaign && wanted(campaign) ? Of(target) : null;

        // The ad's id is "{campaign}/{ad}"; the campaign's answer lists its ads.
        async Task<CommandOutcome.Confirmed?> AdIsAsync(ExternalId target, Func<NetworkStatus, bool> wanted)
        {
            var campaign = await network.FindCampaignAsync(account, ParentOf(target), cancellationToken);
            return campaign?.Ads.FirstOrDefault(ad => ad.Id == target) is { } ad && wanted(ad.Status) ? Of(target) : null;
        }
    }

    private static CommandOutcome.Confirmed? Of(ExternalId? id) => id is { } known ? new CommandOutcome.Confirmed(known) : null;

    private static bool IsDelivering(NetworkCampaign campaign) =>
        campaign.Status is NetworkStatus.Active or NetworkStatus.Scheduled or NetworkStatus.InReview;

    private static bool IsAtRest(NetworkStatus status) =>
        status is NetworkStatus.Paused or NetworkStatus.Archived or NetworkStatus.Ended or NetworkStatus.Rejected;

    private static ExternalId ParentOf(ExternalId ad) => new(ad.Value.Split('/')[0]);
}
