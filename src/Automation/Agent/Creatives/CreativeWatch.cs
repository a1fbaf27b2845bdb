using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives.Testing;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Creatives;

/// <summary>An ad that is surely worse than the others together.</summary>
/// <param name="Own">Its money and results, and <paramref name="Others"/> those of the others, on the same days.</param>
public sealed record WorstAd(string Name, Tally Own, Tally Others, int Days);

/// <summary>
/// The running comparison of a campaign's ads, one finished day after the other: of each day the last reading, which is equally old for all of them. An ad that
/// a person let run again begins anew. Immutable, and kept as it is.
/// </summary>
/// <param name="UpTo">The last finished day that was looked at; null before the first.</param>
/// <param name="Batches">Days that compared something.</param>
/// <param name="Resting">Ads that were seen paused at the network.</param>
/// <param name="Worst">Ads against which the evidence is enough, with what it was then.</param>
public sealed record CreativeWatch(CreativeTest Test, AccountDay? UpTo, int Batches, ImmutableArray<string> Resting, ImmutableArray<WorstAd> Worst)
{
    public static readonly CreativeWatch Empty = new(CreativeTest.Of([]), null, 0, [], []);

    /// <summary>Ads of a campaign that run at its network.</summary>
    public static IEnumerable<NetworkAd> Running(NetworkCampaign campaign) => campaign.Ads.Where(ad => ad.Status is NetworkStatus.Active or NetworkStatus.InReview or NetworkStatus.Unknown);

    /// <summary>The same watch where nothing is new.</summary>
    public CreativeWatch With(Observation now)
    {
        if (now.Reading is not { } reading || now.ResultsUncounted || now.State is DataState.None or DataState.Impossible)
            return this;

        var watch = WithStanding(reading.Settings);
        foreach (var day in LastOfDays(now).Where(one => watch.UpTo is not { } last || one.Today.Day > last))
            watch = watch.WithDay(day, ResultWord.Of(now.Campaign));

        return watch;
    }

    private CreativeWatch WithStanding(NetworkCampaign campaign)
    {
        var running = Running(campaign).Select(ad => ad.Id.Value).ToList();
        var watch = this;
        foreach (var ad in running.Where(ad => !Test.Creatives.Any(known => known.Name == ad) || Resting.Contains(ad)))
            watch = watch with { Test = new CreativeTest([.. watch.Test.Creatives.Where(known => known.Name != ad)]).Joined(ad), Resting = watch.Resting.Remove(ad), Worst = [.. watch.Worst.Where(known => known.Name != ad)] };

        var gone = watch.Test.Creatives.Where(known => !running.Contains(known.Name) && !watch.Resting.Contains(known.Name)).Select(known => known.Name).ToList();
        return gone.Count == 0
            ? watch
            : watch with { Test = new CreativeTest([.. watch.Test.Creatives.Select(known => gone.Contains(known.Name) ? known with { Stopped = true } : known)]), Resting = [.. watch.Resting, .. gone] };
    }

    private CreativeWatch WithDay(PerformanceReading day, ResultWord result)
    {
        var batch = day.Ads.DistinctBy(ad => ad.Ad).Where(ad => TallyOf(ad, result) is not null).ToDictionary(ad => ad.Ad.Value, ad => TallyOf(ad, result)!.Value);
        var test = Test.With(batch);
        var batches = ReferenceEquals(test, Test) ? Batches : Batches + 1;
        var compared = Test.Alive.Select(known => known.Name).ToHashSet();
        var worst = test.Creatives.Where(known => known.Stopped && compared.Contains(known.Name)).Select(known => new WorstAd(
            known.Name, known.Seen, Tally.Of(test.Creatives.Where(other => other.Name != known.Name && compared.Contains(other.Name)).Select(other => other.Seen)), batches));
        return this with { Test = test, UpTo = day.Today.Day, Batches = batches, Worst = [.. Worst, .. worst] };
    }

    /// <summary>Results for its money; null where they are not known.</summary>
    private static Tally? TallyOf(AdFigures ad, ResultWord result)
    {
        decimal? won = result == ResultWord.Click ? ad.Clicks : result == ResultWord.ThousandImpressions ? ad.Impressions / 1000m : ad.Conversions;
        return won is { } count ? new Tally((double)ad.Spend.Amount, (double)count) : null;
    }

    internal static IEnumerable<PerformanceReading> LastOfDays(Observation now) => now.History
        .Where(kept => kept.Reading.Today.Day < now.Today && !kept.Reading.Ads.IsDefaultOrEmpty)
        .GroupBy(kept => kept.Reading.Today.Day)
        .OrderBy(day => day.Key)
        .Select(day => day.Last().Reading);
}
