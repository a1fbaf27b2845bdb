using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ChatOpsCampaigns.Automation.Creatives.Testing;

/// <summary>One creative in a test.</summary>
/// <param name="Seen">What counts for the comparison: days on which every living creative ran, none other.</param>
public sealed record TestedCreative(string Name, Tally Seen, CreativeEvidence Evidence)
{
    public bool Stopped { get; init; }
}

/// <summary>
/// The running comparison of a campaign's creatives. It takes one batch after the other (a batch is the same stretch of time for
/// all, and old enough that its results are in), says how much each creative shall get, and stops one only on evidence that
/// holds however often somebody looks. At least two stay alive. Immutable, and kept as it is.
/// </summary>
public sealed record CreativeTest(ImmutableArray<TestedCreative> Creatives)
{
    /// <summary>The chance over the whole life of a test that a creative is stopped that is not worse than the others together.</summary>
    public const double Alpha = .05;

    public const int FewestAlive = 2;

    public static CreativeTest Of(IEnumerable<string> names) => new([.. names.Select(name => new TestedCreative(name, default, CreativeEvidence.None))]);

    [JsonIgnore]
    public IEnumerable<TestedCreative> Alive => Creatives.Where(creative => !creative.Stopped);

    /// <summary>A creative that begins later is compared from its first day on, so the others are too.</summary>
    public CreativeTest Joined(string name) => Creatives.Any(creative => creative.Name == name)
        ? this
        : new([.. Creatives.Select(creative => creative with { Seen = default }), new TestedCreative(name, default, CreativeEvidence.None)]);

    /// <summary>With one more batch; one on which not every living creative ran compares nothing and is left out.</summary>
    public CreativeTest With(IReadOnlyDictionary<string, Tally> batch)
    {
        var alive = Alive.ToList();
        if (alive.Count < FewestAlive || alive.Exists(creative => !batch.TryGetValue(creative.Name, out var part) || !IsCounted(part)))
            return this;

        var all = Tally.Of(alive.Select(creative => batch[creative.Name]));
        var judged = Creatives.Select(creative => creative.Stopped ? creative : With(creative, batch[creative.Name], all)).ToImmutableArray();
        return new CreativeTest(Judged(judged));
    }

    /// <summary>What each shall get of the next batch; what is stopped gets nothing.</summary>
    public ImmutableArray<double> Shares()
    {
        var alive = CreativeShares.Of([.. Alive.Select(creative => creative.Seen)]);
        var next = 0;
        return [.. Creatives.Select(creative => creative.Stopped ? 0 : alive[next++])];
    }

    private static bool IsCounted(Tally part) => part.Tried > 0 && part.Won >= 0 && double.IsFinite(part.Tried) && double.IsFinite(part.Won);

    private static TestedCreative With(TestedCreative creative, Tally part, Tally all) => creative with
    {
        Seen = creative.Seen + part,
        Evidence = creative.Evidence.With(part.Tried / all.Tried, part.Won, all.Won - part.Won),
    };

    /// <summary>The worst goes first; the count of all that ever took part sets the bar, so that stopping one does not lower it.</summary>
    private static ImmutableArray<TestedCreative> Judged(ImmutableArray<TestedCreative> creatives)
    {
        while (creatives.Count(creative => !creative.Stopped) > FewestAlive)
        {
            var worst = creatives.Where(creative => !creative.Stopped).MaxBy(creative => creative.Evidence.Worse)!;
            if (!worst.Evidence.IsWorse(creatives.Length, Alpha))
                break;

            creatives = creatives.Replace(worst, worst with { Stopped = true });
        }

        return creatives;
    }
}
