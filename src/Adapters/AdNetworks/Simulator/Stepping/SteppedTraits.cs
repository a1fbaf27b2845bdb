using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

/// <summary>The truth about one campaign of an experiment, drawn once and shown to nobody. Money in dollars.</summary>
/// <param name="Overdelivery">How many daily budgets its network may spend on one day.</param>
/// <param name="ConversionHold">How much later than spend results are reported.</param>
/// <param name="PhaseMinutes">How much later than the market its own day runs.</param>
internal sealed record SteppedTraits(
    double Budget, double TrueCpa, double TargetCpa, double ConversionRate, double ClickRate, bool Installs, double RefreshMinutes,
    double Overdelivery, Pacing Pacing, int PhaseMinutes, double HourPhase, double ConversionHold)
{
    private const double CapOverBudget = 1.5;
    private const double FrontLoad = 2.6;
    private const int OpensAt = 6;
    private const int ClosesAt = 22;
    private const double HourSwing = 0.2;

    /// <summary>The user's own limit for a day.</summary>
    public double Cap => CapOverBudget * Budget;

    public double ConversionsADay => Budget / TrueCpa;

    public double CostPerClick => TrueCpa * ConversionRate;

    public static SteppedTraits Draw(ulong seed, ulong campaign, SteppedWorld world)
    {
        var random = RandomStream.At(seed, campaign, Purpose.Parameters);
        var budget = Math.Clamp(500 * Math.Exp(0.9 * random.Normal()), 50, 10_000);
        var cpa = Math.Clamp(12 * Math.Exp(0.55 * random.Normal()), 2, 80);
        var target = cpa * Math.Exp(0.2 * random.Normal());
        var conversionRate = Math.Clamp(0.04 * Math.Exp(0.5 * random.Normal()), 0.003, 0.3);
        var clickRate = Math.Clamp(0.012 * Math.Exp(0.4 * random.Normal()), 0.002, 0.1);
        var installs = random.Uniform() < 0.5;
        var refresh = world.RefreshOf(random.Uniform());
        var overdelivery = random.Uniform() < 0.6 ? 1.25 : 2;
        var (accelerated, daytime) = (random.Uniform() < 0.15, random.Uniform() < 0.2);
        return new SteppedTraits(
            budget, cpa, target, conversionRate, clickRate, installs, refresh, overdelivery,
            accelerated ? Pacing.FrontLoaded : daytime ? Pacing.Daytime : Pacing.Even,
            15 * (int)random.Uniform(0, 8), random.Uniform(0, 2 * Math.PI), random.Uniform(0, 60));
    }

    /// <summary>Traffic by minute of its own day, mean 1; a front-loaded campaign's 2.6 times that, until its money is gone.</summary>
    public double[] Rhythm()
    {
        var rhythm = new double[Diurnal.MinutesADay];
        for (var minute = 0; minute < rhythm.Length; minute++)
        {
            var open = Pacing != Pacing.Daytime || minute is >= OpensAt * 60 and < ClosesAt * 60;
            rhythm[minute] = open ? Diurnal.At(minute - PhaseMinutes) : 0;
        }

        var mean = rhythm.Average();
        var factor = (Pacing == Pacing.FrontLoaded ? FrontLoad : 1) / mean;
        for (var minute = 0; minute < rhythm.Length; minute++)
            rhythm[minute] *= factor;

        return rhythm;
    }

    /// <summary>Some hours convert better than others, by up to 20 %; over a day's traffic they come to the true cost of a result.</summary>
    /// <param name="mean">Of <see cref="MeanQuality"/>.</param>
    public double HourQuality(double minute, double mean) => Swing(minute) / mean;

    public double MeanQuality(double[] rhythm) => Enumerable.Range(0, rhythm.Length).Sum(minute => rhythm[minute] * Swing(minute)) / rhythm.Sum();

    private double Swing(double minute) => 1 + (HourSwing * Math.Sin((2 * Math.PI * minute / Diurnal.MinutesADay) + HourPhase));

    /// <summary>Minutes from a click to its result.</summary>
    public double DrawDelay(ref RandomStream random)
    {
        var draw = random.Uniform();
        if (Installs)
            return random.Exponential(draw < 0.7 ? 10 : 6 * 60);

        return random.Exponential(draw < 0.35 ? 20 : draw < 0.65 ? 8 * 60 : 3 * 24 * 60);
    }
}
