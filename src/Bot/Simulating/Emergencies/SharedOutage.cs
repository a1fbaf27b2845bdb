using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Tracking;

namespace ChatOpsCampaigns.Bot.Simulating.Emergencies;

/// <summary>Ten campaigns that share a pixel lose their results together for twelve hours: how long until the product's own watch over an account finds it.</summary>
internal static class SharedOutage
{
    private const int Together = 10;
    private const int Days = 6;
    private const int FaultDay = 4;
    private const int LookEvery = SteppedMarket.StepsAnHour / 12;
    private const int Streams = 1_000_000;

    /// <summary>The median over all groups; one that was not found counts as the whole twelve hours. Null with fewer than ten campaigns.</summary>
    public static double? MedianMinutes(ulong seed, int campaigns, SteppedWorld world, int atOnce, CancellationToken cancellationToken)
    {
        var groups = campaigns / Together;
        if (groups == 0)
            return null;

        var minutes = new double[groups];
        Parallel.For(0, groups, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, group => minutes[group] = Minutes(seed, group, world));
        return Interval.Quantile(minutes, .5);
    }

    private static double Minutes(ulong seed, int group, SteppedWorld world)
    {
        var hour = 2 + ((group * 7) % 19);
        var from = (FaultDay * SteppedMarket.StepsADay) + (hour * SteppedMarket.StepsAnHour);
        var until = from + (12 * SteppedMarket.StepsAnHour);
        var seen = new SortedDictionary<int, List<Observation>>();
        for (var one = 0; one < Together; one++)
            Watch(seed, (ulong)(Streams + (group * Together) + one), world, new SteppedFault(FaultKind.Outage, FaultDay, from, until, 0, 1), seen);

        foreach (var (step, account) in seen)
        {
            if (TrackingOutage.Find(account) is not null)
                return (step - from) / 2.0;
        }

        return (until - from) / 2.0;
    }

    private static void Watch(ulong seed, ulong campaign, SteppedWorld world, SteppedFault fault, SortedDictionary<int, List<Observation>> seen)
    {
        var traits = SteppedTraits.Draw(seed, campaign, world);
        var faults = new SteppedFault?[Days];
        faults[FaultDay] = fault;
        var market = new SteppedMarket(Days);
        market.Play(seed, campaign, traits, faults);
        var refreshes = new List<SteppedRefresh>();
        SteppedReports.Fill(refreshes, seed, campaign, traits, faults, Days);
        new EmergencyPlay(market, refreshes, world).Run(new Onlooker(new MonitorPolicy(traits), fault, seen));
    }

    /// <summary>Stops nothing, and remembers what the product sees while the outage lasts.</summary>
    private sealed class Onlooker(MonitorPolicy monitor, SteppedFault fault, SortedDictionary<int, List<Observation>> seen) : IEmergencyPolicy
    {
        public EmergencyCall? See(in ReportedView view, bool isStopped)
        {
            var now = monitor.Observe(view);
            if (view.Step < fault.From || view.Step >= fault.Until || view.Step % LookEvery != 0)
                return null;

            if (!seen.TryGetValue(view.Step, out var account))
                seen[view.Step] = account = [];

            account.Add(now);
            return null;
        }

        public int LooksAgainAt(int step) => ((step / LookEvery) + 1) * LookEvery;

        public void Resumed(int step)
        {
        }
    }
}
