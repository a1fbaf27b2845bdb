using System.Globalization;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

internal enum FaultKind
{
    Runaway,
    Outage,
    Fraud,
    PriceSpike,
    Freeze,
    ApiGap,
    Overdelivery,
}

/// <summary>Something out of the ordinary on one day of a campaign.</summary>
/// <param name="From">Step since the start.</param>
/// <param name="Until">The step at which it is over.</param>
/// <param name="Factor">Of a runaway, of the price, of the day's money, or of what clicks are still worth.</param>
/// <param name="Clicks">How many times as many clicks as the money usually buys (fraud alone).</param>
internal readonly record struct SteppedFault(FaultKind Kind, int Day, int From, int Until, double Factor, double Clicks)
{
    private const double Chance = 0.15;
    private const int FirstDay = 8;

    /// <summary>Money is really lost; the other kinds harm nobody, and a stop for them is a mistake.</summary>
    public bool IsReal => Kind is FaultKind.Runaway or FaultKind.Outage or FaultKind.Fraud or FaultKind.PriceSpike;

    /// <summary>"runaway x5"</summary>
    public string Name => Kind switch
    {
        FaultKind.Runaway => string.Create(CultureInfo.InvariantCulture, $"runaway x{Factor:0}"),
        FaultKind.PriceSpike => "price spike",
        FaultKind.ApiGap => "api gap",
        _ => Kind.ToString().ToLowerInvariant(),
    };

    /// <summary>At most one a day, none in the days in which everybody still learns.</summary>
    public static SteppedFault?[] Draw(ulong seed, ulong campaign, SteppedTraits traits, int days)
    {
        var faults = new SteppedFault?[days];
        for (var day = FirstDay; day < days; day++)
        {
            var random = RandomStream.At(seed, campaign, Purpose.Faults, day);
            if (random.Uniform() < Chance)
                faults[day] = Of((FaultKind)(int)random.Uniform(0, 7), day, traits, ref random);
        }

        return faults;
    }

    private static SteppedFault Of(FaultKind kind, int day, SteppedTraits traits, ref RandomStream random)
    {
        var midnight = day * SteppedMarket.StepsADay;
        var from = midnight + (int)random.Uniform(2 * SteppedMarket.StepsAnHour, 20 * SteppedMarket.StepsAnHour);
        var evening = midnight + SteppedMarket.StepsADay;
        return kind switch
        {
            FaultKind.Runaway => new(kind, day, from, evening, Factors[(int)random.Uniform(0, Factors.Length)], 1),
            FaultKind.Outage => new(kind, day, from, from + (12 * SteppedMarket.StepsAnHour), 0, 1),
            FaultKind.Fraud => new(kind, day, from, evening, random.Uniform(.05, .3), random.Uniform() < .5 ? 5 : 1),
            FaultKind.PriceSpike => new(kind, day, from, evening, random.Uniform(3, 5), 1),
            FaultKind.Freeze => new(kind, day, from, from + (int)(random.Uniform(2, 6) * SteppedMarket.StepsAnHour), 1, 1),
            FaultKind.ApiGap => new(kind, day, from, from + (int)(random.Uniform(.5, 4) * SteppedMarket.StepsAnHour), 1, 1),
            _ => new(kind, day, midnight, evening, random.Uniform(1.1, traits.Overdelivery), 1),
        };
    }

    private static readonly double[] Factors = [3, 5, 10];
}
