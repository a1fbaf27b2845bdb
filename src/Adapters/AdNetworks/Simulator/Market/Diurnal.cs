namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

/// <summary>
/// How traffic is spread over the local day, mean 1: five harmonics fitted to the logarithm of the page views of a large
/// advertising platform (AuctionNet, Alibaba), shifted to local time. Peak 1.7 at about 21 h, trough 0.15 at about 4 h.
/// </summary>
internal static class Diurnal
{
    public const int MinutesADay = 1440;

    private static readonly double[] Cosines = [-0.3394, 0.2919, 0.2211, 0.0009, -0.0507];
    private static readonly double[] Sines = [-0.7298, -0.5074, -0.0542, 0.0602, 0.0199];
    private static readonly double[] Shape = Curve();

    /// <summary>Traffic in a minute of the local day against the day's mean.</summary>
    public static double At(int minute) => Shape[((minute % MinutesADay) + MinutesADay) % MinutesADay];

    /// <summary>The mean over some hours of the day, against the whole day's.</summary>
    public static double ShareOf(Func<int, bool> hour) => Enumerable.Range(0, MinutesADay).Where(minute => hour(minute / 60)).Sum(At) / MinutesADay;

    private static double[] Curve()
    {
        var raw = Enumerable.Range(0, MinutesADay).Select(Raw).ToArray();
        var mean = raw.Average();
        return [.. raw.Select(value => value / mean)];
    }

    private static double Raw(int minute)
    {
        var angle = 2 * Math.PI * (minute + 0.5) / MinutesADay;
        return Math.Exp(Cosines.Select((cosine, k) => (cosine * Math.Cos((k + 1) * angle)) + (Sines[k] * Math.Sin((k + 1) * angle))).Sum());
    }
}
