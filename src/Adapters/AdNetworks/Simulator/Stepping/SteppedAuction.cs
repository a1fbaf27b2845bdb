using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using MathNet.Numerics;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

/// <summary>
/// The auctions of one campaign in steps of five minutes: what others bid is log-normal around a level that breathes and drifts; who
/// wins pays the second price, or the own bid in a first-price world. What others bid does not depend on ours.
/// </summary>
internal sealed class SteppedAuction
{
    public const int StepsADay = 288;
    public const int StepsAnHour = StepsADay / 24;

    private const double MedianPrice = 8;
    private const double PriceSpread = 0.4;
    private const double BreathSpread = 0.18;
    private const double BreathHours = 12;
    private const double DayDrift = 0.03;
    private const double JumpChance = 0.03;
    private const double JumpSpread = 0.25;
    private const double DayWave = 0.1;
    private const double StartError = 0.35;
    private const double QualitySpread = 0.15;
    private const double SpendShape = 20;
    private const int WaveSlot = 20;
    private const int Slots = 96;

    private readonly double[] _level;
    private readonly double[] _quality;
    private readonly double[] _traffic = new double[StepsADay];
    private readonly bool _firstPrice;
    private readonly double _spread;
    private readonly double _opportunities;
    private readonly double _meanQuality;

    public SteppedAuction(ulong seed, ulong campaign, SteppedTraits traits, SteppedWorld world, int days)
    {
        var random = RandomStream.At(seed, campaign, Purpose.Market, -2);
        (Traits, _firstPrice) = (traits, world.FirstPrice);
        _spread = random.Uniform(.5, .9);
        var level = Math.Log(MedianPrice) + (PriceSpread * random.Normal());
        var wanted = random.Uniform(-1.2, .3);
        ConversionsADay = Math.Exp(random.Uniform(Math.Log(5), Math.Log(400)));
        var pays = _firstPrice ? Math.Exp(level + (wanted * _spread)) : SecondPrice(level, wanted);
        Rate = pays / (1000 * traits.TargetCpa);
        StartBid = Math.Exp(level + (wanted * _spread)) / (1000 * Rate) * Math.Exp(StartError * random.Normal());
        _opportunities = ConversionsADay / (Phi(wanted) * Rate);
        _level = Levels(seed, campaign, level, days);
        _quality = [.. Enumerable.Range(0, days).Select(_ => Math.Exp((QualitySpread * random.Normal()) - (QualitySpread * QualitySpread / 2)))];
        for (var step = 0; step < StepsADay; step++)
            _traffic[step] = Diurnal.At((step * 5) - traits.PhaseMinutes);

        _meanQuality = traits.MeanQuality([.. Enumerable.Range(0, Diurnal.MinutesADay).Select(minute => Diurnal.At(minute - traits.PhaseMinutes))]);
    }

    public SteppedTraits Traits { get; }

    /// <summary>Results for an impression.</summary>
    public double Rate { get; }

    /// <summary>Dollars for a result.</summary>
    public double StartBid { get; }

    /// <summary>At the bid that meets the target.</summary>
    public double ConversionsADay { get; }

    /// <summary>What a step brings on average at a bid: results, and dollars for each.</summary>
    public (double Results, double Cost, double Impressions, double Cpm) Expect(int step, double bid)
    {
        var level = _level[step];
        var z = (Math.Log(1000 * bid * Rate) - level) / _spread;
        var win = Phi(z);
        var cpm = _firstPrice ? 1000 * bid * Rate : SecondPrice(level, z, win);
        var impressions = _opportunities * _traffic[step % StepsADay] / StepsADay * win;
        return (impressions * Rate, cpm / (1000 * Rate), impressions, cpm);
    }

    /// <summary>What a step really brings at a bid: money, impressions and results.</summary>
    public (double Spend, int Impressions, int Results) Draw(int step, double impressions, double cpm, ref RandomStream random)
    {
        var shown = random.Poisson(impressions);
        var spend = shown * cpm / 1000 * random.Gamma(SpendShape);
        return (spend, shown, random.Poisson(shown * Rate * _quality[step / StepsADay] * Traits.HourQuality(step % StepsADay * 5, _meanQuality)));
    }

    /// <summary>The bid at which a result costs the target at this step.</summary>
    public double BidFor(int step, double target)
    {
        if (_firstPrice)
            return target;

        var (low, high) = (-6.0, 6.0);
        for (var round = 0; round < 40; round++)
        {
            var middle = (low + high) / 2;
            if (SecondPrice(_level[step], middle) < 1000 * Rate * target)
                low = middle;
            else
                high = middle;
        }

        return Math.Exp(_level[step] + (_spread * (low + high) / 2)) / (1000 * Rate);
    }

    /// <summary>Share of auctions won, and what a thousand impressions then cost, at a bid this far from the others' level.</summary>
    public (double Win, double Cpm) At(int step, double z) => (Phi(z), SecondPrice(_level[step], z));

    /// <summary>What others bid for a thousand impressions: the mean and the spread of its logarithm.</summary>
    public (double Level, double Spread) OthersAt(int step) => (_level[step], _spread);

    private double SecondPrice(double level, double z) => SecondPrice(level, z, Phi(z));

    private double SecondPrice(double level, double z, double win) =>
        win < 1e-12 ? Math.Exp(level + (z * _spread)) : Math.Exp(level + (_spread * _spread / 2)) * Phi(z - _spread) / win;

    private static double Phi(double x) => SpecialFunctions.Erfc(-x / Math.Sqrt(2)) / 2;

    private static double[] Levels(ulong seed, ulong campaign, double level, int days)
    {
        var random = RandomStream.At(seed, campaign, Purpose.Market, -3);
        var levels = new double[days * StepsADay];
        var keeps = Math.Exp(-24.0 / StepsADay / BreathHours);
        var (breath, drift) = (BreathSpread * random.Normal(), 0.0);
        for (var step = 0; step < levels.Length; step++)
        {
            if (step % StepsADay == 0 && step > 0)
                drift += (DayDrift * random.Normal()) + (random.Uniform() < JumpChance ? JumpSpread * random.Normal() : 0);

            breath = (keeps * breath) + (BreathSpread * Math.Sqrt(1 - (keeps * keeps)) * random.Normal());
            levels[step] = level + breath + drift + (DayWave * Math.Sin(2 * Math.PI * ((step % StepsADay / 3.0) - WaveSlot) / Slots));
        }

        return levels;
    }
}
