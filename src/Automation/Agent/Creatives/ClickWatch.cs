using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Creatives.Testing;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Creatives;

/// <summary>One ad's showings and clicks of one finished day.</summary>
public sealed record AdClicks(string Ad, long Shown, long Clicks);

/// <summary>Those of all ads that were seen on a day.</summary>
public sealed record ClickDay(AccountDay Day, ImmutableArray<AdClicks> Ads)
{
    public Tally? Of(string ad) => Ads.FirstOrDefault(one => one.Ad == ad) is { Shown: > 0 } seen ? new Tally(seen.Shown, seen.Clicks) : null;
}

/// <summary>An ad that people have seen too often.</summary>
/// <param name="First">What it was in its first days, <paramref name="Now"/> of late; the others on the same days beside it.</param>
/// <param name="Frequency">How often a person saw it in seven days; null where the network does not say.</param>
public sealed record TiredAd(string Name, Tally First, Tally Now, Tally OthersFirst, Tally OthersNow, double? Frequency, int Days)
{
    /// <summary>What is left of its first click rate when the others' own change is taken out.</summary>
    public double Left => Now.Rate / First.Rate / (OthersNow.Rate / OthersFirst.Rate);
}

/// <summary>
/// How often a campaign's ads were shown and clicked, one finished day after the other, so that an ad which has tired is told from a season that is over:
/// it alone has fallen, and the others on the same days have not. Immutable, and kept as it is.
/// </summary>
public sealed record ClickWatch(ImmutableArray<ClickDay> Days)
{
    public static readonly ClickWatch Empty = new([]);

    /// <summary>Days whose first ones are still known. 60.</summary>
    private const int MostDays = 60;

    private const int FirstDays = 3;
    private const int FewestLast = 3;
    private const int MostLast = 7;

    /// <summary>The same watch where nothing is new.</summary>
    public ClickWatch With(Observation now)
    {
        if (now.State is DataState.None or DataState.Impossible)
            return this;

        var upTo = Days.IsEmpty ? (AccountDay?)null : Days[^1].Day;
        var fresh = CreativeWatch.LastOfDays(now).Where(day => upTo is not { } last || day.Today.Day > last).Select(Of).Where(day => !day.Ads.IsEmpty).ToList();
        return fresh.Count == 0 ? this : new ClickWatch([.. Days.AddRange(fresh).TakeLast(MostDays)]);
    }

    /// <summary>Those of the running ads that are tired, the most tired first.</summary>
    public IReadOnlyList<TiredAd> Tired(PerformanceReading reading)
    {
        var running = CreativeWatch.Running(reading.Settings).Select(ad => ad.Id.Value).ToList();
        return [.. running.Select(ad => TiredOf(ad, running, FrequencyOf(reading, ad))).OfType<TiredAd>().OrderBy(tired => tired.Left)];
    }

    private TiredAd? TiredOf(string ad, List<string> running, double? frequency)
    {
        var own = Days.Where(day => day.Of(ad) is not null).ToList();
        if (FirstOf(ad, own) is not { } first || own.Count < first + FewestLast)
            return null;

        // Of the ads beside it only those that ran through both stretches tell season from tiredness.
        for (var last = FewestLast; last <= Math.Min(MostLast, own.Count - first); last++)
        {
            var (begin, end) = (own.Take(first).ToList(), own.TakeLast(last).ToList());
            var beside = running.Where(other => other != ad && begin.Concat(end).All(day => day.Of(other) is not null)).ToList();
            var found = new TiredAd(ad, Sum(begin, [ad]), Sum(end, [ad]), Sum(begin, beside), Sum(end, beside), frequency, last);
            if (beside.Count > 0 && Fatigue.Of(frequency, found.First, found.Now, found.OthersFirst, found.OthersNow) == Tiredness.Tired)
                return found;
        }

        return null;
    }

    /// <summary>How many days its first figures take: three at least, and as many as it was shown often enough in; null where that was never.</summary>
    private static int? FirstOf(string ad, List<ClickDay> own)
    {
        var shown = 0.0;
        for (var day = 0; day < own.Count; day++)
        {
            shown += own[day].Of(ad)!.Value.Tried;
            if (day + 1 >= FirstDays && shown >= Fatigue.EnoughAtFirst)
                return day + 1;
        }

        return null;
    }

    private static Tally Sum(IEnumerable<ClickDay> days, IReadOnlyCollection<string> ads) => Tally.Of(days.SelectMany(day => ads.Select(ad => day.Of(ad) ?? default)));

    private static double? FrequencyOf(PerformanceReading reading, string ad) =>
        reading.Ads.IsDefaultOrEmpty ? null : reading.Ads.FirstOrDefault(figures => figures.Ad.Value == ad)?.Frequency;

    private static ClickDay Of(PerformanceReading day) => new(
        day.Today.Day,
        [.. day.Ads.DistinctBy(ad => ad.Ad).Where(ad => ad is { Impressions: > 0, Clicks: >= 0 }).Select(ad => new AdClicks(ad.Ad.Value, ad.Impressions!.Value, Math.Min(ad.Clicks!.Value, ad.Impressions.Value)))]);
}
