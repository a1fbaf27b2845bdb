using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Automation.Safety.Observing;

/// <summary>How long after the money its results are reported: a mixture of exponential delays.</summary>
public sealed record DelayProfile(string Name, ImmutableArray<DelayProfile.Part> Parts)
{
    /// <param name="Share">0–1; the shares of a profile add up to one.</param>
    public sealed record Part(double Share, TimeSpan Mean);

    /// <summary>70 % within minutes (mean 10 min), 30 % within hours (mean 6 h). Assumed.</summary>
    public static readonly DelayProfile Install = new(
        "install", [new Part(0.70, TimeSpan.FromMinutes(10)), new Part(0.30, TimeSpan.FromHours(6))]);

    /// <summary>35 % mean 20 min, 30 % mean 8 h, 35 % mean 3 days. Assumed.</summary>
    public static readonly DelayProfile Purchase = new(
        "purchase", [new Part(0.35, TimeSpan.FromMinutes(20)), new Part(0.30, TimeSpan.FromHours(8)), new Part(0.35, TimeSpan.FromDays(3))]);

    /// <summary>Clicks and impressions are known with the money.</summary>
    public static readonly DelayProfile AtOnce = new("at once", [new Part(1, TimeSpan.Zero)]);

    public static DelayProfile For(Campaign campaign) => Of(ResultWord.Of(campaign));

    public static DelayProfile Of(ResultWord result) => result == ResultWord.Install ? Install : result.IsConversion ? Purchase : AtOnce;

    /// <summary>The share of results that is known after <paramref name="age"/>.</summary>
    public double Matured(TimeSpan age)
    {
        if (age <= TimeSpan.Zero)
            return 0;

        var sum = 0.0;
        foreach (var part in Parts)
            sum += part.Share * (1 - Math.Exp(-(age / part.Mean)));

        return sum;
    }

    /// <summary>The same of the results of a stretch of even spend that began and ended so many hours ago.</summary>
    public double Known(double hoursSinceStart, double hoursSinceEnd)
    {
        var end = Math.Max(0, hoursSinceEnd);
        var length = hoursSinceStart - end;
        var sum = 0.0;
        foreach (var part in Parts)
            sum += part.Share * Known(part.Mean.TotalHours, end, length);

        return sum;
    }

    private static double Known(double mean, double end, double length) => (mean, length) switch
    {
        ( <= 0, _) => 1,
        (_, <= 0) => 1 - Math.Exp(-end / mean),
        _ => 1 - (mean / length * (Math.Exp(-end / mean) - Math.Exp(-(end + length) / mean))),
    };
}
