using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Bot.Simulating;

/// <summary>A value with its interval of 95 %.</summary>
internal readonly record struct Interval(double Value, double Low, double High)
{
    private const double Normal95 = 1.959964;
    private const int Digits = 6;

    /// <summary>Of a share of counted cases (Wilson). Without a case everything is possible.</summary>
    public static Interval OfShare(int hits, int cases)
    {
        if (cases == 0)
            return new Interval(0, 0, 1);

        var share = hits / (double)cases;
        var square = Normal95 * Normal95 / cases;
        var middle = (share + (square / 2)) / (1 + square);
        var half = Normal95 * Math.Sqrt((share * (1 - share) / cases) + (square / 4 / cases)) / (1 + square);
        return new Interval(share, Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    /// <summary>Of a sum over another one, where each campaign gives a pair (linearised ratio); of parts that are never below 0 the ratio is not either.</summary>
    public static Interval OfRatio(IReadOnlyList<(double Part, double Whole)> pairs)
    {
        var (part, whole) = (pairs.Sum(pair => pair.Part), pairs.Sum(pair => pair.Whole));
        if (whole <= 0 || pairs.Count < 2)
            return new Interval(0, 0, 1);

        var ratio = part / whole;
        var squares = pairs.Sum(pair => Math.Pow(pair.Part - (ratio * pair.Whole), 2));
        var half = Normal95 * Math.Sqrt(squares * pairs.Count / (pairs.Count - 1)) / whole;
        var low = ratio - half;
        return new Interval(ratio, pairs.All(pair => pair.Part >= 0) ? Math.Max(0, low) : low, ratio + half);
    }

    /// <summary>Of the mean of values.</summary>
    public static Interval OfMean(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
            return new Interval(values.Count == 1 ? values[0] : 0, double.MinValue, double.MaxValue);

        var mean = values.Average();
        var half = Normal95 * Math.Sqrt(values.Sum(value => Math.Pow(value - mean, 2)) / (values.Count - 1) / values.Count);
        return new Interval(mean, mean - half, mean + half);
    }

    /// <summary>The value at a share of the sorted ones (nearest rank); 0 for none.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    public static double Rounded(double value) => Math.Round(value, Digits);

    public JsonObject ToJson() => new() { ["value"] = Rounded(Value), ["low"] = Rounded(Low), ["high"] = Rounded(High) };

    /// <summary>"0.32 % (0.25–0.41)"</summary>
    public string Percent() => string.Create(CultureInfo.InvariantCulture, $"{Value * 100:0.00} % ({Low * 100:0.00}–{High * 100:0.00})");
}
