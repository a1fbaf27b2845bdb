using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety.Standing;

/// <summary>What has to be looked after. When the database cannot be read, the last list counts: a stop does not wait for it.</summary>
public sealed partial class WatchList(ICampaignStore campaigns, IAdAccounts accounts, StopKeeper keeper, JournalStanding journal, ILogger<WatchList> logger)
{
    private ImmutableArray<Campaign> _last = [];
    private ImmutableArray<Campaign> _lastLaunches = [];
    private ImmutableArray<AdAccountId> _lastAccounts = [];

    /// <summary>What may be spending, and what was stopped and must be seen to stay so. When the database is locked: the last list.</summary>
    public async Task<ImmutableArray<Campaign>> WatchedAsync(CancellationToken cancellationToken)
    {
        try
        {
            var active = await campaigns.MaySpendAsync(cancellationToken);
            var stopped = await keeper.StoppedAsync(cancellationToken);
            return _last = [.. active.Concat(stopped).DistinctBy(campaign => campaign.Id)];
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotListed(_last.Length, fault);
            return _last;
        }
    }

    /// <summary>Accounts in which something of ours stands, running or not; one that is no longer configured cannot be looked at.</summary>
    public async Task<IReadOnlyList<AdAccountId>> AccountsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var configured = (await accounts.AllAsync(cancellationToken)).Select(account => account.Id);
            return _lastAccounts = [.. (await campaigns.AccountsAsync(cancellationToken)).Intersect(configured)];
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotListed(_last.Length, fault);
            return _lastAccounts;
        }
    }

    /// <summary>What may be spending by our record.</summary>
    public async Task<IReadOnlyList<Campaign>> SpendersAsync(CancellationToken cancellationToken) =>
        [.. (await WatchedAsync(cancellationToken)).Where(campaign => campaign.MaySpend)];

    /// <summary>Launches under way, at whatever step.</summary>
    public async Task<IReadOnlyList<Campaign>> LaunchesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _lastLaunches = [.. await campaigns.LaunchingAsync(cancellationToken)];
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotListed(_lastLaunches.Length, fault);
            return _lastLaunches;
        }
    }

    private void NotListed(int known, Exception fault)
    {
        journal.NotRead();
        FromMemory(known, fault);
    }

    [LoggerMessage(EventId = 220, Level = LogLevel.Critical, Message = "The campaigns cannot be listed; the last {Count} known ones are watched from memory.")]
    private partial void FromMemory(int count, Exception fault);
}
