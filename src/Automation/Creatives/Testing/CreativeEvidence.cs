using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ChatOpsCampaigns.Automation.Creatives.Testing;

/// <summary>
/// Evidence that one creative does worse or better than the others of its campaign together, valid at any look: an e-process.
/// When nothing differs, the results of a batch fall to the creative with its share of the batch's exposure, whatever the volume;
/// each of 61 ratios of rates θ bets against that, and what the bets have become is the evidence. Its expectation never passes 1,
/// so that it reaches 1/α in at most α of all tests, however often somebody looks. Immutable, and kept as it is.
/// </summary>
/// <param name="Bets">The logarithm of what each bet has become.</param>
public sealed record CreativeEvidence(ImmutableArray<double> Bets)
{
    private const int Ratios = 61;
    private const double Reach = 1.5;
    private const double Spread = .4;

    private static readonly double[] LogRatios = [.. Enumerable.Range(0, Ratios).Select(point => -Reach + (2 * Reach * point / (Ratios - 1)))];
    private static readonly double[] Thetas = [.. LogRatios.Select(Math.Exp)];
    private static readonly double[] Weights = Normalised([.. LogRatios.Select(ratio => Math.Exp(-ratio * ratio / (2 * Spread * Spread)))]);

    public static readonly CreativeEvidence None = new([.. new double[Ratios]]);

    /// <summary>The logarithm of the evidence for any difference.</summary>
    [JsonIgnore]
    public double Different => Together(0, Ratios);

    /// <summary>The logarithm of the part of it that speaks for "worse".</summary>
    [JsonIgnore]
    public double Worse => Together(0, Ratios / 2);

    /// <summary>One more batch.</summary>
    /// <param name="share">The creative's share of the exposure, fixed before the batch.</param>
    /// <param name="own">Its results in the batch.</param>
    /// <param name="others">Those of the others.</param>
    public CreativeEvidence With(double share, double own, double others)
    {
        if (share is not (> 0 and < 1) || own < 0 || others < 0 || own + others <= 0 || !double.IsFinite(own + others))
            return this;

        var bets = ImmutableArray.CreateBuilder<double>(Ratios);
        for (var point = 0; point < Ratios; point++)
        {
            // p/w = θ/(θw+1−w) and (1−p)/(1−w) = 1/(θw+1−w)
            var scale = Math.Log((Thetas[point] * share) + 1 - share);
            bets.Add(Bets[point] + (own * (LogRatios[point] - scale)) - (others * scale));
        }

        return new CreativeEvidence(bets.MoveToImmutable());
    }

    /// <summary>
    /// Whether the creative is worse, at a chance of at most <paramref name="alpha"/> over the life of the whole test that any of
    /// its creatives is taken for worse when it is not.
    /// </summary>
    public bool IsWorse(int creatives, double alpha) => creatives > 1 && Worse >= Math.Log((creatives - 1) / alpha);

    private double Together(int from, int to)
    {
        var most = double.NegativeInfinity;
        for (var point = from; point < to; point++)
            most = Math.Max(most, Bets[point]);

        var sum = 0.0;
        for (var point = from; point < to; point++)
            sum += Weights[point] * Math.Exp(Bets[point] - most);

        return most + Math.Log(sum);
    }

    private static double[] Normalised(double[] weights)
    {
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
