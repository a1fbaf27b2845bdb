using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

namespace ChatOpsCampaigns.Bot.Simulating.Bids;

/// <summary>E2: the cost of a result held at its target by the bid alone, in an auction that drifts.</summary>
internal sealed class BidExperiment : IExperiment
{
    private const int Campaigns = 250;
    private const int Days = 35;

    public string Name => "E2";

    public IReadOnlyList<string> Policies => BidPolicies.All;

    public IReadOnlyList<ExperimentScore> Play(ExperimentRequest request, IReadOnlyList<string> policies, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var (campaigns, days) = (request.Campaigns ?? Campaigns, request.Days ?? Days);
        var world = SteppedWorld.All.First(one => one.Name == request.World);
        IReadOnlyList<string> played = [.. BidPolicies.All.Where(policy => policies.Contains(policy) || policy is BidPolicies.Human or BidPolicies.Oracle)];
        var runs = new BidRun[campaigns][];
        var done = 0;
        Parallel.For(
            0, campaigns, new ParallelOptions { MaxDegreeOfParallelism = request.AtOnce, CancellationToken = cancellationToken },
            index =>
            {
                runs[index] = Play((ulong)request.Random, (ulong)index + 1, world, days, played, cancellationToken);
                progress.Report(Interlocked.Increment(ref done) / (double)campaigns);
            });

        var metrics = played.Select((policy, at) => (policy, Metrics: new BidMetrics([.. runs.Select(run => run[at])]))).ToDictionary(one => one.policy, one => one.Metrics);
        return
        [
            .. policies.Select(policy => new ExperimentScore(
                Name, policy, world.Name, request.Random, campaigns, days, null, metrics[policy].ToJson(), metrics[policy].Lines(metrics[BidPolicies.Oracle], metrics[BidPolicies.Human]))
            {
                Acts = Acts(policy, [.. runs.Select(run => run[played.ToList().IndexOf(policy)])]),
            }),
        ];
    }

    private static BidRun[] Play(ulong seed, ulong campaign, SteppedWorld world, int days, IReadOnlyList<string> policies, CancellationToken cancellationToken)
    {
        var traits = SteppedTraits.Draw(seed, campaign, world);
        var auction = new SteppedAuction(seed, campaign, traits, world, days);
        var refreshes = new List<SteppedRefresh>();
        SteppedReports.Fill(refreshes, seed, campaign, traits, new SteppedFault?[days], days);
        return [.. policies.Select(policy =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new BidPlay((seed, campaign), auction, refreshes, world, days).Run(BidPolicies.Of(policy, auction));
        })];
    }

    private static IReadOnlyList<PolicyAct> Acts(string policy, IReadOnlyList<BidRun> runs) => policy == BidPolicies.Oracle
        ? []
        :
        [
            .. runs.SelectMany((run, index) => run.Moves.Select(move => new PolicyAct(
                SteppedTime.At(move.Step * (SteppedMarket.StepsADay / SteppedAuction.StepsADay)), $"c{index + 1}", policy, "bid", move.Rule, Math.Round(move.From, 4),
                Math.Round(move.To, 4), null, null))),
        ];
}
