using System.Collections.Immutable;

namespace ChatOpsCampaigns.Automation.Agent.Curves;

/// <summary>A number that is believed to lie between two others eight times out of ten.</summary>
public readonly record struct Believed(double Low, double Middle, double High);

/// <summary>
/// What is believed of a campaign's response to its budget after its days: every shape with its weight. Money is moved by the
/// mean of what the next unit brings, over all shapes. Pure.
/// </summary>
public sealed class ResponseCurve
{
    /// <summary>A shape with less weight changes nothing that is shown.</summary>
    private const double Negligible = 1e-4;

    /// <summary>How well the next unit's worth has to be known (standard deviation of the log) before a budget is moved by it.</summary>
    private const double KnownWell = .25;

    private readonly (double Weight, Hill Curve)[] _shapes;
    private readonly double[] _logHalves;
    private readonly double _usual;

    internal ResponseCurve(ResponseEvidence evidence, double dispersion, IReadOnlyList<double> weights)
    {
        Dispersion = dispersion;
        _usual = evidence.Usual;
        var shapes = new List<(double Weight, Hill Curve)>();
        for (var index = 0; index < weights.Count; index++)
        {
            if (weights[index] > Negligible)
                shapes.Add((weights[index], CurveOf(evidence, dispersion, index)));
        }

        var whole = shapes.Sum(shape => shape.Weight);
        _shapes = [.. shapes.Select(shape => (shape.Weight / whole, shape.Curve))];
        _logHalves = [.. _shapes.Select(shape => Math.Log(shape.Curve.K))];
    }

    /// <summary>How much more days differ than chance alone would have them, as a factor of the variance.</summary>
    public double Dispersion { get; }

    /// <summary>Whether spend varied enough to tell what more or less of it brings; else say so, and move nothing by the curve.</summary>
    public bool HasEnoughVariation => SlopeSpread(_usual) < KnownWell;

    /// <summary>Results a day at a spend, in the mean.</summary>
    public double Results(double spend)
    {
        var sum = 0.0;
        for (var index = 0; index < _shapes.Length; index++)
            sum += _shapes[index].Weight * _shapes[index].Curve.V * Level(index, Math.Log(spend));

        return sum;
    }

    /// <summary>Results that the next unit of money brings, in the mean.</summary>
    public double Slope(double spend)
    {
        if (spend <= 0)
            return 0;

        var sum = 0.0;
        for (var index = 0; index < _shapes.Length; index++)
        {
            var (weight, curve) = _shapes[index];
            var level = Level(index, Math.Log(spend));
            sum += weight * curve.V * curve.N * level * (1 - level);
        }

        return sum / spend;
    }

    /// <summary>Results a day more at one spend than at another, fewer below zero, over the shapes that it may have.</summary>
    public Believed Gain(double from, double to) => Range(curve => curve.At(to) - curve.At(from));

    public Believed SlopeRange(double spend) => Range(curve => curve.Slope(spend));

    /// <summary>How much of what can be had is had.</summary>
    public Believed Saturation(double spend) => Range(curve => curve.Saturation(spend));

    /// <summary>Standard deviation of the log of what the next unit brings.</summary>
    public double SlopeSpread(double spend)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var (weight, curve) in _shapes)
        {
            var log = Math.Log(Math.Max(double.Epsilon, curve.Slope(spend)));
            sum += weight * log;
            squares += weight * log * log;
        }

        return Math.Sqrt(Math.Max(0, squares - (sum * sum)));
    }

    /// <summary>The largest spend between two bounds whose next unit brings <paramref name="threshold"/> results in the mean; null where none does.</summary>
    public double? LargestWorth(double threshold, double least, double most) => Marginals(least, most).LargestAbove(threshold);

    /// <summary>What the best daily spend is, at a value for each result and a return that the next unit of money has to bring; null where hardly any shape has one.</summary>
    public Believed? OptimalSpend(double value, double threshold)
    {
        var found = _shapes
            .Select(shape => (shape.Weight, Spend: shape.Curve.OptimalSpend(value, threshold)))
            .Where(shape => shape.Spend is not null)
            .Select(shape => (shape.Weight, shape.Spend!.Value))
            .ToList();
        return found.Sum(shape => shape.Weight) < .5 ? null : Quantiles(found);
    }

    /// <summary>The mean of the next unit's results along a stretch of spends.</summary>
    public MarginalCurve Marginals(double least, double most) => MarginalCurve.Of(Slope, least, most);

    private static Hill CurveOf(ResponseEvidence evidence, double dispersion, int index)
    {
        var (k, n, _) = ResponseEvidence.Shapes[index];
        return new Hill(evidence.Height(index, dispersion) * ResponseEvidence.AtUsual[index], k * evidence.Usual, n);
    }

    /// <summary><see cref="Hill.Saturation"/> without its power, which is what takes the time.</summary>
    private double Level(int index, double logSpend) => 1 / (1 + Math.Exp(_shapes[index].Curve.N * (_logHalves[index] - logSpend)));

    private Believed Range(Func<Hill, double> of) => Quantiles([.. _shapes.Select(shape => (shape.Weight, of(shape.Curve)))]);

    private static Believed Quantiles(List<(double Weight, double Value)> values)
    {
        values.Sort((left, right) => left.Value.CompareTo(right.Value));
        return new Believed(Quantile(values, .1), Quantile(values, .5), Quantile(values, .9));
    }

    private static double Quantile(List<(double Weight, double Value)> sorted, double share)
    {
        var wanted = share * sorted.Sum(value => value.Weight);
        foreach (var (weight, value) in sorted)
        {
            if ((wanted -= weight) <= 0)
                return value;
        }

        return sorted[^1].Value;
    }
}

/// <summary>What the next unit of money brings, at some spends in order; straight in between.</summary>
public readonly record struct MarginalCurve(ImmutableArray<(double Spend, double Slope)> Points)
{
    private const int Steps = 8;

    public static MarginalCurve Of(Func<double, double> slope, double least, double most)
    {
        if (!(most > least))
            return new MarginalCurve([(least, slope(least))]);

        var points = Enumerable.Range(0, Steps + 1).Select(step => least + ((most - least) * step / Steps));
        return new MarginalCurve([.. points.Select(spend => (spend, slope(spend)))]);
    }

    public MarginalCurve Times(double value) => new([.. Points.Select(point => (point.Spend, point.Slope * value))]);

    /// <summary>The largest spend at which the next unit still brings so much; null where none does.</summary>
    public double? LargestAbove(double threshold)
    {
        for (var index = Points.Length - 1; index >= 0; index--)
        {
            var (spend, slope) = Points[index];
            if (slope < threshold)
                continue;

            if (index == Points.Length - 1)
                return spend;

            var (next, lower) = Points[index + 1];
            return spend + ((next - spend) * (slope - threshold) / (slope - lower));
        }

        return null;
    }
}
