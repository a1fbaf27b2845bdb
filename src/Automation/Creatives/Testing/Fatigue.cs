using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace ChatOpsCampaigns.Automation.Creatives.Testing;

public enum Tiredness
{
    /// <summary>Too little was shown to tell.</summary>
    Unknown,
    Fresh,
    Tired,
}

/// <summary>
/// Whether people have seen a creative too often: its click rate has fallen to less than seven tenths of what it was in its first
/// days, as far as that of the campaign's other creatives has not fallen too (season and auction move all).
/// Where the network does not say how often people saw it, only a fall that is surer still counts. Pure.
/// </summary>
public static class Fatigue
{
    /// <summary>Seen less often by the same person, nothing tires.</summary>
    private const double Frequency = 3;

    private const double Left = .7;
    private const double Certainty = .95;

    /// <summary>Where nobody says how often people saw it, the fall itself must be so sure.</summary>
    private const double CertaintyAlone = .99;

    /// <summary>What the first days have to have been shown.</summary>
    public const double EnoughAtFirst = 10_000;

    /// <summary>Clicks that a window would have brought at the first rate before a fall by 30 % is seen four times in five: 11,700 impressions at 1 %.</summary>
    public const double EnoughClicks = 117;

    /// <param name="frequency">How often a person saw it in seven days; null where the network does not say.</param>
    public static Tiredness Of(double? frequency, Tally first, Tally now, Tally othersFirst, Tally othersNow)
    {
        if (first.Tried < EnoughAtFirst || othersFirst.Tried < EnoughAtFirst)
            return Tiredness.Unknown;

        if (now.Tried * first.Rate < EnoughClicks || othersNow.Tried * othersFirst.Rate < EnoughClicks)
            return Tiredness.Unknown;

        if (frequency is not { } seen)
            return ChanceOfFall(first, now, othersFirst, othersNow) > CertaintyAlone ? Tiredness.Tired : Tiredness.Unknown;

        return seen > Frequency && ChanceOfFall(first, now, othersFirst, othersNow) > Certainty ? Tiredness.Tired : Tiredness.Fresh;
    }

    /// <summary>The chance that less than seven tenths are left, the others' own change taken out; each rate is believed as a beta.</summary>
    public static double ChanceOfFall(Tally first, Tally now, Tally othersFirst, Tally othersNow)
    {
        var (firstMean, firstSpread) = LogRate(first);
        var (nowMean, nowSpread) = LogRate(now);
        var (othersFirstMean, othersFirstSpread) = LogRate(othersFirst);
        var (othersNowMean, othersNowSpread) = LogRate(othersNow);
        var fall = nowMean - firstMean - (othersNowMean - othersFirstMean);
        return Normal.CDF(fall, Math.Sqrt(firstSpread + nowSpread + othersFirstSpread + othersNowSpread), Math.Log(Left));
    }

    /// <summary>Mean and variance of the logarithm of a beta.</summary>
    private static (double Mean, double Variance) LogRate(Tally tally)
    {
        var won = Math.Max(0, tally.Won) + .5;
        var all = Math.Max(Math.Max(0, tally.Won), tally.Tried) + 1;
        return (SpecialFunctions.DiGamma(won) - SpecialFunctions.DiGamma(all), TriGamma(won) - TriGamma(all));
    }

    private static double TriGamma(double x)
    {
        var lifted = 0.0;
        for (; x < 8; x++)
            lifted += 1 / (x * x);

        var square = 1 / (x * x);
        return lifted + (1 / x) + (square / 2) + (square / x * ((1.0 / 6) - (square * ((1.0 / 30) - (square / 42)))));
    }
}
