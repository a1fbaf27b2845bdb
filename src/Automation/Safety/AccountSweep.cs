using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>One account's part of a sweep: read once, every campaign judged. One campaign's fault never costs another its turn.</summary>
public sealed partial class AccountSweep(
    IAdAccounts accounts, Observer observer, SafetyPanel panel, EmergencyStop stop, StopKeeper keeper, TrackingWatch tracking, IActivityFeed feed, ILogger<AccountSweep> logger)
{
    private const int CampaignsAtOnce = 16;

    private readonly ConcurrentDictionary<AdAccountId, bool> _underWay = new();
    private readonly ConcurrentDictionary<(CampaignId, RuleId), AccountDay> _warned = new();

    /// <summary>How many campaigns were judged, or null when the account did not answer or is still being waited for.</summary>
    public async Task<int?> SweepAsync(AdAccountId account, IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken)
    {
        if (!_underWay.TryAdd(account, true))
            return null;

        try
        {
            var observations = await tracking.WatchAsync(await ObserveAsync(account, campaigns, cancellationToken), cancellationToken);
            var judged = 0;
            await Parallel.ForEachAsync(
                observations,
                new ParallelOptions { MaxDegreeOfParallelism = CampaignsAtOnce, CancellationToken = cancellationToken },
                async (observation, token) =>
                {
                    if (await JudgeAsync(observation, token))
                        Interlocked.Increment(ref judged);
                });
            return observations.Count == 0 || observations[0].FailuresInARow > 0 ? null : judged;
        }
        finally
        {
            _underWay.TryRemove(account, out _);
        }
    }

    private async Task<IReadOnlyList<Observation>> ObserveAsync(AdAccountId id, IReadOnlyList<Campaign> group, CancellationToken cancellationToken)
    {
        try
        {
            return await observer.ObserveAsync(await accounts.GetAsync(id, cancellationToken), group, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            AccountFailed(id, fault);
            return [];
        }
    }

    private async Task<bool> JudgeAsync(Observation now, CancellationToken cancellationToken)
    {
        try
        {
            if (now.Campaign.Status == CampaignStatus.Stopped)
            {
                await keeper.WatchStoppedAsync(now, cancellationToken);
                return true;
            }

            var verdicts = panel.Judge(now);
            foreach (var warning in verdicts.OfType<SafetyVerdict.Warning>())
                await WarnAsync(now, warning, cancellationToken);

            await stop.CarryOutAsync(now, verdicts, cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotJudged(now.Campaign.Id, fault);
            return false;
        }
    }

    /// <summary>Said once a day for each campaign and rule. Late figures alone are shown on the card, not told.</summary>
    private async Task WarnAsync(Observation now, SafetyVerdict.Warning warning, CancellationToken cancellationToken)
    {
        var key = (now.Campaign.Id, warning.Rule);
        if (now.State == DataState.Late && warning.Evidence.Measure == "age of the figures" || _warned.GetValueOrDefault(key) == now.Today)
            return;

        _warned[key] = now.Today;
        await feed.PublishAsync(
            new FeedEvent(
                0, now.Now, now.Campaign.Workspace, now.Campaign.Account, now.Campaign.Id, now.Campaign.Name, FeedKind.Note, Severity.Medium,
                $"close to a limit: {warning.Rule}", $"{warning.Evidence.Measure} {warning.Evidence.Measured}, limit {warning.Evidence.Limit}", PersonId.Monitor),
            cancellationToken);
    }

    [LoggerMessage(EventId = 221, Level = LogLevel.Error, Message = "Account {Account} was not swept.")]
    private partial void AccountFailed(AdAccountId account, Exception fault);

    [LoggerMessage(EventId = 222, Level = LogLevel.Error, Message = "Campaign {Campaign} was not judged in this sweep.")]
    private partial void NotJudged(CampaignId campaign, Exception fault);
}
