using System.Collections.Concurrent;
using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>The last days of one campaign as the rules see them.</summary>
/// <param name="Newest">The last good reading, with the newest settings; its time is when its numbers last changed.</param>
/// <param name="Oddity">Why the newest figures cannot be; null when they can.</param>
public sealed record ReadingWindow(
    PerformanceReading? Newest, ImmutableArray<KeptReading> History, ImmutableArray<DayFigures> Days, string? Oddity)
{
    public static readonly ReadingWindow Empty = new(null, [], [], null);
}

/// <summary>Keeps changed readings, in memory and in the store. A store that cannot be written delays no judgement.</summary>
public sealed partial class ReadingWindows(IReadingStore store, CampaignClock clock, ILogger<ReadingWindows> logger)
{
    /// <summary>Days of a campaign that the rules compare with.</summary>
    private const int DaysBack = 30;

    /// <summary>Older than this, one reading in a quarter of an hour is enough.</summary>
    private static readonly TimeSpan FullDetail = TimeSpan.FromHours(6);

    private readonly ConcurrentDictionary<CampaignId, ReadingWindow> _windows = new();

    public ReadingWindow Of(CampaignId campaign) => _windows.GetValueOrDefault(campaign, ReadingWindow.Empty);

    /// <summary>Fills the window from the store when it is not in memory yet.</summary>
    public async Task LoadAsync(CampaignId campaign, AdAccount account, CancellationToken cancellationToken)
    {
        if (_windows.ContainsKey(campaign))
            return;

        try
        {
            var now = clock.GetUtcNow();
            var kept = await store.SinceAsync(campaign, now - SafetyLimits.Window, cancellationToken);
            var today = account.DayAt(now);
            var days = await store.DaysAsync(campaign, new AccountDay(today.Date.AddDays(-DaysBack)), cancellationToken);
            _windows.TryAdd(campaign, kept.Count == 0
                ? ReadingWindow.Empty with { Days = [.. days] }
                : new ReadingWindow(kept[^1].Reading, [.. kept.SkipLast(1)], [.. days], null));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotLoaded(campaign, fault.Message);
        }
    }

    public async Task TakeAsync(CampaignId campaign, AdAccount account, PerformanceReading reading, CancellationToken cancellationToken)
    {
        var before = Of(campaign);
        if (Freshness.Oddity(reading, before.Newest, clock.GetUtcNow(), account.Currency) is { } oddity)
        {
            _windows[campaign] = before with
            {
                Oddity = oddity,
                Newest = before.Newest is null ? null : before.Newest with { Settings = reading.Settings },
            };
            return;
        }

        if (before.Newest is { } newest && IsSame(newest, reading))
        {
            _windows[campaign] = before with { Oddity = null, Newest = newest with { Settings = reading.Settings } };
            return;
        }

        var history = before.Newest is null ? before.History : Thinned(before.History.Add(new KeptReading(campaign, before.Newest.ReadAt, before.Newest)));
        _windows[campaign] = new ReadingWindow(reading, history, WithDays(before.Days, reading), null);
        await KeepAsync(campaign, account, reading, cancellationToken);
    }

    private async Task KeepAsync(CampaignId campaign, AdAccount account, PerformanceReading reading, CancellationToken cancellationToken)
    {
        try
        {
            await store.KeepAsync(account, [new KeptReading(campaign, reading.ReadAt, reading)], cancellationToken);
            await store.KeepDayAsync(account, campaign, reading.Today, cancellationToken);
            if (reading.Yesterday is { } yesterday)
                await store.KeepDayAsync(account, campaign, yesterday, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotKept(campaign, fault.Message);
        }
    }

    private static bool IsSame(PerformanceReading before, PerformanceReading now) =>
        before.Today == now.Today && before.Yesterday == now.Yesterday && before.DataAsOf == now.DataAsOf;

    private ImmutableArray<KeptReading> Thinned(ImmutableArray<KeptReading> history)
    {
        var now = clock.GetUtcNow();
        var slot = long.MinValue;
        var thinned = ImmutableArray.CreateBuilder<KeptReading>(history.Length);
        foreach (var kept in history.Where(kept => kept.ReadAt >= now - SafetyLimits.Window))
        {
            var mine = kept.ReadAt < now - FullDetail ? kept.ReadAt.Ticks / TimeSpan.FromMinutes(15).Ticks : kept.ReadAt.Ticks;
            if (mine == slot)
                thinned.RemoveAt(thinned.Count - 1);

            slot = mine;
            thinned.Add(kept.Reading.Ads.IsEmpty ? kept : kept with { Reading = kept.Reading with { Ads = [] } });
        }

        return thinned.ToImmutable();
    }

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

    [LoggerMessage(EventId = 213, Level = LogLevel.Error, Message = "A reading of {Campaign} could not be kept; it is judged all the same: {Says}")]
    private partial void NotKept(CampaignId campaign, string says);
}
