using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MathNet.Numerics.Distributions;

namespace ChatOpsCampaigns.Automation.Agent.Curves;

/// <summary>A finished day: what was spent, and what came of it.</summary>
/// <param name="Known">How much of its results can be known by now, or how much better the day was placed than usual; 1 for all.</param>
public readonly record struct SpendDay(double Spend, double Results, double Known = 1);

/// <summary>
/// What days say about a campaign's response to its budget: for each of 41 × 21 shapes of the curve the sums that its likelihood
/// needs, so that one more day costs the same whatever came before. Immutable, and can be kept as it is.
/// </summary>
/// <param name="Usual">The daily spend that shapes are measured against.</param>
public sealed record ResponseEvidence(
    double Usual, ImmutableArray<double> LogFits, ImmutableArray<double> Exposures, ImmutableArray<double> Squares, double Results, double Days)
{
    /// <summary>The height has a gamma before it, worth half a result.</summary>
    internal const double PriorResults = .5;

    /// <summary>Days spread more than chance alone, by about this factor of the variance, believed as firmly as so many days.</summary>
    private const double UsualDispersion = 1.5;
    private const double DispersionDays = 4;

    /// <summary>Numbers that a curve has: height, half-way spend, bend.</summary>
    private const int Fitted = 3;

    private const int Ks = 41;
    private const int Ns = 21;
    private const double LeastK = .15;
    private const double MostK = 8;
    private const double LeastN = .5;
    private const double MostN = 2.4;
    private const double MiddleK = 1.3;
    private const double SpreadK = .8;
    private const double MiddleN = 1.1;
    private const double SpreadN = .3;

    internal static readonly ImmutableArray<(double K, double N, double LogPrior)> Shapes =
    [
        .. from k in Enumerable.Range(0, Ks)
           from n in Enumerable.Range(0, Ns)
           let lnK = Between(LeastK, MostK, k, Ks)
           let lnN = Between(LeastN, MostN, n, Ns)
           select (Math.Exp(lnK), Math.Exp(lnN), Normal.PDFLn(Math.Log(MiddleK), SpreadK, lnK) + Normal.PDFLn(Math.Log(MiddleN), SpreadN, lnN)),
    ];

    /// <summary>What a height at the usual spend is times for the curve's own.</summary>
    internal static readonly double[] AtUsual = [.. Shapes.Select(shape => 1 + Math.Pow(shape.K, shape.N))];
    private static readonly double[] LogKs = [.. Shapes.Select(shape => Math.Log(shape.K))];

    public static ResponseEvidence None(double usual)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(usual);
        ImmutableArray<double> nothing = [.. new double[Shapes.Length]];
        return new ResponseEvidence(usual, nothing, nothing, nothing, 0, 0);
    }

    public static ResponseEvidence Of(IEnumerable<SpendDay> days, double usual) => days.Aggregate(None(usual), (sum, day) => sum.With(day));

    /// <summary>With one more finished day; one without spend says nothing.</summary>
    /// <param name="kept">How much of what was known before still counts: old days fade.</param>
    public ResponseEvidence With(SpendDay day, double kept = 1)
    {
        if (!(day.Spend > 0) || !(day.Known > 0) || !(day.Results >= 0) || !double.IsFinite(day.Spend * day.Results * day.Known))
            return this;

        var (fits, exposures, squares) = (new double[Shapes.Length], new double[Shapes.Length], new double[Shapes.Length]);
        var spend = Math.Log(day.Spend / Usual);
        for (var index = 0; index < fits.Length; index++)
        {
            var exposure = day.Known * AtUsual[index] / (1 + Math.Exp(Shapes[index].N * (LogKs[index] - spend)));
            fits[index] = (kept * LogFits[index]) + (day.Results > 0 ? day.Results * Math.Log(exposure) : 0);
            exposures[index] = (kept * Exposures[index]) + exposure;
            squares[index] = (kept * Squares[index]) + (day.Results * day.Results / exposure);
        }

        return new ResponseEvidence(Usual, Kept(fits), Kept(exposures), Kept(squares), (kept * Results) + day.Results, (kept * Days) + 1);
    }

    /// <summary>What is to be believed of the curve after these days.</summary>
    public ResponseCurve Curve()
    {
        var first = Weights(UsualDispersion);
        var best = Array.IndexOf(first, first.Max());
        var dispersion = Dispersion(best);
        return new ResponseCurve(this, dispersion, Weights(dispersion));
    }

    /// <summary>The height of one shape: results a day at the usual spend.</summary>
    internal double Height(int shape, double dispersion) =>
        Exposures[shape] > 0 ? (PriorResults + (Results / dispersion)) / (Exposures[shape] / dispersion) : 0;

    private double[] Weights(double dispersion)
    {
        var shape = PriorResults + (Results / dispersion);
        var weights = new double[Shapes.Length];
        for (var index = 0; index < weights.Length; index++)
        {
            weights[index] = Shapes[index].LogPrior + (LogFits[index] / dispersion)
                - (Exposures[index] > 0 ? shape * Math.Log(Exposures[index] / dispersion) : 0);
        }

        var most = weights.Max();
        for (var index = 0; index < weights.Length; index++)
            weights[index] = Math.Exp(weights[index] - most);

        var sum = weights.Sum();
        for (var index = 0; index < weights.Length; index++)
            weights[index] /= sum;

        return weights;
    }

    /// <summary>Pearson's residuals of one shape, drawn towards what is usual.</summary>
    private double Dispersion(int shape)
    {
        var height = Height(shape, UsualDispersion);
        if (height <= 0)
            return UsualDispersion;

        var residuals = (Squares[shape] / height) - (2 * Results) + (height * Exposures[shape]);
        var free = Math.Max(0, Days - Fitted);
        return Math.Max(1, ((DispersionDays * UsualDispersion) + (free > 0 ? Math.Max(0, residuals) : 0)) / (DispersionDays + free));
    }

    private static ImmutableArray<double> Kept(double[] sums) => ImmutableCollectionsMarshal.AsImmutableArray(sums);

    private static double Between(double least, double most, int index, int of) =>
        Math.Log(least) + (Math.Log(most / least) * index / (of - 1));
}
