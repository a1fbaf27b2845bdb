using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

namespace ChatOpsCampaigns.Bot.Simulating.Emergencies;

/// <summary>A stop of one day.</summary>
/// <param name="Step">From this step on nothing is spent.</param>
/// <param name="DataAsOf">Up to which step the figures counted that it was decided on.</param>
/// <param name="Waited">Seconds from the newest report's appearance to the look; 0 when time alone decided.</param>
internal readonly record struct DayStop(int Step, string Rule, int DataAsOf, double Waited);

/// <summary>What one policy did with one campaign.</summary>
/// <param name="Stops">By day; null where it was not stopped.</param>
internal sealed record EmergencyRun(DayStop?[] Stops, IReadOnlyList<(int Step, string Rule)> Alerts);

/// <summary>Lets one policy watch the days of one campaign through its reports, and cuts short what it stops.</summary>
internal sealed class EmergencyPlay(SteppedMarket market, IReadOnlyList<SteppedRefresh> refreshes, SteppedWorld world)
{
    private readonly DayStop?[] _stops = new DayStop?[market.Days];
    private readonly int[] _results = new int[market.Days];
    private readonly List<(int Step, string Rule)> _alerts = [];
    private SteppedRefresh _shown = new(0, 0, 0, 0, 1, 1);
    private int _counted;

    public EmergencyRun Run(IEmergencyPolicy policy)
    {
        var end = market.Days * SteppedMarket.StepsADay;
        var (next, again, midnight) = (0, policy.LooksAgainAt(-1), SteppedMarket.StepsADay);
        var gapFrom = NextGap(0);
        while (true)
        {
            var step = Math.Min(Math.Min(next < refreshes.Count ? refreshes[next].Poll : int.MaxValue, again), Math.Min(midnight, gapFrom));
            if (step >= end)
                return new EmergencyRun(_stops, _alerts);

            var isNew = step == midnight;
            if (step == midnight)
            {
                if (_stops[(step / SteppedMarket.StepsADay) - 1] is not null)
                    policy.Resumed(step);

                midnight += SteppedMarket.StepsADay;
            }

            while (next < refreshes.Count && refreshes[next].Poll <= step)
            {
                (_shown, isNew) = (refreshes[next++], true);
                CountResults();
            }

            if (step == gapFrom)
                gapFrom = NextGap(step + 1);

            Show(policy, step, isNew);
            again = policy.LooksAgainAt(step);
        }
    }

    private void Show(IEmergencyPolicy policy, int step, bool isNew)
    {
        var day = step / SteppedMarket.StepsADay;
        var view = View(step, day, isNew);
        var isStopped = _stops[day] is not null;
        if (policy.See(view, isStopped) is not { } call || isStopped)
            return;

        if (!call.Stops)
        {
            // An incident that is open is not opened again.
            if (!_alerts.Exists(told => told.Rule == call.Rule && told.Step / SteppedMarket.StepsADay == day))
                _alerts.Add((step, call.Rule));

            return;
        }

        _stops[day] = new DayStop(step, call.Rule, _shown.SpendAsOf, isNew && _shown.Poll == step ? (step - _shown.At) * SteppedMarket.StepSeconds : 0);
    }

    private ReportedView View(int step, int day, bool isNew)
    {
        var shownDay = _shown.SpendAsOf / SteppedMarket.StepsADay;
        var (today, before) = shownDay == day ? (_shown.Restated, _shown.RestatedBefore) : (1, _shown.Restated);
        return new ReportedView(
            step, isNew, Failures(step, day), Spent(day) * today, day == 0 ? 0 : Spent(day - 1) * before, _results[day], day == 0 ? 0 : _results[day - 1],
            market.ClicksBefore(day, Until(day)), day == 0 ? 0 : market.ClicksBefore(day - 1, Until(day - 1)),
            market.ImpressionsBefore(day, Until(day)), day == 0 ? 0 : market.ImpressionsBefore(day - 1, Until(day - 1)));
    }

    private double Spent(int day) => market.SpentBefore(day, Until(day));

    private int Until(int day) => Math.Max(day * SteppedMarket.StepsADay, Math.Min(_shown.SpendAsOf, _stops[day]?.Step ?? int.MaxValue));

    private int Failures(int step, int day) =>
        market.Faults[day] is { Kind: FaultKind.ApiGap } gap && step >= gap.From && step < gap.Until ? step - gap.From + 1 : 0;

    private int NextGap(int from)
    {
        for (var day = from / SteppedMarket.StepsADay; day < market.Days; day++)
        {
            if (market.Faults[day] is { Kind: FaultKind.ApiGap } gap && gap.From >= from)
                return gap.From;
        }

        return int.MaxValue;
    }

    private void CountResults()
    {
        for (; _counted < _shown.ResultsAsOf; _counted++)
        {
            foreach (var bought in market.ReportedIn(_counted))
            {
                var day = bought / SteppedMarket.StepsADay;
                if (_stops[day] is { } stop && bought >= stop.Step)
                    continue;

                _results[world.CreditsClickDay ? day : _counted / SteppedMarket.StepsADay]++;
            }
        }
    }
}
