using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Bot.Simulating.Scoring;

/// <summary>A number with its interval of 95 %.</summary>
internal readonly record struct Interval(double Value, double Low, double High)
{
    private const double Sure = 1.959964;

    public JsonObject Json() => new() { ["value"] = Round(Value), ["low"] = Round(Low), ["high"] = Round(High) };

    public string Percent() => string.Create(CultureInfo.InvariantCulture, $"{Value:0.0%} ({Low:0.0%} to {High:0.0%})");

    /// <summary>The mean of numbers that do not depend on each other.</summary>
    public static Interval MeanOf(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return Around(mean, Deviation([.. values.Select(value => value - mean)]));
    }

    /// <summary>One sum over another, of pairs: the spread of what the ratio leaves over in each.</summary>
    public static Interval RatioOf(IReadOnlyList<double> above, IReadOnlyList<double> below)
    {
        var whole = below.Average();
        var ratio = above.Average() / whole;
        return Around(ratio, Deviation([.. above.Zip(below, (up, down) => (up - (ratio * down)) / whole)]));
    }

    /// <summary>A share of cases, after Wilson.</summary>
    public static Interval ShareOf(int cases, int of)
    {
        if (of == 0)
            return new Interval(0, 0, 1);

        var (share, square) = ((double)cases / of, Sure * Sure);
        var middle = (share + (square / (2 * of))) / (1 + (square / of));
        var reach = Sure / (1 + (square / of)) * Math.Sqrt((share * (1 - share) / of) + (square / (4.0 * of * of)));
        return new Interval(share, Math.Max(0, middle - reach), Math.Min(1, middle + reach));
    }

    public static double Round(double value) => Math.Round(value, 6);

    private static Interval Around(double value, double deviation) => new(value, value - (Sure * deviation), value + (Sure * deviation));

    private static double Deviation(double[] centred) =>
        centred.Length < 2 ? double.PositiveInfinity : Math.Sqrt(centred.Sum(value => value * value) / (centred.Length - 1) / centred.Length);
}
