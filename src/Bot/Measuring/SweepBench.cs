using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;

namespace ChatOpsCampaigns.Bot.Measuring;

/// <summary>
/// <c>bench sweep</c>. First how long a sweep takes when every network has new figures; then how long it takes from a breach that a
/// report shows to the pause that is read back, while the program sweeps by its own timer with all its other workers.
/// </summary>
internal static class SweepBench
{
    /// <summary>Campaign time between two sweeps that are measured: longer than most networks take to renew a report.</summary>
    private static readonly TimeSpan NewFigures = TimeSpan.FromMinutes(15);

    public static async Task<BenchResult> RunAsync(BenchPlan plan, CancellationToken cancellationToken)
    {
        await using var host = await BenchHost.OpenAsync(plan, cancellationToken);
        var campaigns = await BenchCampaigns.AddAsync(host, plan.Campaigns, cancellationToken);
        var (first, sweeps, requests) = await SweepAsync(host, plan.Rounds, cancellationToken);
        var stops = await StopLatency.MeasureAsync(host, plan, cancellationToken);

        return new BenchResult(
            "sweep", plan.Campaigns, BenchCampaigns.Accounts(campaigns), "one sweep, every report renewed", Spread.Of(sweeps.Select(sweep => sweep.Took)), requests)
        {
            Parts = [("firstSweep", "the first sweep after a start", Spread.Of([first.Took])), .. stops.Parts],
            Counts =
            [
                ("accountsNotRead", "accounts that did not answer, over all these sweeps", sweeps.Sum(sweep => sweep.Failed)),
                ("judged", "campaigns judged, over all these sweeps", sweeps.Sum(sweep => sweep.Judged)),
                .. stops.Counts,
            ],
        };
    }

    private static async Task<(SweepReport First, IReadOnlyList<SweepReport> Sweeps, long Requests)> SweepAsync(
        BenchHost host, int rounds, CancellationToken cancellationToken)
    {
        var monitor = host.Get<EmergencyMonitor>();
        var first = await monitor.SweepAsync(cancellationToken);
        var before = host.Line.Requests;
        var sweeps = new List<SweepReport>();
        for (var round = 0; round < rounds; round++)
        {
            host.Clock.SkipTo(host.Clock.GetUtcNow() + NewFigures);
            sweeps.Add(await monitor.SweepAsync(cancellationToken));
        }

        return (first, sweeps, host.Line.Requests - before);
    }
}
