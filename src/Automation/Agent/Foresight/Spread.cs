using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Foresight;

/// <summary>
/// Turns an expected figure into a range that eight of ten times should hold what comes: lognormal, as wide as a belief of ours says and,
/// with every forecast that was held against what came, more and more as wide as they really missed.
/// </summary>
/// <param name="Offset">Added to both sides before their logarithms are taken, so that zero can be spoken of.</param>
/// <param name="Deviation">Standard deviation of the log error that we believe in, for an expected figure.</param>
/// <param name="Scale">How many times that deviation the own forecasts really missed by.</param>
public sealed record Spread(double Offset, Func<double, double> Deviation, double Scale)
{
    /// <summary>Forecasts' worth of belief in the deviation before any of them is known.</summary>
    private const double Belief = 6;

    public static Spread Learned(double offset, Func<double, double> deviation, IEnumerable<(Estimate Expected, decimal Came)> past)
    {
        var squares = past.Select(pair => Math.Log(((double)pair.Came + offset) / ((double)pair.Expected.Middle + offset)) / deviation((double)pair.Expected.Middle))
            .Where(double.IsFinite)
            .Select(error => error * error)
            .ToList();
        return new Spread(offset, deviation, Math.Sqrt((Belief + squares.Sum()) / (Belief + squares.Count)));
    }

    public Estimate Around(double middle)
    {
        var reach = CostBelief.TenPercentPoint * Scale * Deviation(middle);
        return new Estimate(
            (decimal)Math.Max(0, ((middle + Offset) * Math.Exp(-reach)) - Offset), (decimal)middle, (decimal)Math.Min(Most, ((middle + Offset) * Math.Exp(reach)) - Offset));
    }

    /// <summary>Money as people are told it: whole units from twenty on, the ends outwards.</summary>
    public static Estimate Rounded(Estimate estimate, Currency currency)
    {
        var step = estimate.Middle >= WholeFrom ? 1 : currency.Of(1).Amount / (decimal)Math.Pow(10, currency.Decimals);
        return new Estimate(Math.Floor(estimate.Low / step) * step, currency.Of(estimate.Middle).Rounded().Amount, Math.Ceiling(estimate.High / step) * step);
    }

    private const decimal WholeFrom = 20;
    private const double Most = 1e12;
}
