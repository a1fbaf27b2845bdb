using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Agent.Optimizers;

/// <summary>
/// How late results are reported, as the safety rules have it (<see cref="DelayProfile"/>), over a stretch of even spend.
/// Assumed for every network until it is learned.
/// </summary>
public sealed record ConversionDelay(params IReadOnlyList<(double Share, double Hours)> Parts)
{
    public static ConversionDelay Of(ResultWord result) =>
        new([.. DelayProfile.Of(result).Parts.Where(part => part.Mean > TimeSpan.Zero).Select(part => (part.Share, part.Mean.TotalHours))]);

    /// <summary>Known share of the results of a stretch of even spend that began and ended so many hours ago; 0–1.</summary>
    public double Known(double hoursSinceStart, double hoursSinceEnd)
    {
        var end = Math.Max(0, hoursSinceEnd);
        var length = hoursSinceStart - end;
        if (Parts.Count == 0)
            return 1;

        return length <= 0
            ? Parts.Sum(part => part.Share * (1 - Math.Exp(-end / part.Hours)))
            : Parts.Sum(part => part.Share * (1 - (part.Hours / length * (Math.Exp(-end / part.Hours) - Math.Exp(-(end + length) / part.Hours)))));
    }
}
