using System.Collections.Concurrent;
using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Charts;

/// <summary>What a chart shows, for a chat that draws charts itself.</summary>
/// <param name="Across">What the horizontal axis is; empty where the categories say it.</param>
/// <param name="Upward">What the vertical axis is.</param>
/// <param name="Categories">In their order; at most <see cref="MostCategories"/>.</param>
public sealed record ChartNumbers(string Title, string Across, string Upward, ImmutableArray<string> Categories, ImmutableArray<ChartLine> Lines)
{
    public const int MostCategories = 20;

    /// <summary>Where each category lies on the axis, for a chat that draws along one: an amount; empty where the categories are moments.</summary>
    public ImmutableArray<decimal> Amounts { get; init; } = [];

    /// <summary>The same as dates or local times, as <c>2026-03-01</c> or <c>2026-03-01T09:00:00</c>; empty where the categories are amounts.</summary>
    public ImmutableArray<string> Moments { get; init; } = [];
}

/// <param name="Values">One for each category.</param>
public sealed record ChartLine(string Name, ImmutableArray<decimal> Values);

/// <summary>
/// The numbers of the charts that were drawn since the start, the newest thousand. Of one that is not among them, as after a restart, there is the picture.
/// </summary>
internal sealed class DrawnCharts
{
    private const int Most = 1000;

    private readonly ConcurrentDictionary<Digest, ChartNumbers> _numbers = new();
    private readonly ConcurrentQueue<Digest> _order = new();

    public void Keep(Digest picture, ChartNumbers numbers)
    {
        if (!_numbers.TryAdd(picture, numbers))
            return;

        _order.Enqueue(picture);
        while (_order.Count > Most && _order.TryDequeue(out var oldest))
            _numbers.TryRemove(oldest, out _);
    }

    public ChartNumbers? Find(Digest picture) => _numbers.GetValueOrDefault(picture);

    /// <summary>At most so many of a list that a chat can draw, spread evenly, the first and the last among them.</summary>
    public static IReadOnlyList<T> Spread<T>(IReadOnlyList<T> all, int most = ChartNumbers.MostCategories) => all.Count <= most
        ? all
        : [.. Enumerable.Range(0, most).Select(index => all[(int)Math.Round(index * (all.Count - 1) / (double)(most - 1))])];
}
