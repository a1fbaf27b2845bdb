using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
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
        var (first, sweeps, alone, requests) = await SweepAsync(host, campaigns, plan.Rounds, cancellationToken);
        var stops = await StopLatency.MeasureAsync(host, plan, cancellationToken);
        var took = Spread.Of(sweeps.Select(sweep => sweep.Took));
        var ratio = sweeps.Sum(sweep => sweep.Took.TotalSeconds) / alone.Sum(read => read.TotalSeconds);

        return new BenchResult("sweep", plan.Campaigns, BenchCampaigns.Accounts(campaigns), "one sweep, every report renewed", took, requests)
        {
            Parts =
            [
                ("firstSweep", "the first sweep after a start", Spread.Of([first.Took])),
                ("readsAlone", "the same accounts read with the same delays, and nothing else", Spread.Of(alone)),
                .. stops.Parts,
            ],
            Counts =
            [
                ("accountsNotRead", "accounts that did not answer, over all these sweeps", sweeps.Sum(sweep => sweep.Failed)),
                ("judged", "campaigns judged, over all these sweeps", sweeps.Sum(sweep => sweep.Judged)),
                .. stops.Counts,
            ],
            Ratios = [("sweepsToReads", "all these sweeps against the reads alone", ratio)],
        };
    }

    private static async Task<(SweepReport First, IReadOnlyList<SweepReport> Sweeps, IReadOnlyList<TimeSpan> Alone, long Requests)> SweepAsync(
        BenchHost host, IReadOnlyList<Campaign> campaigns, int rounds, CancellationToken cancellationToken)
    {
        var monitor = host.Get<EmergencyMonitor>();
        var accounts = await AccountsAsync(host, campaigns, cancellationToken);
        var first = await monitor.SweepAsync(cancellationToken);
        var (sweeps, alone, requests) = (new List<SweepReport>(), new List<TimeSpan>(), 0L);
        for (var round = 0; round < rounds; round++)
        {
            host.Clock.SkipTo(host.Clock.GetUtcNow() + NewFigures);
            var calls = host.Line.Mark();

            // By turns, since whoever comes first has the market played.
            if (round % 2 == 0)
                alone.Add(await ReadAsync(host, accounts, cancellationToken));

            host.Line.GoBackTo(calls);
            var before = host.Line.Requests;
            sweeps.Add(await monitor.SweepAsync(cancellationToken));
            requests += host.Line.Requests - before;
            if (round % 2 == 0)
                continue;

            host.Line.GoBackTo(calls);
            alone.Add(await ReadAsync(host, accounts, cancellationToken));
        }

        return (first, sweeps, alone, requests);
    }

    private static async Task<IReadOnlyList<AdAccount>> AccountsAsync(BenchHost host, IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken)
    {
        var known = await host.Get<IAdAccounts>().AllAsync(cancellationToken);
        return [.. known.Where(account => campaigns.Any(campaign => campaign.Account == account.Id))];
    }

    /// <summary>All accounts side by side. One that answers with an error has taken its time too.</summary>
    private static async Task<TimeSpan> ReadAsync(BenchHost host, IReadOnlyList<AdAccount> accounts, CancellationToken cancellationToken)
    {
        var networks = host.Get<IAdNetworkDirectory>();
        var began = host.Machine.GetTimestamp();
        await Task.WhenAll(accounts.Select(ReadOneAsync));
        return host.Machine.GetElapsedTime(began);

        async Task ReadOneAsync(AdAccount account)
        {
            try
            {
                await networks.ForSafety(account, account.Mode).ReadAccountAsync(account, cancellationToken);
            }
            catch (AdNetworkException fault) when (fault.Kind == FaultKind.Unavailable)
            {
                // The line fails one call in a hundred on purpose.
            }
        }
    }
}
