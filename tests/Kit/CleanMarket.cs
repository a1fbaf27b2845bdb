using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

/// <summary>
/// Campaigns as networks report them, for counting false stops: hour-of-day shape, slow noise, days above the budget, slow
/// conversions, figures that come in steps and late. One minute a step; the same seed gives the same days.
/// </summary>
public sealed class CleanMarket(int seed)
{
    private const int MinutesADay = 1440;

    /// <param name="FrontLoaded">Spends 2.6 times as fast until the day's money is gone.</param>
    public sealed record Traits(
        Campaign Campaign, NetworkProfile Profile, double Budget, double Cpa, double OverDelivery, bool FrontLoaded, bool Dayparted, double Shift,
        int RefreshMinutes, int ConversionLag, DelayProfile Delays);

    /// <summary>What happened in one day of one campaign, judged every five minutes.</summary>
    /// <param name="Breach">The first pausing breach, or null.</param>
    public sealed record Day(Traits Traits, SafetyVerdict.Breach? Breach, int? BreachMinute);

    private readonly Random _random = new(seed);

    /// <summary>Is shown the campaign every half hour, with the minutes since the start; then nothing is judged.</summary>
    public Action<int, Observation>? Sees { get; init; }

    /// <summary>Results of this minute are not reported, nor ever after.</summary>
    public Func<int, bool> Uncounted { get; init; } = _ => false;

    /// <summary>Runs one campaign for some days. A fault multiplies the money from a minute of a day on, without the budget's end.</summary>
    public IEnumerable<Day> Run(int days, int? faultDay = null, double factor = 1, int faultMinute = 720)
    {
        var traits = Draw();
        var account = A.Account() with { TimeZone = "UTC" };
        var panel = new SafetyPanel();
        var start = A.Noon.Date.AddDays(-1);
        var arrivals = new double[(days + 9) * MinutesADay];
        var (window, finished) = (new List<KeptReading>(), new List<DayFigures>());
        DayFigures? yesterday = null;
        var noise = 0.0;
        var nextRefresh = 0;

        for (var day = 0; day < days; day++)
        {
            var (spend, conversions) = (new double[MinutesADay + 1], new double[MinutesADay + 1]);
            var target = traits.Budget * Math.Exp(Normal() * 0.06) * (_random.NextDouble() < 0.1 ? 1 + (_random.NextDouble() * (Math.Min(traits.OverDelivery, 1.4) - 1)) : 1);
            var quality = Math.Exp(Normal() * 0.15);
            SafetyVerdict.Breach? breach = null;
            int? at = null;
            for (var minute = 0; minute < MinutesADay; minute++)
            {
                noise = (noise * 0.9835) + (Normal() * 0.25 * Math.Sqrt(1 - (0.9835 * 0.9835)));
                var faulty = day == faultDay && minute >= faultMinute;
                var step = target * Level(traits, minute) / MinutesADay * Math.Exp(noise - 0.03) * (faulty ? factor : 1);
                if (!faulty && spend[minute] + step > target * 1.02)
                    step = Math.Max(0, (target * 1.02) - spend[minute]);

                spend[minute + 1] = spend[minute] + step;
                Arrive(arrivals, (day * MinutesADay) + minute, step / traits.Cpa * quality, traits.Delays);
                var now = (day * MinutesADay) + minute;
                conversions[minute + 1] = conversions[minute] + (Uncounted(now) ? 0 : arrivals[now]);
                var instant = new DateTimeOffset(start, TimeSpan.Zero).AddMinutes(now);
                if (now >= nextRefresh)
                {
                    nextRefresh = now + (int)(traits.RefreshMinutes * (0.85 + (_random.NextDouble() * 0.3)));
                    var seen = Math.Max(0, minute - (int)(traits.RefreshMinutes * (0.2 + (_random.NextDouble() * 0.4))));
                    var restated = _random.NextDouble() < 0.01 ? 0.97 + (_random.NextDouble() * 0.03) : 1;
                    var figures = Figures(account.DayAt(instant), spend[seen] * restated, conversions[Math.Max(0, seen - traits.ConversionLag)]);
                    window.Add(new KeptReading(traits.Campaign.Id, instant, new PerformanceReading(
                        A.AtNetwork(traits.Campaign), instant, null, figures, yesterday, [])));
                    window.RemoveAll(kept => kept.ReadAt < instant - SafetyLimits.Window);
                }

                if (Sees is not null && minute % 30 == 0 && window.Count > 0)
                    Sees(now, Observe(traits, account, instant, window, finished));

                if (Sees is not null || minute % 5 != 0 || breach is not null || window.Count == 0)
                    continue;

                breach = panel.Judge(Observe(traits, account, instant, window, finished))
                    .OfType<SafetyVerdict.Breach>()
                    .FirstOrDefault(found => found.Remedy == Remedy.PauseCampaign);
                at = breach is null ? null : minute;
            }

            yesterday = Figures(new AccountDay(DateOnly.FromDateTime(start).AddDays(day)), spend[MinutesADay], conversions[MinutesADay]);
            finished.Add(yesterday);
            yield return new Day(traits, breach, at);
            if (day == faultDay)
                yield break;
        }
    }

    private static Observation Observe(
        Traits traits, Automation.Accounts.AdAccount account, DateTimeOffset now, List<KeptReading> window, List<DayFigures> finished)
    {
        var reading = window[^1].Reading;
        return new Observation(
            traits.Campaign, account, traits.Profile, now, Freshness.Judge(reading, now, traits.Profile, 0), reading,
            [.. window.Take(window.Count - 1)], [.. finished], 0, null);
    }

    private static double Level(Traits traits, int minute)
    {
        var hour = ((minute / 60.0) + traits.Shift + 24) % 24;
        if (traits.FrontLoaded)
            return DiurnalCurve.At(hour) * 2.6;

        return !traits.Dayparted ? DiurnalCurve.At(hour) : minute is >= 360 and < 1320 ? DiurnalCurve.At(hour) * 1.15 : 0;
    }

    private static DayFigures Figures(AccountDay day, double spend, double conversions) => new(
        day, A.Usd(Math.Round((decimal)spend, 2)), 1_000_000, 100_000, (decimal)conversions, null);

    private void Arrive(double[] arrivals, int minute, double mean, DelayProfile delays)
    {
        for (var count = Poisson(mean); count > 0; count--)
        {
            var draw = _random.NextDouble();
            var part = delays.Parts[0];
            foreach (var candidate in delays.Parts)
            {
                part = candidate;
                draw -= candidate.Share;
                if (draw < 0)
                    break;
            }

            var at = minute + (int)(-Math.Log(1 - _random.NextDouble()) * part.Mean.TotalMinutes);
            if (at < arrivals.Length && at < minute + (7 * MinutesADay))
                arrivals[at]++;
        }
    }

    private Traits Draw()
    {
        var budget = Math.Clamp(Math.Exp(Math.Log(500) + (Normal() * 0.9)), 50, 10_000);
        var cpa = Math.Clamp(Math.Exp(Math.Log(12) + (Normal() * 0.55)), 2, 80);
        var target = A.Usd(Math.Round((decimal)(cpa * Math.Exp(Normal() * 0.2)), 2));
        var draw = _random.NextDouble();
        var refresh = draw < 0.15 ? 5 : draw < 0.6 ? 15 : draw < 0.85 ? 30 : 60;
        var install = _random.NextDouble() < 0.5;
        var spec = A.Spec() with
        {
            Objective = install ? Objective.Installs : Objective.Purchases,
            Budget = new Budget(BudgetType.Daily, A.Usd((decimal)budget), A.Usd((decimal)budget * 1.5m)),
            Bidding = A.Spec().Bidding with { TargetCpa = target },
            Automation = new AutomationSettings(),
        };
        var frontLoaded = _random.NextDouble() < 0.15;
        return new Traits(
            A.Campaign() with { Spec = spec, DailyBudget = A.Usd((decimal)budget), LaunchedAt = A.Noon.AddDays(-1), },
            A.Profile() with { UsualReportAge = new Sourced<TimeSpan>(TimeSpan.FromMinutes(refresh), "drawn") },
            budget, cpa, _random.NextDouble() < 0.6 ? 1.25 : 2, frontLoaded, !frontLoaded && _random.NextDouble() < 0.2,
            _random.Next(8) / 4.0, refresh, _random.Next(60), install ? DelayProfile.Install : DelayProfile.Purchase);
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private int Poisson(double mean)
    {
        var (count, product, limit) = (0, _random.NextDouble(), Math.Exp(-mean));
        while (product > limit)
        {
            count++;
            product *= _random.NextDouble();
        }

        return count;
    }
}
