using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

/// <summary>
/// When a network's reports are refreshed and how far each then reaches: a staircase. Between two refreshes every read gets
/// the same figures.
/// </summary>
internal sealed class ReportSchedule(ulong seed, ulong campaign, TimeSpan refresh)
{
    /// <summary>Two refreshes are 0.85 to 1.15 intervals apart.</summary>
    private const double Jitter = 0.075;

    private const double LeastLag = 0.2;
    private const double MostLag = 0.6;

    /// <summary>A report is at most lag + interval old; refreshing at this share of the usual age keeps it within that age.</summary>
    private const double ShareOfUsualAge = 0.55;

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(60);

    /// <summary>5 to 60 minutes by the network's usual report age. Networks that are a day late are shown an hour late.</summary>
    public static TimeSpan RefreshOf(NetworkProfile profile)
    {
        var wanted = profile.UsualReportAge.Value * ShareOfUsualAge;
        return wanted < Shortest ? Shortest : wanted > Longest ? Longest : wanted;
    }

    /// <summary>Up to when the report shown at a moment counts.</summary>
    public DateTimeOffset DataAsOf(DateTimeOffset now)
    {
        var offset = RandomStream.At(seed, campaign, Purpose.Reporting, -1).Uniform();
        var index = (long)Math.Floor((now.UtcTicks / (double)refresh.Ticks) - offset) + 1;
        while (RefreshedAt(index, offset) > now)
            index--;

        var draws = Draws(index);
        draws.Uniform();
        return RefreshedAt(index, offset) - (refresh * draws.Uniform(LeastLag, MostLag));
    }

    private DateTimeOffset RefreshedAt(long index, double offset)
    {
        var jitter = Draws(index).Uniform(-Jitter, Jitter);
        return new DateTimeOffset((long)((index + offset + jitter) * refresh.Ticks), TimeSpan.Zero);
    }

    private RandomStream Draws(long index) => RandomStream.At(seed, campaign, Purpose.Reporting, index);
}
