using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Observing;

/// <summary>
/// What a campaign spent and brought over data time, as running totals that never fall and know no midnight. A figure that the
/// network takes back neither raises nor resets anything: only what goes beyond the highest one counts.
/// </summary>
public sealed class Timeline
{
    /// <param name="At">Up to when the figures count; where the network does not say, when they were first seen.</param>
    /// <param name="Results">Null: not known.</param>
    public readonly record struct Point(DateTimeOffset At, double Spend, double? Results);

    private readonly List<Point> _points;

    private Timeline(List<Point> points) => _points = points;

    public IReadOnlyList<Point> Points => _points;

    public bool IsEmpty => _points.Count == 0;

    public Point First => _points[0];

    public Point Last => _points[^1];

    public TimeSpan Span => IsEmpty ? TimeSpan.Zero : Last.At - First.At;

    /// <summary>All of the readings at hand, or only what came after the last resume.</summary>
    public static Timeline Of(Observation now, bool sinceResume = true) =>
        now.Timelines.Get(now, sinceResume && now.Campaign.LastResumedAt is { } resumed ? resumed : DateTimeOffset.MinValue);

    /// <summary>Those of one observation, made once: every rule asks for the same. A copy of it with other readings makes its own.</summary>
    internal sealed class Made : IEquatable<Made>
    {
        private sealed record Known(DateTimeOffset From, ImmutableArray<KeptReading> History, PerformanceReading? Newest, ResultWord Word, Timeline Timeline);

        private volatile Known? _last;
        private volatile Known? _before;

        public Timeline Get(Observation now, DateTimeOffset from)
        {
            var word = ResultWord.Of(now.Campaign);
            if (Holds(_last, now, from, word))
                return _last!.Timeline;

            if (Holds(_before, now, from, word))
                return _before!.Timeline;

            var made = new Known(from, now.History, now.Reading, word, new Timeline(Totals(word, now, from)));
            (_before, _last) = (_last, made);
            return made.Timeline;
        }

        /// <summary>What was made of an observation is no part of what it says.</summary>
        public bool Equals(Made? other) => true;

        public override bool Equals(object? obj) => obj is Made;

        public override int GetHashCode() => 0;

        private static bool Holds(Known? known, Observation now, DateTimeOffset from, ResultWord word) =>
            known is not null && known.From == from && known.History == now.History && ReferenceEquals(known.Newest, now.Reading) && known.Word == word;
    }

    /// <summary>The running total at an instant, along straight lines between the points.</summary>
    public double SpendAt(DateTimeOffset at)
    {
        if (IsEmpty)
            return 0;

        var (before, after, share) = Around(at);
        return before.Spend + ((after.Spend - before.Spend) * share);
    }

    /// <summary>The same of the results, or null when not known there.</summary>
    public double? ResultsAt(DateTimeOffset at)
    {
        if (IsEmpty)
            return null;

        var (before, after, share) = Around(at);
        return before.Results + ((after.Results - before.Results) * share);
    }

    /// <summary>An instant lies between two points no further apart than that, or as little after the last one.</summary>
    public bool Covers(DateTimeOffset at, TimeSpan longestGap)
    {
        if (IsEmpty || at < First.At)
            return false;

        return at >= Last.At ? at - Last.At <= longestGap : Around(at) is var (before, after, _) && after.At - before.At <= longestGap;
    }

    private (Point Before, Point After, double Share) Around(DateTimeOffset at)
    {
        if (at <= First.At)
            return (First, First, 0);

        if (at >= Last.At)
            return (Last, Last, 0);

        var next = IndexAfter(at);
        var (before, after) = (_points[next - 1], _points[next]);
        return (before, after, (at - before.At) / (after.At - before.At));
    }

    /// <summary>Spend per hour over the last <paramref name="window"/> of data, or over what there is of it.</summary>
    public double RatePerHour(TimeSpan window)
    {
        if (Span <= TimeSpan.Zero)
            return 0;

        var over = Span < window ? Span : window;
        return (Last.Spend - SpendAt(Last.At - over)) / over.TotalHours;
    }

    /// <summary>Money of which the results should be known at <paramref name="knownAt"/>, counted from <paramref name="from"/> on.</summary>
    public double Matured(DelayProfile delays, DateTimeOffset knownAt, DateTimeOffset from)
    {
        var sum = 0.0;
        for (var i = 1; i < _points.Count; i++)
        {
            var (before, after) = (_points[i - 1], _points[i]);
            var spent = after.Spend - before.Spend;
            if (spent == 0)
                continue;

            var middle = before.At + ((after.At - before.At) / 2);
            if (middle >= from)
                sum += spent * delays.Matured(knownAt - middle);
        }

        return sum;
    }

    /// <summary>Results since an instant, or null when not known throughout.</summary>
    public double? ResultsSince(DateTimeOffset from)
    {
        if (IsEmpty || _points.Exists(point => point.Results is null))
            return null;

        return Last.Results - (_points.FindLast(point => point.At <= from) is { At.Ticks: > 0 } before ? before : First).Results;
    }

    /// <summary>When the newest result was counted; the first point when there was none.</summary>
    public DateTimeOffset LastResultAt()
    {
        for (var i = _points.Count - 1; i > 0; i--)
        {
            if (_points[i].Results > _points[i - 1].Results)
                return _points[i].At;
        }

        return First.At;
    }

    private int IndexAfter(DateTimeOffset at)
    {
        var (low, high) = (0, _points.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_points[middle].At > at)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private static List<Point> Totals(ResultWord word, Observation now, DateTimeOffset from)
    {
        var points = new List<Point>(now.History.Length + 1);
        var day = default(AccountDay);
        double before = 0, beforeResults = 0, spend = 0, results = 0;

        for (var index = 0; index <= now.History.Length; index++)
        {
            var reading = index < now.History.Length ? now.History[index].Reading : now.Reading;
            if (reading is null)
                continue;

            var at = Freshness.AsOf(reading);
            if (at < from)
                continue;

            if (points.Count == 0)
                day = reading.Today.Day;

            if (reading.Today.Day > day)
            {
                // What yesterday grew to after its last reading belongs to it.
                if (reading.Yesterday is { } yesterday && yesterday.Day == day)
                {
                    spend = Math.Max(spend, (double)yesterday.Spend.Amount);
                    results = Math.Max(results, (double)(word.In(yesterday) ?? 0));
                }

                (before, beforeResults) = (before + spend, beforeResults + results);
                (spend, results, day) = (0, 0, reading.Today.Day);
            }

            if (reading.Today.Day < day)
                continue;

            spend = Math.Max(spend, (double)reading.Today.Spend.Amount);
            var counted = word.In(reading.Today);
            results = Math.Max(results, (double)(counted ?? 0));
            var point = new Point(at, before + spend, counted is null ? null : beforeResults + results);

            if (points.Count > 0 && at <= points[^1].At)
                points[^1] = point with { At = points[^1].At };
            else
                points.Add(point);
        }

        return points;
    }
}
