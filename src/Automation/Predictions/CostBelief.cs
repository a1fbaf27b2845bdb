using ChatOpsCampaigns.Automation.AdNetworks;
using MathNet.Numerics.Distributions;

namespace ChatOpsCampaigns.Automation.Predictions;

/// <summary>
/// What one result of the next campaign will cost: lognormal. The network's usual range is its central 80 %; the account's own
/// campaigns are weighed in by their precision on the log scale.
/// </summary>
/// <param name="Mean">Of the logarithm of the cost, in the account's currency.</param>
/// <param name="Deviation">Standard deviation of that logarithm, for a campaign not seen yet.</param>
public sealed record CostBelief(double Mean, double Deviation)
{
    /// <summary>Distance of the 10 % and 90 % points from the middle of a normal distribution, in standard deviations.</summary>
    public const double TenPercentPoint = 1.2815515655446004;

    /// <summary>How much campaigns of one account differ, as a standard deviation of the log cost.</summary>
    private const double CampaignSpread = .25;

    /// <summary>How fast old evidence fades: variance of the log cost added a day.</summary>
    private const double DriftADay = .0015;

    public static CostBelief From(Range<decimal> usual, IEnumerable<PastCampaign> own)
    {
        var (low, high) = ((double)usual.Low, (double)usual.High);
        var deviation = Math.Max(.05, Math.Log(high / low) / (2 * TenPercentPoint));
        var precision = 1 / (deviation * deviation);
        var weighted = precision * Math.Log(Math.Sqrt(low * high));

        foreach (var past in own)
        {
            var variance = (CampaignSpread * CampaignSpread) + (1 / (double)past.Results) + (DriftADay * Math.Max(0, past.Age.TotalDays));
            precision += 1 / variance;
            weighted += Math.Log((double)past.CostPerResult) / variance;
        }

        return new CostBelief(weighted / precision, Math.Sqrt((1 / precision) + (CampaignSpread * CampaignSpread)));
    }

    public double Middle => Math.Exp(Mean);

    public double Low => Math.Exp(Mean - (TenPercentPoint * Deviation));

    public double High => Math.Exp(Mean + (TenPercentPoint * Deviation));

    /// <summary>How likely a result costs no more than this.</summary>
    public double ChanceOfAtMost(double cost) => cost <= 0 ? 0 : Normal.CDF(Mean, Deviation, Math.Log(cost));
}
