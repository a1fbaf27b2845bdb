using System.Collections.Immutable;

namespace ChatOpsCampaigns.Automation.Agent.Curves;

/// <summary>One campaign that shares a total with others.</summary>
/// <param name="Present">Its daily budget now.</param>
/// <param name="Usual">What bounds are measured against: the budget that a person gave it.</param>
/// <param name="Worth">Money that the next unit of spend brings, at a spend.</param>
public sealed record Sharer(double Present, double Usual, Func<double, double> Worth);

/// <summary>
/// Divides a total of daily budgets over campaigns so that the next unit of money is worth the same in each: bisection over that
/// worth. A step is at most a fifth, and no campaign leaves 0.15 to 3 times what a person gave it. Never more than the total. Pure.
/// </summary>
public static class Portfolio
{
    public const double Step = .2;
    public const double Least = .15;
    public const double Most = 3;

    /// <summary>Days between two divisions: figures of a day at the new budgets come first.</summary>
    public const int EveryDays = 2;

    /// <summary>So many results' worth of belief that a result is worth what the account's money brings elsewhere.</summary>
    private const double PriorResults = 10;

    private const int Rounds = 60;

    /// <summary>Budgets in the order of the campaigns; together at most <paramref name="total"/>.</summary>
    public static ImmutableArray<double> Divide(IReadOnlyList<Sharer> sharers, double total, double step = Step)
    {
        var worths = sharers.Select(sharer => MarginalCurve.Of(sharer.Worth, Lowest(sharer, step), Highest(sharer, step))).ToArray();
        var (low, high) = (0.0, worths.SelectMany(worth => worth.Points).Select(point => point.Slope).DefaultIfEmpty(0).Max());
        var best = Spends(worths, high);
        if (Sum(Spends(worths, 0)) <= total)
            return [.. Spends(worths, 0)];

        for (var round = 0; round < Rounds; round++)
        {
            var middle = (low + high) / 2;
            var spends = Spends(worths, middle);
            if (Sum(spends) > total)
            {
                low = middle;
            }
            else
            {
                (high, best) = (middle, spends);
            }
        }

        var sum = Sum(best);
        return [.. sum > total ? best.Select(spend => spend * total / sum) : best];
    }

    /// <summary>What a result is worth: its own revenue, drawn towards what the same money brings in the whole account.</summary>
    /// <param name="accountReturn">Revenue over spend of all campaigns together.</param>
    public static double ValueOfAResult(double revenue, double results, double spend, double accountReturn)
    {
        var elsewhere = accountReturn * spend / Math.Max(1, results);
        return (revenue + (PriorResults * elsewhere)) / (results + PriorResults);
    }

    private static double[] Spends(MarginalCurve[] worths, double threshold) =>
        [.. worths.Select(worth => worth.LargestAbove(threshold) ?? worth.Points[0].Spend)];

    private static double Sum(double[] spends) => spends.Sum();

    private static double Lowest(Sharer sharer, double step) => Math.Min(sharer.Present, Math.Max(sharer.Present * (1 - step), sharer.Usual * Least));

    private static double Highest(Sharer sharer, double step) => Math.Max(sharer.Present, Math.Min(sharer.Present * (1 + step), sharer.Usual * Most));
}
