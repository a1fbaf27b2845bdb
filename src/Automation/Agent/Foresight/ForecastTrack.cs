using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Predictions;

namespace ChatOpsCampaigns.Automation.Agent.Foresight;

/// <summary>How forecasts of one kind turned out.</summary>
/// <param name="Known">How many are known.</param>
/// <param name="Inside">How many of these came inside their range.</param>
/// <param name="Error">Sum of the distances from the middle over the sum of what came, 0.12 is 12 %; null when nothing came at all.</param>
/// <param name="Bias">The same with signs: above zero when more came than was expected.</param>
public sealed record ForecastScore(int Known, int Inside, decimal? Error, decimal? Bias)
{
    /// <summary>Of pairs of what was expected and what came.</summary>
    public static ForecastScore Of(IReadOnlyCollection<(Estimate Expected, decimal Came)> pairs)
    {
        var sum = pairs.Sum(pair => pair.Came);
        return new ForecastScore(
            pairs.Count,
            pairs.Count(pair => pair.Came >= pair.Expected.Low && pair.Came <= pair.Expected.High),
            sum > 0 ? pairs.Sum(pair => Math.Abs(pair.Came - pair.Expected.Middle)) / sum : null,
            sum > 0 ? pairs.Sum(pair => pair.Came - pair.Expected.Middle) / sum : null);
    }
}

/// <summary>The forecasts of one campaign that are looked at: what stands, what waits for its outcome, and what came lately.</summary>
/// <param name="All">Oldest first, of both spans.</param>
public sealed record ForecastTrack(ImmutableArray<RunningForecast> All)
{
    public static readonly ForecastTrack Empty = new([]);

    /// <summary>So many settled ones of a kind tell how sure the next may be: more than a day of hours, or two weeks of days.</summary>
    public static int MostOf(ForecastSpan span) => span == ForecastSpan.Hour ? 30 : 14;

    public IEnumerable<RunningForecast> Of(ForecastSpan span) => All.Where(forecast => forecast.Foreseen.Span == span);

    /// <summary>The forecast for what begins next; null when there is none.</summary>
    public Foreseen? Ahead(ForecastSpan span, DateTimeOffset now) => Of(span).LastOrDefault(forecast => forecast.Foreseen.From > now)?.Foreseen;

    /// <summary>What was expected of a figure and what came, of all forecasts of a kind of which both are known.</summary>
    public IReadOnlyList<(Estimate Expected, decimal Came)> Pairs(ForecastSpan span, Func<Foreseen, Estimate?> expected, Func<Outcome, decimal?> came)
    {
        var pairs = new List<(Estimate, decimal)>();
        foreach (var forecast in Of(span))
        {
            if (expected(forecast.Foreseen) is { } figure && forecast.Came is { } outcome && came(outcome) is { } known)
                pairs.Add((figure, known));
        }

        return pairs;
    }

    public ForecastScore SpendScore(ForecastSpan span) => ForecastScore.Of(Pairs(span, forecast => forecast.Spend, came => came.Spend));

    /// <summary>With some new or changed, and without settled ones that are no longer looked at.</summary>
    public ForecastTrack With(IReadOnlyList<RunningForecast> changed)
    {
        var all = All.Where(known => !changed.Any(known.IsOf)).Concat(changed).OrderBy(forecast => forecast.Foreseen.From).ToList();
        var past = Enum.GetValues<ForecastSpan>()
            .SelectMany(span => all.Where(forecast => forecast.Foreseen.Span == span && forecast.IsSettled).SkipLast(MostOf(span)))
            .ToHashSet();
        return new ForecastTrack([.. all.Where(forecast => !past.Contains(forecast))]);
    }
}
