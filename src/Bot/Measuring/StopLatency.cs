using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Bot.Measuring.Lines;

namespace ChatOpsCampaigns.Bot.Measuring;

/// <summary>
/// Every running campaign, of more than a thousand the first thousand, breaches once, at a random phase between two sweeps, so many of them within each. Told apart: waiting for the
/// sweep, fetching the report, judging and writing the intent, pausing, and what lies between the pause and its confirmation by reading back.
/// </summary>
internal static class StopLatency
{
    /// <summary>What a pause that is not confirmed may take beyond its sweep before it counts as missed, in sweeps.</summary>
    private const int SweepsOfPatience = 5;

    private const int MostBreaches = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<(IReadOnlyList<(string, string, Spread)> Parts, IReadOnlyList<(string, string, long)> Counts)> MeasureAsync(
        BenchHost host, BenchPlan plan, CancellationToken cancellationToken)
    {
        var machine = host.Machine;
        var every = host.Clock.OnMachine(plan.SweepEvery);
        var running = (await host.Get<ICampaignStore>().MaySpendAsync(cancellationToken))
            .Where(campaign => campaign.Status == CampaignStatus.Active)
            .Take(MostBreaches)
            .ToList();
        var watch = new BreachWatch(machine);
        host.Line.Watch = watch;
        await host.StartAsync(cancellationToken);

        var sweeps = ((running.Count + plan.BreachesAtOnce - 1) / plan.BreachesAtOnce) + SweepsOfPatience;
        Plan(watch, running, every, plan, machine);
        await Task.WhenAny(watch.AllConfirmed, Task.Delay((every * sweeps) + Patience, machine, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return (Parts(watch, machine), await CountsAsync(host, watch, running.Count, cancellationToken));
    }

    private static void Plan(BreachWatch watch, IReadOnlyList<Campaign> running, TimeSpan every, BenchPlan plan, TimeProvider machine)
    {
        var from = machine.GetTimestamp();
        var random = RandomStream.At(plan.Seed, 0, Purpose.Line);
        foreach (var (campaign, index) in running.Select((campaign, index) => (campaign, index)))
        {
            var after = every * ((index / plan.BreachesAtOnce) + random.Uniform());
            watch.Plan(campaign, from + (long)(after.TotalSeconds * machine.TimestampFrequency));
        }
    }

    private static IReadOnlyList<(string, string, Spread)> Parts(BreachWatch watch, TimeProvider machine)
    {
        var confirmed = watch.Stops.Where(stop => stop.ReadBack is not null && stop.Fetch is not null).ToList();
        var straight = confirmed.Where(stop => stop.Pause is not null).ToList();
        Spread Of(IEnumerable<BreachWatch.Stop> stops, Func<BreachWatch.Stop, (long From, long To)> span) =>
            Spread.Of(stops.Select(span).Select(one => machine.GetElapsedTime(one.From, Math.Max(one.From, one.To))));

        return
        [
            ("stop", "breach in a report → pause read back", Of(confirmed, stop => (stop.At, stop.ReadBack!.Value.Answered))),
            ("stopWait", "  waiting for the sweep", Of(confirmed, stop => (stop.At, stop.Fetch!.Value.Asked))),
            ("stopFetch", "  fetching the report", Of(confirmed, stop => (Math.Max(stop.At, stop.Fetch!.Value.Asked), stop.Fetch!.Value.Answered))),
            ("stopDecide", "  judging, incident and intent written", Of(straight, stop => (stop.Fetch!.Value.Answered, stop.Pause!.Value.Sent))),
            ("stopPause", "  the pause", Of(straight, stop => (stop.Pause!.Value.Sent, stop.Pause!.Value.Answered))),
            ("stopReadBack", "  reading back", Of(straight, stop => (stop.Pause!.Value.Answered, stop.ReadBack!.Value.Answered))),
            ("stopAfterFetch", "  the report there → pause read back", Of(confirmed, stop => (stop.Fetch!.Value.Answered, stop.ReadBack!.Value.Answered))),
        ];
    }

    private static async Task<IReadOnlyList<(string, string, long)>> CountsAsync(
        BenchHost host, BreachWatch watch, int planned, CancellationToken cancellationToken)
    {
        var readBack = watch.Stops.Count(stop => stop.ReadBack is not null);
        return
        [
            ("stops", "campaigns that breached", planned),
            ("stopsReadBack", "of these paused and read back", readBack),
            ("incidentsConfirmed", "open incidents with a confirmed pause", await ConfirmedAsync(host, readBack, cancellationToken)),
        ];
    }

    /// <summary>An incident is written a moment after its pause was read back.</summary>
    private static async Task<int> ConfirmedAsync(BenchHost host, int readBack, CancellationToken cancellationToken)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(100), host.Machine);
        var began = host.Machine.GetTimestamp();
        while (true)
        {
            var incidents = await host.Get<IIncidentStore>().OpenAsync(cancellationToken);
            var confirmed = incidents.Count(incident => incident is { Remedy: Remedy.PauseCampaign, PauseConfirmed: true });
            if (confirmed >= readBack || host.Machine.GetElapsedTime(began) > Patience)
                return confirmed;

            await every.WaitForNextTickAsync(cancellationToken);
        }
    }
}
