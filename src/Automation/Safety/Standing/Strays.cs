using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety.Standing;

/// <summary>
/// What an account shows as running although our record says that it is at rest: somebody switched it on there, a pause got lost, an
/// activation took effect without an answer. Whatever carries our mark is dealt with; what carries none is not ours to touch.
/// </summary>
public sealed partial class Strays(
    ICampaignStore campaigns, IIntentStore intents, IAdNetworkDirectory networks, StrayActs acts, Orphans orphans, TimeProvider machine, ILogger<Strays> logger)
{
    private const int AtOnce = 16;

    /// <summary>Deals with them, and returns those that the rules have to judge now.</summary>
    /// <param name="watched">What the sweep judges anyway.</param>
    public async Task<IReadOnlyList<Campaign>> FindAsync(
        AdAccount account, NetworkMode mode, AccountReading reading, IReadOnlyCollection<Campaign> watched, CancellationToken cancellationToken)
    {
        var known = watched.Select(campaign => campaign.Id).ToHashSet();
        var running = reading.Campaigns.Values
            .Select(performance => performance.Settings)
            .Where(shown => shown is { MayDeliver: true, Ours: { } ours } && !known.Contains(ours))
            .ToList();
        var judged = new ConcurrentBag<Campaign>();
        await Parallel.ForEachAsync(
            running,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (shown, token) =>
            {
                if (await TryFindAsync(account, mode, shown, token) is { } stray)
                    judged.Add(stray);
            });

        await orphans.CloseAsync(account, [.. running.Select(shown => shown.Ours!.Value)], cancellationToken);
        return [.. judged];
    }

    private async Task<Campaign?> TryFindAsync(AdAccount account, NetworkMode mode, NetworkCampaign shown, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(account, mode, shown, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotDealtWith(shown.Name, account.Id, fault);
            return null;
        }
    }

    private async Task<Campaign?> FindAsync(AdAccount account, NetworkMode mode, NetworkCampaign shown, CancellationToken cancellationToken)
    {
        var campaign = await campaigns.FindAsync(shown.Ours!.Value, cancellationToken);
        if (campaign is { MaySpend: true } || (campaign is not null && campaign.Mode != mode))
            return null;

        // The reading may be older than our record: only what is so now, after the record was looked up, counts.
        if (await NowAsync(account, mode, shown, cancellationToken) is not { MayDeliver: true } now)
            return null;

        if (campaign is null || (campaign.Network.Campaign is { } kept && kept != shown.Id))
        {
            await orphans.TellAsync(account, mode, now, cancellationToken);
            return null;
        }

        if (campaign.Network.Campaign is null)
            campaign = await campaigns.ChangeAsync(campaign.Id, found => found with { Network = found.Network with { Campaign = found.Network.Campaign ?? now.Id } }, cancellationToken);

        return await acts.DealWithAsync(campaign, now, await IsBeingActivatedAsync(campaign, cancellationToken), cancellationToken);
    }

    private async Task<NetworkCampaign?> NowAsync(AdAccount account, NetworkMode mode, NetworkCampaign shown, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(SafetyLimits.ReadTimeout, machine);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        return await networks.ForSafety(account, mode).FindCampaignAsync(account, shown.Id, linked.Token).WaitAsync(linked.Token);
    }

    /// <summary>A person or the schedule lets it run in this very moment; what they do is settled by them.</summary>
    private async Task<bool> IsBeingActivatedAsync(Campaign campaign, CancellationToken cancellationToken) => (await intents.OpenAsync(cancellationToken))
        .Any(intent => intent.Command is NetworkCommand.Activate && intent.Command.Campaign == campaign.Id);

    [LoggerMessage(EventId = 225, Level = LogLevel.Error, Message = "\"{Name}\" runs at {Account} and could not be dealt with; tried again with the next sweep.")]
    private partial void NotDealtWith(string name, AdAccountId account, Exception fault);
}
