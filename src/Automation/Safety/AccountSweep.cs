using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Standing;
using ChatOpsCampaigns.Automation.Safety.Tracking;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>What came of one account in a sweep.</summary>
/// <param name="Judged">Campaigns that the rules spoke about, strays among them.</param>
/// <param name="Strays">Campaigns that were to be at rest and had to be judged all the same.</param>
/// <param name="Answered">Every read succeeded.</param>
/// <param name="AskAgain">A read that failed may succeed in a moment.</param>
public sealed record AccountSwept(int Judged, int Strays, bool Answered, bool AskAgain = false)
{
    public static readonly AccountSwept Silent = new(0, 0, false);
}

/// <summary>One account's part of a sweep: read once, every campaign judged, and what runs although it should not. One campaign's fault never costs another its turn.</summary>
public sealed partial class AccountSweep(
    IAdAccounts accounts, Observer observer, CampaignJudge judge, Strays strays, TrackingWatch tracking, ILogger<AccountSweep> logger)
{
    private const int CampaignsAtOnce = 16;

    private readonly ConcurrentDictionary<AdAccountId, bool> _underWay = new();

    /// <summary>An account that an earlier sweep still waits for is silent.</summary>
    public async Task<AccountSwept> SweepAsync(AdAccountId account, IReadOnlyList<Campaign> campaigns, bool isSecondLook, CancellationToken cancellationToken)
    {
        if (!_underWay.TryAdd(account, true))
            return AccountSwept.Silent;

        try
        {
            return await LookAsync(await accounts.GetAsync(account, cancellationToken), campaigns, isSecondLook, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            AccountFailed(account, fault);
            return AccountSwept.Silent;
        }
        finally
        {
            _underWay.TryRemove(account, out _);
        }
    }

    private async Task<AccountSwept> LookAsync(AdAccount account, IReadOnlyList<Campaign> campaigns, bool isSecondLook, CancellationToken cancellationToken)
    {
        var look = await observer.SweepAsync(account, campaigns, isSecondLook, cancellationToken);
        try
        {
            return await JudgeAsync(account, campaigns, look, cancellationToken);
        }
        finally
        {
            await observer.KeepAsync(account, look, cancellationToken);
        }
    }

    private async Task<AccountSwept> JudgeAsync(AdAccount account, IReadOnlyList<Campaign> campaigns, AccountLook look, CancellationToken cancellationToken)
    {
        var judged = await JudgeAsync(await tracking.WatchAsync(look.Observations, cancellationToken), cancellationToken);
        var found = 0;
        foreach (var (mode, reading) in look.Readings)
        {
            var astray = await strays.FindAsync(account, mode, reading, campaigns, cancellationToken);
            found += astray.Count;
            judged += await JudgeAsync(await observer.ObserveAsync(account, astray, reading, cancellationToken), cancellationToken);
        }

        return new AccountSwept(judged, found, look.Answered, look.AskAgain);
    }

    private async Task<int> JudgeAsync(IReadOnlyList<Observation> observations, CancellationToken cancellationToken)
    {
        var judged = 0;
        var held = await judge.HeldAsync([.. observations.Select(one => one.Campaign.Id)], cancellationToken);
        await Parallel.ForEachAsync(
            observations,
            new ParallelOptions { MaxDegreeOfParallelism = CampaignsAtOnce, CancellationToken = cancellationToken },
            async (observation, token) =>
            {
                if (await TryJudgeAsync(observation, held.Contains(observation.Campaign.Id), token))
                    Interlocked.Increment(ref judged);
            });
        return judged;
    }

    private async Task<bool> TryJudgeAsync(Observation now, bool isHeld, CancellationToken cancellationToken)
    {
        try
        {
            await judge.JudgeAsync(now, isHeld, cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotJudged(now.Campaign.Id, fault);
            return false;
        }
    }

    [LoggerMessage(EventId = 221, Level = LogLevel.Error, Message = "Account {Account} was not swept.")]
    private partial void AccountFailed(AdAccountId account, Exception fault);

    [LoggerMessage(EventId = 222, Level = LogLevel.Error, Message = "Campaign {Campaign} was not judged in this sweep.")]
    private partial void NotJudged(CampaignId campaign, Exception fault);
}
