namespace ChatOpsCampaigns.Automation.Safety.Observing;

/// <summary>
/// How a market's day usually runs, mean 1: lowest before four in the morning, highest after nine in the evening. A smooth
/// curve of our own, shaped after the hours of day in a public set of ad auctions.
/// </summary>
public static class DiurnalCurve
{
    private static readonly double[] Hours = Normalised(
    [
        0.95, 0.55, 0.30, 0.17, 0.14, 0.20, 0.40, 0.70, 0.90, 1.00, 1.05, 1.10,
        1.20, 1.20, 1.15, 1.10, 1.10, 1.15, 1.30, 1.50, 1.70, 1.80, 1.70, 1.35,
    ]);

    public static readonly double Peak = Hours.Max();

    /// <summary>The level at an hour of the account's day, 0–24.</summary>
    public static double At(double hour)
    {
        var before = (int)Math.Floor(hour);
        var share = hour - before;
        return (Hours[before % 24] * (1 - share)) + (Hours[(before + 1) % 24] * share);
    }

    /// <summary>How much of a day's money the curve gives to the time between two instants.</summary>
    /// <param name="floor">The least level that counts: cents at night must not look like a multiple of nothing.</param>
    public static double Share(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone, double floor)
    {
        const int steps = 8;
        var step = (to - from) / steps;
        var sum = 0.0;
        for (var i = 0; i < steps; i++)
        {
            var local = TimeZoneInfo.ConvertTime(from + (step * (i + 0.5)), zone);
            sum += Math.Max(floor, At(local.TimeOfDay.TotalHours));
        }

        return sum / steps * (to - from).TotalDays;
    }

    /// <summary>What some hours of the day draw of a whole day's money: in them a day's money runs that much faster. No hours are all.</summary>
    public static double ShareOf(IReadOnlyCollection<int> hours) =>
        hours.Count == 0 ? 1 : Math.Max(1.0 / Hours.Length, hours.Sum(hour => At(hour + 0.5)) / Hours.Length);

    private static double[] Normalised(double[] hours)
    {
        var mean = hours.Average();
        return [.. hours.Select(hour => hour / mean)];
    }
}
