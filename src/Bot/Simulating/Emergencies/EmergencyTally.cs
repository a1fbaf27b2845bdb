using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

namespace ChatOpsCampaigns.Bot.Simulating.Emergencies;

/// <summary>One real fault of one campaign and what became of it.</summary>
/// <param name="ConversionsADay">How many results the campaign usually has.</param>
/// <param name="StoppedBefore">It stood still already when the fault began: neither found nor missed.</param>
/// <param name="Minutes">From the beginning to the stop; null when it was not found.</param>
/// <param name="AfterEvidence">The same from the first report that shows anything of it.</param>
/// <param name="AfterRefreshes">How many reports showed it until people were told or the campaign was stopped; null for never.</param>
/// <param name="Lost">Money lost, and what would have been lost without anybody.</param>
internal readonly record struct FaultOutcome(
    SteppedFault Fault, double ConversionsADay, double RefreshMinutes, double Overdelivery, bool StoppedBefore, double? Minutes, double? AfterEvidence, int? AfterRefreshes,
    (double Part, double Whole) Lost, double OverCap)
{
    /// <summary>What stopped it before was what had really been wrong the day before, and may still have been.</summary>
    public bool StoppedForYesterday { get; init; }
}

/// <summary>What is counted of one policy over one campaign.</summary>
internal sealed class EmergencyTally
{
    private const int FirstJudgedDay = 8;

    private static readonly string[] AlertRules = ["price-spike"];

    public int CleanDays { get; private set; }

    public int FalseStops { get; private set; }

    public Dictionary<string, int> FalseRules { get; } = [];

    public Dictionary<FaultKind, (int Stops, int Days)> Harmless { get; } = [];

    public List<FaultOutcome> Faults { get; } = [];

    /// <summary>Value that was not earned for false stops, and all that there was to earn on those days.</summary>
    public (double Part, double Whole) ValueLost { get; private set; }

    public List<double> SnapshotToPause { get; } = [];

    /// <summary>Times that people were told of a price although nothing was wrong.</summary>
    public int FalseAlerts { get; private set; }

    public static EmergencyTally Of(SteppedMarket market, IReadOnlyList<SteppedRefresh> refreshes, EmergencyRun run, ulong seed, ulong campaign)
    {
        var tally = new EmergencyTally();
        var line = RandomStream.At(seed, campaign, Purpose.Policy);
        for (var day = 0; day < market.Days; day++)
        {
            var took = PauseSeconds(ref line);
            if (day < FirstJudgedDay)
                continue;

            if (run.Stops[day] is { } stop)
                tally.SnapshotToPause.Add(stop.Waited + took);

            if (market.Faults[day] is { IsReal: true } fault)
                tally.Faults.Add(Outcome(market, refreshes, run, fault));
            else
                tally.CountHarmless(market, run, day);
        }

        return tally;
    }

    private void CountHarmless(SteppedMarket market, EmergencyRun run, int day)
    {
        // What was wrong yesterday may rightly be acted on today.
        if (market.Faults[day - 1] is { IsReal: true })
            return;

        var stop = run.Stops[day];
        var end = (day + 1) * SteppedMarket.StepsADay;
        var spent = market.SpentBefore(day, end);

        // A day that truly reaches the user's own limit is stopped rightly.
        var isFalse = stop is not null && spent < market.Traits.Cap;
        if (market.Faults[day] is { } harmless)
        {
            var (stops, days) = Harmless.GetValueOrDefault(harmless.Kind);
            Harmless[harmless.Kind] = (stops + (isFalse ? 1 : 0), days + 1);
        }
        else
        {
            CleanDays++;
            FalseAlerts += run.Alerts.Where(alert => alert.Step / SteppedMarket.StepsADay == day && AlertRules.Contains(alert.Rule)).Select(alert => alert.Rule).Distinct().Count();
            if (isFalse)
            {
                FalseStops++;
                FalseRules[stop!.Value.Rule] = FalseRules.GetValueOrDefault(stop.Value.Rule) + 1;
            }
        }

        var lost = isFalse ? spent - market.SpentBefore(day, stop!.Value.Step) : 0;
        ValueLost = (ValueLost.Part + lost, ValueLost.Whole + spent);
    }

    private static FaultOutcome Outcome(SteppedMarket market, IReadOnlyList<SteppedRefresh> refreshes, EmergencyRun run, SteppedFault fault)
    {
        var stops = Enumerable.Range(fault.Day, Math.Min(market.Days, ((fault.Until - 1) / SteppedMarket.StepsADay) + 1) - fault.Day)
            .Select(day => run.Stops[day]).OfType<DayStop>().Where(stop => stop.Step < fault.Until).ToList();
        var before = stops.Exists(stop => stop.Step < fault.From && stop.Step / SteppedMarket.StepsADay == fault.Day);
        var found = stops.Where(stop => stop.Step >= fault.From).Select(stop => (int?)stop.Step).FirstOrDefault();
        var showing = refreshes.Where(refresh => refresh.Poll < fault.Until && Shows(market, fault, refresh.SpendAsOf)).ToList();
        var told = run.Alerts.Where(alert => alert.Step >= fault.From && alert.Step < fault.Until && AlertRules.Contains(alert.Rule)).Select(alert => (int?)alert.Step).FirstOrDefault();
        var known = (found, told) switch
        {
            (null, _) => told,
            (_, null) => found,
            _ => Math.Min(found.Value, told.Value),
        };

        var spentByThen = SpentOf(market, run, fault);
        return new FaultOutcome(
            fault, market.Traits.ConversionsADay, market.Traits.RefreshMinutes, market.Traits.Overdelivery, before, Minutes(found, fault.From),
            found is not null && showing.Count > 0 ? Math.Max(0, (found.Value - showing[0].At) / 2) : null,
            known is { } at ? showing.Count(refresh => refresh.Poll <= at) : null,
            before ? (0, Lost(market, new EmergencyRun(new DayStop?[market.Days], []), fault)) : (Lost(market, run, fault), Lost(market, new EmergencyRun(new DayStop?[market.Days], []), fault)),
            Math.Max(0, spentByThen - market.Traits.Cap))
        {
            StoppedForYesterday = before && market.Faults[fault.Day - 1] is { IsReal: true },
        };

        static double? Minutes(int? step, int from) => step is { } at ? (at - from) / 2.0 : null;
    }

    /// <summary>A report shows something of a fault once it counts money that was spent under it.</summary>
    private static bool Shows(SteppedMarket market, SteppedFault fault, int asOf) =>
        asOf >= (fault.Day + 1) * SteppedMarket.StepsADay || (asOf > fault.From && market.SpentBefore(fault.Day, asOf) > market.SpentBefore(fault.Day, fault.From));

    private static double SpentOf(SteppedMarket market, EmergencyRun run, SteppedFault fault) =>
        market.SpentBefore(fault.Day, Math.Min((fault.Day + 1) * SteppedMarket.StepsADay, run.Stops[fault.Day]?.Step ?? int.MaxValue));

    /// <summary>Of a runaway what goes beyond the ordinary, of everything else what is wasted.</summary>
    private static double Lost(SteppedMarket market, EmergencyRun run, SteppedFault fault)
    {
        var wasted = fault.Kind switch
        {
            FaultKind.Fraud => 1 - fault.Factor,
            FaultKind.PriceSpike => 1 - (1 / fault.Factor),
            _ => 1,
        };
        var sum = 0.0;
        for (var day = fault.Day; day < market.Days && day * SteppedMarket.StepsADay < fault.Until; day++)
        {
            var until = Math.Min(fault.Until, run.Stops[day]?.Step ?? int.MaxValue);
            var from = Math.Min(until, Math.Max(fault.From, day * SteppedMarket.StepsADay));
            var spent = market.SpentBefore(day, until) - market.SpentBefore(day, from);
            var ordinary = fault.Kind == FaultKind.Runaway ? market.OrdinaryBefore(day, until) - market.OrdinaryBefore(day, from) : 0;
            sum += Math.Max(0, spent - ordinary) * wasted;
        }

        return sum;
    }

    /// <summary>A call of 200 ms ± 100, one in a hundred 2 s; one in a hundred fails and is tried again after two seconds and more.</summary>
    private static double PauseSeconds(ref RandomStream line)
    {
        var took = 0.0;
        for (var wait = 2.0; ; wait *= 2)
        {
            var draw = line.Uniform();
            took += draw < 0.01 ? 2 : line.Uniform(0.1, 0.3);
            if (line.Uniform() >= 0.01)
                return took + line.Uniform(0.1, 0.3);

            took += wait * line.Uniform(1, 1.5);
        }
    }
}
