using System.Collections.Immutable;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace ChatOpsCampaigns.Automation.Creatives.Testing;

/// <summary>
/// How much of a campaign each creative gets: the chance that it is the best (Thompson), with a floor for what is not known yet.
/// Rates are believed as gammas that begin at the rate of all together. The chances are summed over fixed points, so that the
/// same figures give the same shares. Pure.
/// </summary>
public static class CreativeShares
{
    /// <summary>The least a living creative gets.</summary>
    public const double Floor = .05;

    /// <summary>Results' worth of belief that a creative is like the others: real headlines of one test differ by about 18 %.</summary>
    public const double PriorResults = 32;

    /// <summary>Chances are taken to this power: tests are short, so that what leads is used more than chance alone would have it.</summary>
    private const int Sharpness = 4;


    private const int Points = 32;

    private static readonly double[] Middles = [.. Enumerable.Range(0, Points).Select(point => Normal.InvCDF(0, 1, (point + .5) / Points))];

    /// <summary>Shares that sum to 1, none below the floor.</summary>
    public static ImmutableArray<double> Of(IReadOnlyList<Tally> creatives)
    {
        if (creatives.Count == 0)
            return [];

        var floor = Math.Min(Floor, 1.0 / creatives.Count);
        return Lifted(Sharpened(BestChances(creatives)), floor);
    }

    private static ImmutableArray<double> Sharpened(ImmutableArray<double> chances)
    {
        var powers = chances.Select(chance => Math.Pow(chance, Sharpness)).ToList();
        var sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }

    /// <summary>Those below the floor are lifted to it, and the others give in proportion.</summary>
    private static ImmutableArray<double> Lifted(ImmutableArray<double> chances, double floor)
    {
        var shares = chances;
        for (var round = 0; round < chances.Length; round++)
        {
            var lifted = shares.Count(share => share <= floor);
            var rest = shares.Where(share => share > floor).Sum();
            if (rest <= 0)
                return [.. chances.Select(_ => 1.0 / chances.Length)];

            var scale = (1 - (lifted * floor)) / rest;
            ImmutableArray<double> next = [.. shares.Select(share => share <= floor ? floor : share * scale)];
            if (next.All(share => share >= floor))
                return next;

            shares = next;
        }

        return shares;
    }

    /// <summary>The chance of each to be the best; equal ones where nothing is known.</summary>
    public static ImmutableArray<double> BestChances(IReadOnlyList<Tally> creatives)
    {
        var pooled = Tally.Of(creatives).Rate;
        if (creatives.Count == 1 || !(pooled > 0) || !double.IsFinite(pooled))
            return [.. creatives.Select(_ => 1.0 / creatives.Count)];

        var beliefs = creatives.Select(creative => Belief(creative, pooled)).ToArray();
        var chances = beliefs.Select((_, index) => Chance(beliefs, index)).ToArray();
        var sum = chances.Sum();
        return [.. chances.Select(chance => chance / sum)];
    }

    /// <summary>What its rate is believed to be: between its own and that of all.</summary>
    public static double Believed(Tally creative, double pooled) =>
        pooled > 0 ? (PriorResults + creative.Won) / ((PriorResults / pooled) + creative.Tried) : 0;

    /// <summary>The cube root of a gamma is nearly normal (Wilson and Hilferty).</summary>
    private static (double Middle, double Spread) Belief(Tally creative, double pooled)
    {
        var shape = PriorResults + Math.Max(0, creative.Won);
        var root = Math.Cbrt(shape / ((PriorResults / pooled) + Math.Max(0, creative.Tried)));
        return (root * (1 - (1 / (9 * shape))), root / (3 * Math.Sqrt(shape)));
    }

    private static double Chance((double Middle, double Spread)[] beliefs, int index)
    {
        var sum = 0.0;
        foreach (var middle in Middles)
        {
            var at = beliefs[index].Middle + (beliefs[index].Spread * middle);
            var best = 1.0;
            for (var other = 0; other < beliefs.Length && best > 0; other++)
            {
                if (other != index)
                    best *= .5 * SpecialFunctions.Erfc((beliefs[other].Middle - at) / (beliefs[other].Spread * Constants.Sqrt2));
            }

            sum += best;
        }

        return sum / Points;
    }
}
