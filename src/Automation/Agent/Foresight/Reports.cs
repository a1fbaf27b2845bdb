using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Agent.Foresight;

/// <summary>When a network's figures tell what came in a stretch of time: its report delay, and how late results are reported.</summary>
internal static class Reports
{
    /// <summary>So much of a day's results should be counted when they are held against the forecast.</summary>
    private const double KnownShare = .95;

    /// <summary>Networks are asked for today and yesterday: later than this a day's results are read no more.</summary>
    private static readonly TimeSpan LongestMaturing = TimeSpan.FromHours(16);

    /// <summary>Where a network does not say up to when its figures count, they are taken for half its usual report age old, 90 minutes at most.</summary>
    private static readonly TimeSpan MostLag = TimeSpan.FromMinutes(90);

    /// <summary>Figures of a whole stretch of time up to an instant are in the report.</summary>
    public static bool Cover(Observation now, DateTimeOffset at) => now.Reading is { } reading && now.State != DataState.Impossible
        && (reading.DataAsOf is { } asOf ? asOf >= at : now.FailuresInARow == 0 && now.Now >= at + now.Profile.UsualReportAge.Value);

    /// <summary>Where on the line of readings the figures of an instant are found.</summary>
    public static DateTimeOffset SeenAt(Observation now, DateTimeOffset at) => at + Lag(now);

    /// <summary>Up to when the figures count that were read at an instant.</summary>
    public static DateTimeOffset CountTo(Observation now, DateTimeOffset read) => read - Lag(now);

    /// <summary>How much later than the money networks count what happened at once.</summary>
    public static TimeSpan ResultHold(DelayProfile delays) => delays == DelayProfile.AtOnce ? TimeSpan.Zero : SafetyLimits.ConversionHold;

    /// <summary>How long after a day its results are held against the forecast: when 95 % are known, 16 hours at most.</summary>
    public static TimeSpan Maturing(DelayProfile delays)
    {
        var wait = TimeSpan.Zero;
        while (wait < LongestMaturing && delays.Known(24 + wait.TotalHours, wait.TotalHours) < KnownShare)
            wait += TimeSpan.FromHours(1);

        return wait;
    }

    private static TimeSpan Lag(Observation now)
    {
        if (now.Reading?.DataAsOf is not null)
            return TimeSpan.Zero;

        var half = now.Profile.UsualReportAge.Value / 2;
        return half < MostLag ? half : MostLag;
    }
}
