using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Bot.Measuring;

/// <summary>How a duration is spread, in seconds. Percentiles are values that were really seen (nearest rank).</summary>
internal sealed record Spread(int Count, double Median, double P95, double P99, double Most)
{
    public static Spread Of(IEnumerable<TimeSpan> durations)
    {
        var sorted = durations.Select(duration => Math.Round(duration.TotalSeconds, 3)).Order().ToArray();
        return sorted.Length == 0
            ? new Spread(0, 0, 0, 0, 0)
            : new Spread(sorted.Length, Rank(sorted, 50), Rank(sorted, 95), Rank(sorted, 99), sorted[^1]);
    }

    public JsonObject ToJson() => new() { ["median"] = Median, ["p95"] = P95, ["p99"] = P99, ["most"] = Most };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"median {Median:0.000} s, p95 {P95:0.000} s, p99 {P99:0.000} s, longest {Most:0.000} s ({Count})");

    private static double Rank(double[] sorted, int percent) => sorted[((percent * sorted.Length) + 99) / 100 - 1];
}
