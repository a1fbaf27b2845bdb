using System.Collections.Concurrent;
using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>One pass over everything that may be spending.</summary>
/// <param name="At">Campaign time at its end.</param>
/// <param name="Judged">Campaigns that the rules spoke about.</param>
/// <param name="Accounts">Accounts that were to be read.</param>
/// <param name="Failed">Accounts of these that did not answer.</param>
/// <param name="Took">On the machine's clock.</param>
public sealed record SweepReport(DateTimeOffset At, int Judged, int Total, int Accounts, int Failed, TimeSpan Took);

/// <summary>
/// Every few seconds of campaign time: reads every account in parallel, lets every rule speak about every campaign, AI-managed or
/// not, and has the breaches carried out. One campaign's fault never costs another its turn. Sweeps may overlap, an account's never do: one
/// that hangs is left out, and counts as failed, until it answers.
/// </summary>
public sealed partial class EmergencyMonitor(
    ICampaignStore campaigns, IAdAccounts accounts, Observer observer, SafetyPanel panel, EmergencyStop stop, TrackingWatch tracking, IActivityFeed feed,
    ISettingsStore settings, CampaignClock clock, TimeProvider machine, ILogger<EmergencyMonitor> logger)
{
    public const string Heartbeat = "last-sweep";
    private const int AccountsAtOnce = 64;
    private const int CampaignsAtOnce = 16;

    private readonly ConcurrentDictionary<AdAccountId, bool> _underWay = new();
    private readonly ConcurrentDictionary<(CampaignId, RuleId), AccountDay> _warned = new();
    private ImmutableArray<Campaign> _lastActive = [];

    /// <summary>The last sweep of this process, or null before the first.</summary>
    public SweepReport? LastSweep { get; private set; }

    /// <summary>Sweeps once: every account that no earlier sweep is still waiting for.</summary>
    public async Task<SweepReport> SweepAsync(CancellationToken cancellationToken)
    {
        var started = machine.GetTimestamp();
        await stop.BeginSweepAsync(cancellationToken);
        var watched = await WatchedAsync(cancellationToken);
        var groups = watched.GroupBy(campaign => campaign.Account).ToList();
        int judged = 0, failed = 0;

        await Parallel.ForEachAsync(
            groups,
            new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = cancellationToken },
            async (group, token) =>
            {
                if (await SweepAccountAsync(group.Key, [.. group], token) is not { } seen)
                    Interlocked.Increment(ref failed);
                else
                    Interlocked.Add(ref judged, seen);
            });

        await stop.TendAsync(cancellationToken);
        var report = new SweepReport(clock.GetUtcNow(), judged, watched.Length, groups.Count, failed, machine.GetElapsedTime(started));
        LastSweep = report;
        await KeepAsync(report, cancellationToken);
        return report;
    }

    /// <summary>How many campaigns were judged, or null when the account did not answer or is still being waited for.</summary>
    private async Task<int?> SweepAccountAsync(AdAccountId account, IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken)
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

    /// <summary>What may be spending, and what was stopped and must be seen to stay so. When the database is locked: the last list.</summary>
    private async Task<ImmutableArray<Campaign>> WatchedAsync(CancellationToken cancellationToken)
    {
        try
        {
            var active = await campaigns.MaySpendAsync(cancellationToken);
            var stopped = await stop.StoppedAsync(cancellationToken);
            return _lastActive = [.. active.Concat(stopped).DistinctBy(campaign => campaign.Id)];
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            FromMemory(_lastActive.Length, fault);
            return _lastActive;
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
                await stop.WatchStoppedAsync(now, cancellationToken);
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

    private async Task KeepAsync(SweepReport report, CancellationToken cancellationToken)
    {
        try
        {
            await settings.SetAsync(WorkspaceId.Local, Heartbeat, report, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotKept(fault.Message);
        }
    }

    [LoggerMessage(EventId = 220, Level = LogLevel.Critical, Message = "The campaigns cannot be listed; the last {Count} known ones are watched from memory.")]
    private partial void FromMemory(int count, Exception fault);

    [LoggerMessage(EventId = 221, Level = LogLevel.Error, Message = "Account {Account} was not swept.")]
    private partial void AccountFailed(AdAccountId account, Exception fault);

    [LoggerMessage(EventId = 222, Level = LogLevel.Error, Message = "Campaign {Campaign} was not judged in this sweep.")]
    private partial void NotJudged(CampaignId campaign, Exception fault);

    [LoggerMessage(EventId = 223, Level = LogLevel.Warning, Message = "The heartbeat could not be kept: {Says}")]
    private partial void NotKept(string says);
}
