using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace ChatOpsCampaigns.Automation.Agent.Curves;

/// <summary>
/// A curve through points by least squares (Levenberg and Marquardt): for data that say enough by themselves. What daily budgets
/// say is little and noisy; <see cref="ResponseEvidence"/> is for those. Pure.
/// </summary>
/// <param name="Parameters">In the order of the model's.</param>
/// <param name="Errors">Their standard errors.</param>
public sealed record LeastSquares(ImmutableArray<double> Parameters, ImmutableArray<double> Errors, double Residual, int Free)
{
    private const double Tolerance = 1e-14;
    private const int Rounds = 2_000;

    /// <summary>Steps of the derivative are central, over six points.</summary>
    private const int Accuracy = 6;

    /// <summary>Standard deviation of what the curve leaves over.</summary>
    public double ResidualDeviation => Math.Sqrt(Residual / Free);

    /// <summary>Null where the search finds no least.</summary>
    public static LeastSquares? Fit(
        Func<IReadOnlyList<double>, double, double> model, IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<double> start)
    {
        if (x.Count != y.Count || y.Count <= start.Count)
            return null;

        Vector<double> Curve(Vector<double> parameters, Vector<double> at) => at.Map(value => model([.. parameters], value));
        var (xs, ys) = (Vector<double>.Build.DenseOfEnumerable(x), Vector<double>.Build.DenseOfEnumerable(y));
        var objective = ObjectiveFunction.NonlinearModel(Curve, xs, ys, accuracyOrder: Accuracy);
        var search = new LevenbergMarquardtMinimizer(.001, Tolerance, Tolerance, Tolerance, Rounds);
        try
        {
            var found = search.FindMinimum(objective, Vector<double>.Build.DenseOfEnumerable(start));
            var left = ys - Curve(found.MinimizingPoint, xs);
            return new LeastSquares([.. found.MinimizingPoint], [.. found.StandardErrors], left.DotProduct(left), y.Count - start.Count);
        }
        catch (Exception none) when (none is OptimizationException or ArithmeticException or InvalidOperationException)
        {
            return null;
        }
    }
}
