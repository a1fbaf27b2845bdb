using MathNet.Numerics;

namespace ChatOpsCampaigns.Automation.Creatives.Testing;

/// <summary>
/// Pearson's chi-square: how likely rates as different as these are when nothing differs, at one look that was fixed beforehand.
/// Who looks more often uses <see cref="CreativeEvidence"/>. A table without a difference to see has p = 1.
/// </summary>
/// <param name="LeastExpected">The smallest count that no difference would have brought.</param>
public readonly record struct ChiSquare(double Statistic, double P, double LeastExpected)
{
    /// <summary>With smaller expected counts p is not to be relied on.</summary>
    public const double EnoughExpected = 5;

    public static readonly ChiSquare Nothing = new(0, 1, 0);

    public bool HasEnough => LeastExpected >= EnoughExpected;

    /// <summary>Two creatives, by impressions and those that won.</summary>
    /// <param name="corrected">Yates' correction: half a count less distance.</param>
    public static ChiSquare Of(Tally one, Tally other, bool corrected = false)
    {
        var (a, b, c, d) = (one.Won, one.Tried - one.Won, other.Won, other.Tried - other.Won);
        var all = a + b + c + d;
        var margins = (a + b) * (c + d) * (a + c) * (b + d);
        if (Math.Min(Math.Min(a, b), Math.Min(c, d)) < 0 || !(margins > 0) || !double.IsFinite(margins))
            return Nothing;

        var distance = Math.Abs((a * d) - (b * c));
        if (corrected)
            distance = Math.Max(0, distance - (all / 2));

        var statistic = all * distance * distance / margins;
        return new ChiSquare(statistic, SpecialFunctions.Erfc(Math.Sqrt(statistic / 2)), Math.Min(a + b, c + d) * Math.Min(a + c, b + d) / all);
    }

    /// <summary>Any number of creatives at once: whether any of them differs.</summary>
    public static ChiSquare Of(IReadOnlyList<Tally> creatives)
    {
        var tried = creatives.Where(creative => creative.Tried > 0).ToList();
        var all = Tally.Of(tried);
        var rate = all.Rate;
        if (tried.Count < 2 || rate is <= 0 or >= 1 || tried.Exists(creative => creative.Won < 0 || creative.Won > creative.Tried))
            return Nothing;

        var statistic = tried.Sum(creative => Math.Pow(creative.Won - (creative.Tried * rate), 2) / (creative.Tried * rate * (1 - rate)));
        var p = statistic > 0 ? SpecialFunctions.GammaUpperRegularized((tried.Count - 1) / 2.0, statistic / 2) : 1;
        return new ChiSquare(statistic, p, tried.Min(creative => creative.Tried) * Math.Min(rate, 1 - rate));
    }
}
