using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Standing;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety.Observing;

/// <summary>What one look at an account gave.</summary>
/// <param name="Answered">Every read of it succeeded.</param>
/// <param name="AskAgain">One that failed may succeed in a moment.</param>
/// <param name="News">What is to be kept of it.</param>
public sealed record AccountLook(
    IReadOnlyList<Observation> Observations, ImmutableDictionary<NetworkMode, AccountReading> Readings, bool Answered, bool AskAgain, IReadOnlyList<KeptReading> News);

/// <summary>
/// Looks at the networks: one read answers for all campaigns of an account and mode. Keeps what changed, and holds
/// the last days of every campaign in memory, rebuilt from the store after a restart.
/// </summary>
public sealed partial class Observer(
    IAdAccounts accounts, IAdNetworkDirectory networks, ReadingWindows windows, StatusReconciler reconciler, CampaignClock clock, AccountReader reader, ILogger<Observer> logger)
{
    private readonly Turnstile _accounts = new();

    /// <summary>Reads the account once and builds one observation for each campaign; a failed read shows in every one of them.</summary>
    public Task<IReadOnlyList<Observation>> ObserveAsync(AdAccount account, IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken) =>
        ObserveAsync(account, campaigns, networks.ForSafety, cancellationToken);

    /// <summary>The same for whoever can wait while the network wants to be left alone.</summary>
    public Task<IReadOnlyList<Observation>> ObserveInTurnAsync(AdAccount account, IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken) =>
        ObserveAsync(account, campaigns, networks.For, cancellationToken);

    /// <summary>The same for a sweep, which reads the account also where nothing of ours should run: what runs all the same stands in the readings.</summary>
    /// <returns>Nothing of it is kept yet: a stop must not wait for that. <see cref="KeepAsync"/> does when everything is judged.</returns>
    /// <param name="isSecondLook">A read that failed in this sweep is tried again: when it fails once more nothing is new, and it counts as one failure with the first.</param>
    public Task<AccountLook> SweepAsync(AdAccount account, IReadOnlyList<Campaign> campaigns, bool isSecondLook, CancellationToken cancellationToken) => LookAsync(
        account, campaigns, [.. campaigns.Select(campaign => campaign.Mode).Append(account.Mode).Distinct()], networks.ForSafety, isSecondLook, cancellationToken);

    /// <summary>Observations from a reading that is at hand.</summary>
    public async Task<IReadOnlyList<Observation>> ObserveAsync(
        AdAccount account, IReadOnlyList<Campaign> campaigns, AccountReading? reading, CancellationToken cancellationToken)
    {
        using var turn = await _accounts.EnterAsync(account.Id.Value, cancellationToken);
        var (observations, news) = await BuildAsync(account, campaigns, reading, cancellationToken);
        await windows.KeepAsync(account, news, cancellationToken);
        return observations;
    }

    public Task KeepAsync(AdAccount account, AccountLook look, CancellationToken cancellationToken) => windows.KeepAsync(account, look.News, cancellationToken);

    private async Task<IReadOnlyList<Observation>> ObserveAsync(
        AdAccount account, IReadOnlyList<Campaign> campaigns, Func<AdAccount, NetworkMode, IAdNetwork> door, CancellationToken cancellationToken)
    {
        var look = await LookAsync(account, campaigns, [.. campaigns.Select(campaign => campaign.Mode).Distinct()], door, false, cancellationToken);
        await KeepAsync(account, look, cancellationToken);
        return look.Observations;
    }

    private async Task<AccountLook> LookAsync(
        AdAccount account, IReadOnlyList<Campaign> campaigns, ImmutableArray<NetworkMode> modes, Func<AdAccount, NetworkMode, IAdNetwork> door,
        bool isSecondLook, CancellationToken cancellationToken)
    {
        using var turn = await _accounts.EnterAsync(account.Id.Value, cancellationToken);
        var observations = new List<Observation>(campaigns.Count);
        var news = new List<KeptReading>();
        var readings = ImmutableDictionary.CreateBuilder<NetworkMode, AccountReading>();
        var askAgain = false;
        foreach (var mode in modes)
        {
            var (reading, mayAnswerSoon) = await reader.ReadAsync(account, mode, door, isSecondLook, cancellationToken);
            askAgain |= mayAnswerSoon;
            if (reading is not null)
                readings[mode] = reading;
            else if (isSecondLook)
                continue;

            var built = await BuildAsync(account, [.. campaigns.Where(campaign => campaign.Mode == mode)], reading, cancellationToken);
            observations.AddRange(built.Observations);
            news.AddRange(built.News);
        }

        return new AccountLook(observations, readings.ToImmutable(), readings.Count == modes.Length, askAgain, news);
    }

    private async Task<(IReadOnlyList<Observation> Observations, IReadOnlyList<KeptReading> News)> BuildAsync(
        AdAccount account, IReadOnlyList<Campaign> campaigns, AccountReading? reading, CancellationToken cancellationToken)
    {
        var observations = new List<Observation>(campaigns.Count);
        var news = new List<KeptReading>();
        foreach (var campaign in campaigns)
        {
            if (await TryObserveAsync(account, campaign, reading, news, cancellationToken) is { } observation)
                observations.Add(observation);
        }

        return (observations, news);
    }

    /// <summary>The newest good reading in memory; null when there was none since the start.</summary>
    public PerformanceReading? LastSeen(CampaignId campaign) => windows.Of(campaign).Newest;

    /// <summary>What is known without asking the network.</summary>
    public async Task<Observation> LatestAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(campaign.Account, cancellationToken);
        await windows.LoadAsync(campaign, account, cancellationToken);
        return await BuildAsync(campaign, account, cancellationToken);
    }

    /// <summary>
    /// What is known without asking the network, as long as the monitor watches the campaign. One that nobody watches, since a person paused
    /// it, is looked at once: what was known at its pause only grows old.
    /// </summary>
    public async Task<Observation> PresentAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        if (campaign.Status != CampaignStatus.Paused)
            return await LatestAsync(campaign, cancellationToken);

        var account = await accounts.GetAsync(campaign.Account, cancellationToken);
        return await ObserveInTurnAsync(account, [campaign], cancellationToken) is [var seen] ? seen : await LatestAsync(campaign, cancellationToken);
    }

    /// <param name="news">What is to be kept is added to it.</param>
    private async Task<Observation?> TryObserveAsync(
        AdAccount account, Campaign campaign, AccountReading? reading, List<KeptReading> news, CancellationToken cancellationToken)
    {
        try
        {
            await windows.LoadAsync(campaign, account, cancellationToken);
            if (reading is not null && campaign.Network.Campaign is { } id && reading.Campaigns.TryGetValue(id, out var performance))
            {
                if (windows.Take(campaign.Id, account, performance) is { } changed)
                    news.Add(changed);

                campaign = await reconciler.ReconcileAsync(campaign, performance.Settings, cancellationToken);
            }

            return await BuildAsync(campaign, account, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotObserved(campaign.Id, fault);
            return null;
        }
    }

    private async Task<Observation> BuildAsync(Campaign campaign, AdAccount account, CancellationToken cancellationToken)
    {
        var standing = await reader.StandingAsync(account.Id, campaign.Mode, cancellationToken);
        return Assemble(campaign, account, networks.Profile(account.Network), clock.GetUtcNow(), standing, windows.Of(campaign.Id));
    }

    /// <summary>What is known of a campaign at a moment, from what was kept of its readings. Pure.</summary>
    public static Observation Assemble(Campaign campaign, AdAccount account, NetworkProfile profile, DateTimeOffset now, ReadStanding standing, ReadingWindow seen)
    {
        var state = seen.Oddity is null
            ? Freshness.Judge(seen.Newest, now, profile, standing.FailuresInARow)
            : DataState.Impossible;
        if (state == DataState.Fresh && now - standing.UnseenSince > SafetyLimits.LongestBetweenPasses)
            state = DataState.Late;

        var today = account.DayAt(now);
        return new Observation(
            campaign, account, profile, now, state, seen.Newest, seen.History,
            [.. seen.Days.Where(day => day.Day < today)], standing.FailuresInARow, standing.UnseenSince)
        {
            StateBecause = seen.Oddity,
            Spent = seen.Spent,
        };
    }

    [LoggerMessage(EventId = 211, Level = LogLevel.Error, Message = "Campaign {Campaign} could not be observed.")]
    private partial void NotObserved(CampaignId campaign, Exception fault);
}
