using System.Collections.Concurrent;
using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety.Observing;

/// <summary>The last days of one campaign as the rules see them.</summary>
/// <param name="Newest">The last good reading, with the newest settings; its time is when its numbers last changed.</param>
/// <param name="Oddity">Why the newest figures cannot be; null when they can.</param>
public sealed record ReadingWindow(
    PerformanceReading? Newest, ImmutableArray<KeptReading> History, ImmutableArray<DayFigures> Days, string? Oddity)
{
    public static readonly ReadingWindow Empty = new(null, [], [], null);

    /// <summary>Spend of every kept day since the launch, the highest seen.</summary>
    public ImmutableSortedDictionary<AccountDay, Money> Spent { get; init; } = ImmutableSortedDictionary<AccountDay, Money>.Empty;
}

/// <summary>Keeps changed readings, in memory and in the store. A store that cannot be written delays no judgement.</summary>
public sealed partial class ReadingWindows(IReadingStore store, CampaignClock clock, ILogger<ReadingWindows> logger)
{
    /// <summary>Days of a campaign that the rules compare with.</summary>
    private const int DaysBack = 30;

    /// <summary>Older than this, one reading in a quarter of an hour is enough.</summary>
    private static readonly TimeSpan FullDetail = TimeSpan.FromHours(6);

    private readonly ConcurrentDictionary<CampaignId, ReadingWindow> _windows = new();
    private readonly ConcurrentDictionary<CampaignId, bool> _loaded = new();

    /// <summary>Campaigns whose revenue was said to be in another currency; said once.</summary>
    private readonly ConcurrentDictionary<CampaignId, Values.Currency> _told = new();

    public ReadingWindow Of(CampaignId campaign) => _windows.GetValueOrDefault(campaign, ReadingWindow.Empty);

    /// <summary>Fills the window from the store once; while that cannot be read, it is tried again and what was seen meanwhile is kept.</summary>
    public async Task LoadAsync(Campaign campaign, AdAccount account, CancellationToken cancellationToken)
    {
        if (_loaded.ContainsKey(campaign.Id))
            return;

        try
        {
            var now = clock.GetUtcNow();
            var kept = await store.SinceAsync(campaign.Id, now - SafetyLimits.Window, cancellationToken);
            var recent = new AccountDay(account.DayAt(now).Date.AddDays(-DaysBack));
            var first = campaign.LifetimeBudget is not null && account.DayAt(campaign.LaunchedAt ?? campaign.CreatedAt) is var launch && launch < recent ? launch : recent;
            var days = await store.DaysAsync(campaign.Id, first, cancellationToken);
            var stored = (kept.Count == 0 ? ReadingWindow.Empty : new ReadingWindow(kept[^1].Reading, [.. kept.SkipLast(1)], [], null)) with
            {
                Days = [.. days.Where(day => day.Day >= recent)],
                Spent = days.ToImmutableSortedDictionary(day => day.Day, day => day.Spend),
            };
            _windows.AddOrUpdate(campaign.Id, stored, (_, seen) => Joined(campaign.Id, stored, seen));
            _loaded[campaign.Id] = true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotLoaded(campaign.Id, fault.Message);
        }
    }

    /// <summary>What was stored before, and then what was seen while it could not be read.</summary>
    private static ReadingWindow Joined(CampaignId campaign, ReadingWindow stored, ReadingWindow seen)
    {
        var since = seen.History.IsEmpty ? seen.Newest?.ReadAt : seen.History[0].ReadAt;
        var before = stored.Newest is { } newest ? stored.History.Add(new KeptReading(campaign, newest.ReadAt, newest)) : stored.History;
        return seen with
        {
            Newest = seen.Newest ?? stored.Newest,
            History = [.. before.Where(kept => since is null || kept.ReadAt < since), .. seen.History],
            Days = [.. stored.Days.Where(day => seen.Days.All(known => known.Day != day.Day)), .. seen.Days],
            Spent = seen.Spent.Aggregate(stored.Spent, (all, day) => WithHighest(all, day.Key, day.Value)),
        };
    }

    /// <summary>
    /// Takes a reading over; what is to be kept of it by <see cref="KeepAsync"/>, or null when nothing is new. Of figures that are older than the ones
    /// known, only how the campaign is set is taken, and a spend that is higher.
    /// </summary>
    public KeptReading? Take(CampaignId campaign, AdAccount account, PerformanceReading reading)
    {
        var before = Of(campaign);
        reading = InCurrencyOf(account, campaign, reading);
        if (before.Newest is { } known && reading.DataAsOf < known.DataAsOf)
        {
            var isPossible = Freshness.Oddity(reading, known, clock.GetUtcNow(), account.Currency) is null;
            _windows[campaign] = before with { Newest = known with { Settings = reading.Settings }, Spent = isPossible ? WithHighest(before.Spent, reading) : before.Spent };
            return null;
        }

        if (Freshness.Oddity(reading, before.Newest, clock.GetUtcNow(), account.Currency) is { } oddity)
        {
            _windows[campaign] = before with
            {
                Oddity = oddity,
                Newest = before.Newest is null ? null : before.Newest with { Settings = reading.Settings },
            };
            return null;
        }

        if (before.Newest is { } newest && IsSame(newest, reading))
        {
            _windows[campaign] = before with { Oddity = null, Newest = newest with { Settings = reading.Settings } };
            return null;
        }

        var history = before.Newest is null ? before.History : Thinned(before.History.Add(new KeptReading(campaign, before.Newest.ReadAt, before.Newest)));
        _windows[campaign] = new ReadingWindow(reading, history, WithDays(before.Days, reading), null)
        {
            Spent = WithHighest(before.Spent, reading),
        };
        return new KeptReading(campaign, reading.ReadAt, reading);
    }

    /// <summary>Keeps what is new of an account at once: a commit each would be waited for by the stops of the others.</summary>
    public async Task KeepAsync(AdAccount account, IReadOnlyList<KeptReading> news, CancellationToken cancellationToken)
    {
        if (news.Count == 0)
            return;

        try
        {
            await store.KeepAsync(account, news, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotKept(account.Id, news.Count, fault.Message);
        }
    }

    private static bool IsSame(PerformanceReading before, PerformanceReading now) =>
        before.Today == now.Today && before.Yesterday == now.Yesterday && before.DataAsOf == now.DataAsOf;

    /// <summary>What the next reading took back must stay known: caps count the highest.</summary>
    private static bool IsHighest(KeptReading before, KeptReading after) =>
        before.Reading.Today.Day == after.Reading.Today.Day && before.Reading.Today.Spend > after.Reading.Today.Spend;

    private ImmutableArray<KeptReading> Thinned(ImmutableArray<KeptReading> history)
    {
        var now = clock.GetUtcNow();
        var slot = long.MinValue;
        var thinned = ImmutableArray.CreateBuilder<KeptReading>(history.Length);
        foreach (var kept in history)
        {
            if (kept.ReadAt < now - SafetyLimits.Window)
                continue;

            if (!kept.Reading.Ads.IsEmpty)
                WithoutAds(thinned, kept.Reading.Today.Day);

            var mine = kept.ReadAt < now - FullDetail ? kept.ReadAt.Ticks / TimeSpan.FromMinutes(15).Ticks : kept.ReadAt.Ticks;
            if (mine == slot && thinned[^1].Reading.Ads.IsEmpty && !IsHighest(thinned[^1], kept))
                thinned.RemoveAt(thinned.Count - 1);

            slot = mine;
            thinned.Add(kept);
        }

        return thinned.ToImmutable();
    }

    /// <summary>Of each day the last figures of the ads are compared, and no others are held.</summary>
    private static void WithoutAds(ImmutableArray<KeptReading>.Builder thinned, AccountDay day)
    {
        for (var at = thinned.Count - 1; at >= 0 && thinned[at].Reading.Today.Day == day; at--)
        {
            if (thinned[at].Reading.Ads.IsEmpty)
                continue;

            thinned[at] = thinned[at] with { Reading = thinned[at].Reading with { Ads = [] } };
            return;
        }
    }

    /// <summary>What conversions are worth in another currency says nothing beside this one's spend: it is not known.</summary>
    private PerformanceReading InCurrencyOf(AdAccount account, CampaignId campaign, PerformanceReading reading)
    {
        var foreign = new[] { reading.Today, reading.Yesterday }.FirstOrDefault(day => day?.Revenue is { } revenue && revenue.Currency != account.Currency);
        if (foreign is null)
            return reading;

        if (_told.TryAdd(campaign, foreign.Revenue!.Value.Currency))
            ForeignRevenue(campaign, foreign.Revenue.Value.Currency, account.Currency);

        return reading with { Today = reading.Today with { Revenue = null }, Yesterday = reading.Yesterday is { } yesterday ? yesterday with { Revenue = null } : null };
    }

    private static ImmutableSortedDictionary<AccountDay, Money> WithHighest(ImmutableSortedDictionary<AccountDay, Money> spent, PerformanceReading reading) =>
        new[] { reading.Yesterday, reading.Today }.OfType<DayFigures>().Aggregate(spent, (all, figures) => WithHighest(all, figures.Day, figures.Spend));

    private static ImmutableSortedDictionary<AccountDay, Money> WithHighest(ImmutableSortedDictionary<AccountDay, Money> spent, AccountDay day, Money spend) =>
        spent.TryGetValue(day, out var known) && (known.Currency != spend.Currency || known >= spend) ? spent : spent.SetItem(day, spend);

    private static ImmutableArray<DayFigures> WithDays(ImmutableArray<DayFigures> days, PerformanceReading reading)
    {
        foreach (var figures in new[] { reading.Yesterday, reading.Today })
        {
            if (figures is null)
                continue;

            var at = days.ToList().FindIndex(day => day.Day == figures.Day);
            days = at >= 0 ? days.SetItem(at, figures) : days.Add(figures);
        }

        return days.Length <= DaysBack + 1 ? days : [.. days.OrderBy(day => day.Day).TakeLast(DaysBack + 1)];
    }

    [LoggerMessage(EventId = 212, Level = LogLevel.Error, Message = "The readings of {Campaign} could not be loaded and are collected anew: {Says}")]
    private partial void NotLoaded(CampaignId campaign, string says);

    [LoggerMessage(EventId = 213, Level = LogLevel.Error, Message = "{Count} readings of {Account} could not be kept; they are judged all the same: {Says}")]
    private partial void NotKept(AdAccountId account, int count, string says);

    [LoggerMessage(EventId = 219, Level = LogLevel.Warning, Message = "The revenue of {Campaign} is in {Foreign} and its account in {Own}: it counts as unknown, and no ROAS is made of it.")]
    private partial void ForeignRevenue(CampaignId campaign, Values.Currency foreign, Values.Currency own);
}
