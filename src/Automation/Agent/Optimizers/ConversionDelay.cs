using ChatOpsCampaigns.Automation.Predictions;

namespace ChatOpsCampaigns.Automation.Agent.Optimizers;

/// <summary>
/// How late results are reported: the share of a moment's results that is known after a while. Installs 70 % within about
/// ten minutes and 30 % within about six hours; purchases and leads 35 % / 20 min, 30 % / 8 h, 35 % / 3 days; clicks and
/// impressions at once. Assumed for every network until it is learned.
/// </summary>
public sealed record ConversionDelay(params IReadOnlyList<(double Share, double Hours)> Parts)
{
    public static readonly ConversionDelay None = new();
    private static readonly ConversionDelay Install = new((.7, 1.0 / 6), (.3, 6));
    private static readonly ConversionDelay Purchase = new((.35, 1.0 / 3), (.3, 8), (.35, 72));

    public static ConversionDelay Of(ResultWord result) =>
        result == ResultWord.Install ? Install
        : result == ResultWord.Purchase || result == ResultWord.Lead ? Purchase
        : None;

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
