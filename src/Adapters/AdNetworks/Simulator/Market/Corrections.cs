using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

/// <summary>
/// What a network takes back of a day's spend: of every eight hours a few per cent, some hours after they ended, all at once, so
/// that a day's reported spend may fall before it goes on rising.
/// </summary>
internal static class Corrections
{
    private const int StretchMinutes = 8 * 60;
    private const int StretchesADay = 4;

    /// <summary>Hours after the end of a stretch.</summary>
    private const double Earliest = 2;
    private const double Latest = 8;

    /// <summary>Around the network's usual share.</summary>
    private const double LeastShare = 0.5;
    private const double MostShare = 1.5;

    /// <param name="spentUpTo">The day's delivered spend up to a moment.</param>
    public static double TakenBack(Scene scene, AccountDay day, DateTimeOffset start, DateTimeOffset end, DateTimeOffset asOf, Func<DateTimeOffset, double> spentUpTo)
    {
        var sum = 0.0;
        for (var stretch = 0; stretch < StretchesADay && scene.Parameters.TakesBack > 0; stretch++)
        {
            var from = start.AddMinutes(stretch * StretchMinutes);
            var until = from.AddMinutes(StretchMinutes) < end ? from.AddMinutes(StretchMinutes) : end;
            var random = RandomStream.At(scene.Seed, scene.Campaign, Purpose.TakenBack, ((long)day.Date.DayNumber * StretchesADay) + stretch);
            if (from >= end || until.AddHours(random.Uniform(Earliest, Latest)) > asOf)
                continue;

            sum += scene.Parameters.TakesBack * random.Uniform(LeastShare, MostShare) * (spentUpTo(until) - spentUpTo(from));
        }

        return sum;
    }
}
