using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

/// <summary>
/// One campaign's days played ahead in steps of 30 seconds, as they are when nobody stops it: the fast path of the market for
/// experiments. A stop cuts a day short and changes nothing before it, so that every policy meets the same days. The arrays are used
/// again for the next campaign: a step allocates nothing.
/// </summary>
internal sealed class SteppedMarket
{
    public const int StepSeconds = 30;
    public const int StepsAnHour = 3600 / StepSeconds;
    public const int StepsADay = 24 * StepsAnHour;

    private const int StepsAKnot = 300 / StepSeconds;
    private const int LongestDelay = 7 * StepsADay;
    private const double StopsAt = 1.02;
    private const double DaySpread = 0.06;
    private const double HourSpread = 0.25;
    private const double HourCorrelation = 0.92;
    private const double HourMean = 0.03;
    private const double QualitySpread = 0.15;
    private const double GenerousChance = 0.1;
    private const double MostGenerous = 1.4;
    private const double BreathSpread = 0.18;
    private const double BreathHours = 12;
    private static readonly double BreathKeeps = Math.Exp(-StepsAKnot / (double)StepsAnHour / BreathHours);

    private readonly double[] _spent;
    private readonly double[] _clicks;
    private readonly double[] _impressions;
    private readonly int[] _firstArrival;
    private readonly Dictionary<int, double[]> _ordinary = [];
    private (int Arrives, int Bought)[] _drawn = new (int, int)[4096];
    private int[] _bought = new int[4096];
    private int _arrivals;
    private double _meanQuality;

    /// <summary>How far what impressions cost is from its usual level, on the log scale.</summary>
    private double _breath;

    public SteppedMarket(int days)
    {
        Days = days;
        _spent = new double[days * StepsADay];
        _clicks = new double[days * StepsADay / StepsAKnot];
        _impressions = new double[days * StepsADay / StepsAKnot];
        _firstArrival = new int[(days * StepsADay) + 1];
    }

    public int Days { get; }

    public SteppedTraits Traits { get; private set; } = null!;

    public IReadOnlyList<SteppedFault?> Faults { get; private set; } = [];

    /// <summary>Money spent in its day up to the end of a step.</summary>
    public double SpentThrough(int step) => _spent[step];

    /// <summary>Money spent in a day before a step of it; <paramref name="step"/> may be the day's end.</summary>
    public double SpentBefore(int day, int step) => step <= day * StepsADay ? 0 : _spent[Math.Min(step, (day + 1) * StepsADay) - 1];

    /// <summary>The same without a runaway.</summary>
    public double OrdinaryBefore(int day, int step) => _ordinary.TryGetValue(day, out var ordinary)
        ? step <= day * StepsADay ? 0 : ordinary[Math.Min(step - (day * StepsADay), StepsADay) - 1]
        : SpentBefore(day, step);

    public double ClicksBefore(int day, int step) => Counted(_clicks, day, step);

    public double ImpressionsBefore(int day, int step) => Counted(_impressions, day, step);

    /// <summary>The results that are reported in a step, by the steps in which they were bought.</summary>
    public ReadOnlySpan<int> ReportedIn(int step) => _bought.AsSpan(_firstArrival[step], _firstArrival[step + 1] - _firstArrival[step]);

    public void Play(ulong seed, ulong campaign, SteppedTraits traits, IReadOnlyList<SteppedFault?> faults)
    {
        (Traits, Faults, _arrivals) = (traits, faults, 0);
        _ordinary.Clear();
        var rhythm = traits.Rhythm();
        _meanQuality = traits.MeanQuality(rhythm);
        _breath = RandomStream.At(seed, campaign, Purpose.Impressions).Normal() * BreathSpread;
        var hour = RandomStream.At(seed, campaign, Purpose.Market, -1).Normal() * HourSpread;
        for (var day = 0; day < Days; day++)
            hour = PlayDay(seed, campaign, day, rhythm, hour);

        SortArrivals();
    }

    private double PlayDay(ulong seed, ulong campaign, int day, double[] rhythm, double hour)
    {
        var fault = Faults[day];
        var random = RandomStream.At(seed, campaign, Purpose.Market, day);
        var results = RandomStream.At(seed, campaign, Purpose.Conversions, day);
        var generous = random.Uniform() < GenerousChance ? random.Uniform(1, Math.Min(Traits.Overdelivery, MostGenerous)) : 1;
        var target = Traits.Budget * Math.Exp(DaySpread * random.Normal()) * generous;
        var quality = Math.Exp((QualitySpread * random.Normal()) - (QualitySpread * QualitySpread / 2));
        if (fault is { Kind: FaultKind.Overdelivery } over)
            target = Traits.Budget * over.Factor;

        var ordinary = fault is { Kind: FaultKind.Runaway } ? _ordinary[day] = new double[StepsADay] : null;
        var (spent, planned, noise, factor) = (0.0, 0.0, 1.0, 1.0);
        var innovation = HourSpread * Math.Sqrt(1 - (HourCorrelation * HourCorrelation));
        for (var at = 0; at < StepsADay; at++)
        {
            if (at % StepsAKnot == 0)
            {
                hour = (HourCorrelation * hour) + (innovation * random.Normal());
                noise = Math.Exp(hour - HourMean);
                factor = Traits.HourQuality(at / 2.0, _meanQuality) * quality / Traits.TrueCpa;
            }

            var step = (day * StepsADay) + at;
            var now = fault is { } acting && step >= acting.From && step < acting.Until ? acting : (SteppedFault?)null;
            var gamma = -Math.Log((1 - random.Uniform()) * (1 - random.Uniform())) / 2;
            var wanted = target * rhythm[at / 2] / StepsADay * noise * gamma;
            var usual = Math.Clamp((StopsAt * target) - planned, 0, wanted);
            planned += usual;
            if (ordinary is not null)
                ordinary[at] = planned;

            var spend = now is { Kind: FaultKind.Runaway } ? wanted * now.Value.Factor : fault is { Kind: FaultKind.Runaway } ? usual : Math.Clamp((StopsAt * target) - spent, 0, wanted);
            spent += spend;
            _spent[step] = spent;
            var worth = now switch
            {
                { Kind: FaultKind.Fraud } => now.Value.Factor,
                { Kind: FaultKind.PriceSpike } => 1 / now.Value.Factor,
                _ => 1,
            };
            Convert(step, results.Poisson(spend * factor * worth), ref results);
            if (at % StepsAKnot == StepsAKnot - 1)
                Count(day, step, now, ref random);
        }

        return hour;
    }

    private void Convert(int step, int count, ref RandomStream random)
    {
        for (; count > 0; count--)
        {
            var arrives = step + (int)(Traits.DrawDelay(ref random) * 60 / StepSeconds);
            if (arrives >= Days * StepsADay || arrives - step > LongestDelay || IsInOutage(arrives))
                continue;

            if (_arrivals == _drawn.Length)
                Array.Resize(ref _drawn, 2 * _drawn.Length);

            _drawn[_arrivals++] = (arrives, step);
        }
    }

    private bool IsInOutage(int step)
    {
        var day = step / StepsADay;
        return (Faults[day] is { Kind: FaultKind.Outage } today && step >= today.From && step < today.Until)
            || (day > 0 && Faults[day - 1] is { Kind: FaultKind.Outage } before && step < before.Until);
    }

    /// <summary>Clicks and impressions every five minutes, from the money of the five.</summary>
    private void Count(int day, int step, SteppedFault? now, ref RandomStream random)
    {
        var knot = step / StepsAKnot;
        var money = SpentThrough(step) - SpentBefore(day, step + 1 - StepsAKnot);
        var price = now is { Kind: FaultKind.PriceSpike } spike ? spike.Factor : 1;
        _breath = (BreathKeeps * _breath) + (BreathSpread * Math.Sqrt(1 - (BreathKeeps * BreathKeeps)) * random.Normal());
        var clicks = money / (Traits.CostPerClick * price * Math.Exp(_breath));
        var isFirst = knot % (StepsADay / StepsAKnot) == 0;
        _clicks[knot] = (isFirst ? 0 : _clicks[knot - 1]) + random.Poisson(clicks * (now?.Clicks ?? 1));
        _impressions[knot] = (isFirst ? 0 : _impressions[knot - 1]) + random.Poisson(clicks / Traits.ClickRate);
    }

    private static double Counted(double[] counts, int day, int step)
    {
        var first = day * (StepsADay / StepsAKnot);
        var (whole, rest) = Math.DivRem(Math.Min(step, (day + 1) * StepsADay) - (day * StepsADay), StepsAKnot);
        var before = whole == 0 ? 0 : counts[first + whole - 1];
        return rest == 0 ? before : Math.Floor(before + ((counts[first + whole] - before) * rest / StepsAKnot));
    }

    /// <summary>By the step in which they come, counted twice: no comparison, no allocation.</summary>
    private void SortArrivals()
    {
        Array.Clear(_firstArrival);
        if (_bought.Length < _arrivals)
            _bought = new int[_drawn.Length];

        for (var index = 0; index < _arrivals; index++)
            _firstArrival[_drawn[index].Arrives + 1]++;

        for (var step = 1; step < _firstArrival.Length; step++)
            _firstArrival[step] += _firstArrival[step - 1];

        for (var index = 0; index < _arrivals; index++)
            _bought[_firstArrival[_drawn[index].Arrives]++] = _drawn[index].Bought;

        for (var step = _firstArrival.Length - 1; step > 0; step--)
            _firstArrival[step] = _firstArrival[step - 1];

        _firstArrival[0] = 0;
    }
}
