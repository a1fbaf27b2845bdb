using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

/// <summary>A result that comes at <paramref name="Minute"/> (minutes since 1970) and is worth something.</summary>
internal readonly record struct Arrival(long Minute, double Value);

/// <summary>What was delivered from the start of a day up to some minute.</summary>
internal readonly record struct Delivered(double Spend, long Impressions, long Clicks);

/// <summary>
/// One account day of one campaign, minute by minute, as far as it was asked for. Every minute draws its own random numbers, so
/// that an event changes what follows it and nothing else.
/// </summary>
internal sealed class MarketDay
{
    /// <summary>Spend stops when the day's money is gone, a little late as networks are.</summary>
    private const double StopsAt = 1.02;

    private const double HourSpread = 0.25;
    private const double HourCorrelation = 0.92;
    private const int HourKnotMinutes = 5;
    private const double FrontLoad = 2.6;
    private const double FraudulentClicks = 3;
    private const double FraudConverts = 0.1;
    private const double ValueSpread = 0.4;
    private const double LongestDelayMinutes = 7 * Diurnal.MinutesADay;

    private readonly Scene _scene;
    private static readonly int[] PlainMinutes = [.. Enumerable.Range(0, Diurnal.MinutesADay)];

    private readonly int[] _localMinutes;
    private double[] _hours;
    private double[] _spend;
    private int[] _impressions;
    private int[] _clicks;
    private readonly double _size;
    private readonly double _quality;
    private int _played;

    public MarketDay(Scene scene, AccountDay day, TimeZoneInfo zone)
    {
        _scene = scene;
        Day = day;
        Start = day.Start(zone);
        _localMinutes = LocalMinutes(Start, day.End(zone), zone);
        _spend = new double[_localMinutes.Length + 1];
        _impressions = new int[_localMinutes.Length + 1];
        _clicks = new int[_localMinutes.Length + 1];

        var random = RandomStream.At(scene.Seed, scene.Campaign, Purpose.Market, -day.Date.DayNumber);
        var generous = random.Uniform() < 0.1 ? random.Uniform(1, scene.Parameters.BestDay) : 1;
        _size = Math.Exp(0.06 * random.Normal()) * generous;
        _quality = Math.Exp((0.15 * random.Normal()) - (0.15 * 0.15 / 2));
        _hours = Hours(random, (_localMinutes.Length / HourKnotMinutes) + 1);
    }

    public AccountDay Day { get; }

    public DateTimeOffset Start { get; }

    /// <summary>Results bought in this day so far, with when they come.</summary>
    public List<Arrival> Arrivals { get; } = [];

    /// <summary>Only the results it brought are still known, and no minute of it.</summary>
    public bool IsPacked { get; private set; }

    /// <summary>Gives the minutes of a day that was played to its end back to the memory; its results stay.</summary>
    public void Pack()
    {
        if (IsPacked || _played < _localMinutes.Length)
            return;

        (_hours, _spend, _impressions, _clicks, IsPacked) = ([], [], [], [], true);
        Arrivals.TrimExcess();
    }

    /// <summary>What was delivered up to a moment, in whole minutes. Not to be asked of a packed day.</summary>
    public Delivered UpTo(DateTimeOffset moment, Timeline timeline)
    {
        var minute = Math.Clamp((int)Math.Floor((moment - Start).TotalMinutes), 0, _localMinutes.Length);
        while (_played < minute)
            Play(timeline);

        return new Delivered(_spend[minute], _impressions[minute], _clicks[minute]);
    }

    private void Play(Timeline timeline)
    {
        var parameters = _scene.Parameters;
        var from = Start.AddMinutes(_played);
        var until = from.AddMinutes(1);
        var position = from.ToUnixTimeSeconds() / 60;
        var random = RandomStream.At(_scene.Seed, _scene.Campaign, Purpose.Market, position);
        var gamma = -Math.Log((1 - random.Uniform()) * (1 - random.Uniform()) * (1 - random.Uniform()) * (1 - random.Uniform())) / 4;
        var share = _scene.Rhythm[_localMinutes[_played]] / Diurnal.MinutesADay * gamma * Math.Exp(_hours[_played / HourKnotMinutes]);

        var (spend, clicks, shown, results) = (0.0, 0.0, 0.0, 0.0);
        for (var index = Math.Max(0, timeline.IndexAt(from)); share > 0 && index < timeline.Count; index++)
        {
            if (timeline[index].From >= until)
                break;

            var now = timeline[index];
            if (!now.Delivers)
                continue;

            var part = PartOfMinute(from, until, now.From, timeline.EndOf(index));
            var money = Money(now, share * part, _spend[_played] + spend);
            var price = _scene.PriceAt(now, from);
            var clicked = money / (parameters.TrueCpa * parameters.ConversionRate * price);

            spend += money;
            shown += clicked / parameters.ClickRate;
            clicks += now.Fraud ? clicked * FraudulentClicks : clicked;
            results += money / (parameters.TrueCpa * price) * (now.Fraud ? FraudConverts : 1);
        }

        _spend[_played + 1] = _spend[_played] + spend;
        Count(position, shown, clicks);
        Convert(position, results * _quality * _scene.HourQuality(_localMinutes[_played]));
        _played++;
    }

    /// <summary>What a stretch of time spends: the plan as far as the bid wins it, until the day's budget is used up. A runaway knows neither.</summary>
    private double Money(Conditions now, double share, double spent)
    {
        var target = now.Budget * _size;
        return now.SpendFactor > 1
            ? target * share * now.SpendFactor
            : Math.Clamp((StopsAt * target) - spent, 0, target * share * _scene.WinRate(now.Bid));
    }

    private void Count(long position, double shown, double clicks)
    {
        var random = RandomStream.At(_scene.Seed, _scene.Campaign, Purpose.Impressions, position);
        var impressions = random.Poisson(shown);
        _impressions[_played + 1] = _impressions[_played] + impressions;
        _clicks[_played + 1] = _clicks[_played] + Math.Min(random.Poisson(clicks), impressions);
    }

    private void Convert(long position, double mean)
    {
        if (mean <= 0 || !_scene.Parameters.Result.IsConversion)
            return;

        var random = RandomStream.At(_scene.Seed, _scene.Campaign, Purpose.Conversions, position);
        for (var left = random.Poisson(mean); left > 0; left--)
        {
            var delay = Delay(ref random);
            var value = _scene.Parameters.Worth * Math.Exp((ValueSpread * random.Normal()) - (ValueSpread * ValueSpread / 2));
            if (delay < LongestDelayMinutes)
                Arrivals.Add(new Arrival(position + 1 + (long)delay, value));
        }
    }

    /// <summary>Minutes from click to result: a mixture of quick and slow people.</summary>
    private double Delay(ref RandomStream random)
    {
        var who = random.Uniform();
        if (_scene.Parameters.Result == ResultWord.Install)
            return random.Exponential(who < 0.7 ? 10 : 6 * 60);

        return random.Exponential(who < 0.35 ? 20 : who < 0.65 ? 8 * 60 : 3 * Diurnal.MinutesADay);
    }

    private static double PartOfMinute(DateTimeOffset from, DateTimeOffset until, DateTimeOffset begins, DateTimeOffset ends)
    {
        var first = begins > from ? begins : from;
        var last = ends < until ? ends : until;
        return (last - first).TotalMinutes;
    }

    /// <summary>A slow wave of the market on the log scale with mean factor 1, about an hour long.</summary>
    private static double[] Hours(RandomStream random, int count)
    {
        var wave = new double[count];
        var now = HourSpread * random.Normal();
        for (var index = 0; index < count; index++)
        {
            wave[index] = now - (HourSpread * HourSpread / 2);
            now = (HourCorrelation * now) + (HourSpread * Math.Sqrt(1 - (HourCorrelation * HourCorrelation)) * random.Normal());
        }

        return wave;
    }

    /// <summary>The wall-clock minute of each minute of the day: 1,440 of them, or an hour less or more when the clocks change.</summary>
    private static int[] LocalMinutes(DateTimeOffset start, DateTimeOffset end, TimeZoneInfo zone)
    {
        var length = (int)(end - start).TotalMinutes;
        if (length == Diurnal.MinutesADay)
            return PlainMinutes;

        var minutes = new int[length];
        for (var index = 0; index < minutes.Length; index++)
            minutes[index] = (int)TimeZoneInfo.ConvertTime(start.AddMinutes(index), zone).TimeOfDay.TotalMinutes;

        return minutes;
    }

    public static double[] RhythmOf(MarketParameters parameters, IReadOnlyCollection<int> hours)
    {
        bool Open(int hour) => (parameters.Pacing != Pacing.Daytime || hour is >= 6 and < 22) && (hours.Count == 0 || hours.Contains(hour));

        var factor = parameters.Pacing == Pacing.FrontLoaded ? FrontLoad : 1;
        var rhythm = new double[Diurnal.MinutesADay];
        for (var minute = 0; minute < rhythm.Length; minute++)
            rhythm[minute] = Open(minute / 60) ? factor * Diurnal.At(minute - parameters.PhaseMinutes) : 0;

        // What is closed at night is spent by day.
        var mean = rhythm.Average();
        return mean == 0 || parameters.Pacing == Pacing.FrontLoaded ? rhythm : [.. rhythm.Select(value => value / mean)];
    }
}
