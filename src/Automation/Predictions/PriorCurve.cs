using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Values;
using MathNet.Numerics.Distributions;

namespace ChatOpsCampaigns.Automation.Predictions;

/// <summary>
/// Results against daily spend before there are days to learn from: a Hill curve y = V·sⁿ/(Kⁿ+sⁿ) with K = k × base,
/// ln k ~ N(ln 1.3, 0.8) and ln n ~ N(ln 1.1, 0.3). Everything read from it is assumed and marked so.
/// </summary>
public static class PriorCurve
{
    private const double MiddleK = 1.3;
    private const double SpreadK = .8;
    private const double MiddleN = 1.1;
    private const double SpreadN = .3;
    private const int GridK = 21;
    private const int GridN = 11;
    private const int Points = 31;

    /// <summary>The chart reaches this many times today's budget.</summary>
    private const double Reach = 3;

    /// <summary>The search for the optimum ends at these multiples of the base.</summary>
    private const double LeastMultiple = .15;
    private const double MostMultiple = 8;

    private static readonly ImmutableArray<(double K, double N)> Shapes =
    [
        .. from k in Enumerable.Range(0, GridK)
           from n in Enumerable.Range(0, GridN)
           select (Quantile(k, GridK, MiddleK, SpreadK), Quantile(n, GridN, MiddleN, SpreadN)),
    ];

    /// <param name="daily">The daily budget of the draft.</param>
    /// <param name="usual">The daily spend that the account is used to; the draft's own budget where it has none.</param>
    /// <param name="atDaily">Results a day at <paramref name="daily"/>, with its range.</param>
    /// <param name="value">What one more result is worth or may cost; null leaves the optimum out.</param>
    public static SaturationCurve Around(Money daily, Money usual, Estimate atDaily, decimal? value)
    {
        var budget = (double)daily.Amount;
        var scale = (double)usual.Amount;
        var level = Hill(budget / scale, MiddleK, MiddleN);

        return new SaturationCurve(
            [.. Enumerable.Range(0, Points).Select(point => At(budget * Reach * point / (Points - 1), budget, scale, atDaily))],
            (decimal)level, Optimum(daily, budget, scale, (double)atDaily.Middle, value), Assumed: true);
    }

    private static CurvePoint At(double spend, double budget, double scale, Estimate atDaily)
    {
        if (spend <= 0)
            return new CurvePoint(0, 0, 0, 0);

        var ratios = Shapes.Select(shape => Hill(spend / scale, shape.K, shape.N) / Hill(budget / scale, shape.K, shape.N)).Order().ToList();
        var middle = (double)atDaily.Middle * ratios[ratios.Count / 2];
        var low = Spread(atDaily.Middle, atDaily.Low, ratios[ratios.Count / 2], ratios[ratios.Count / 10]);
        var high = Spread(atDaily.High, atDaily.Middle, ratios[ratios.Count * 9 / 10], ratios[ratios.Count / 2]);
        return new CurvePoint((decimal)spend, (decimal)(middle * Math.Exp(-low)), (decimal)middle, (decimal)(middle * Math.Exp(high)));
    }

    /// <summary>Distance on the log scale of two independent sources taken together.</summary>
    private static double Spread(decimal more, decimal less, double moreRatio, double lessRatio)
    {
        var own = less > 0 && more > 0 ? Math.Log((double)(more / less)) : 0;
        var shape = Math.Log(moreRatio / lessRatio);
        return Math.Sqrt((own * own) + (shape * shape));
    }

    private static MoneyRange? Optimum(Money daily, double budget, double scale, double results, decimal? value)
    {
        if (value is not { } worth || results <= 0)
            return null;

        var best = Shapes.Select(shape => LargestThatPays(shape, budget, scale, results, (double)worth)).OfType<double>().Order().ToList();
        if (best.Count * 2 < Shapes.Length)
            return null;

        return new MoneyRange(
            daily with { Amount = TwoDigits(best[best.Count / 10]) },
            daily with { Amount = TwoDigits(best[best.Count * 9 / 10]) });
    }

    /// <summary>What is known to a factor is not shown to the cent.</summary>
    private static decimal TwoDigits(double value)
    {
        var unit = (decimal)Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(value)) - 1));
        return Math.Max(1, Math.Round((decimal)value / unit)) * unit;
    }

    /// <summary>The largest spend whose next unit of money still brings one back; right of the curve's steepest place.</summary>
    private static double? LargestThatPays((double K, double N) shape, double budget, double scale, double results, double value)
    {
        var height = results / Hill(budget / scale, shape.K, shape.N);
        double? found = null;
        for (var step = 0; step <= 60; step++)
        {
            var multiple = LeastMultiple * Math.Pow(MostMultiple / LeastMultiple, step / 60.0);
            var marginal = value * height * Slope(multiple, shape.K, shape.N) / scale;
            if (marginal >= 1)
                found = multiple * scale;
        }

        return found;
    }

    private static double Hill(double spend, double k, double n)
    {
        var up = Math.Pow(spend, n);
        return up / (Math.Pow(k, n) + up);
    }

    private static double Slope(double spend, double k, double n)
    {
        var (up, half) = (Math.Pow(spend, n), Math.Pow(k, n));
        return n * half * Math.Pow(spend, n - 1) / ((half + up) * (half + up));
    }

    private static double Quantile(int index, int of, double middle, double spread) =>
        middle * Math.Exp(spread * Normal.InvCDF(0, 1, (index + .5) / of));
}
