using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

namespace ChatOpsCampaigns.Bot.Simulating.Emergencies;

/// <summary>E1: campaigns with faults and harmless disturbances, watched through their reports by each policy in turn.</summary>
internal sealed class EmergencyExperiment : IExperiment
{
    private const int Campaigns = 300;
    private const int Days = 36;

    public string Name => "E1";

    public IReadOnlyList<string> Policies => NamedPolicies.All;

    /// <summary>What one policy did with one campaign, counted and written down.</summary>
    private sealed record Played(EmergencyTally Tally, IReadOnlyList<PolicyAct> Acts);

    public IReadOnlyList<ExperimentScore> Play(ExperimentRequest request, IReadOnlyList<string> policies, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var (campaigns, days) = (request.Campaigns ?? Campaigns, request.Days ?? Days);
        var world = SteppedWorld.All.First(one => one.Name == request.World);
        var seed = (ulong)request.Random;
        var played = new Played[campaigns][];
        var done = 0;
        Parallel.For(
            0, campaigns,
            new ParallelOptions { MaxDegreeOfParallelism = request.AtOnce, CancellationToken = cancellationToken },
            () => new Desk(days),
            (index, _, desk) =>
            {
                played[index] = desk.Play(seed, index, world, policies, cancellationToken);
                progress.Report(Interlocked.Increment(ref done) / (double)campaigns);
                return desk;
            },
            _ => { });

        var shared = policies.Contains(NamedPolicies.Agent) ? SharedOutage.MedianMinutes(seed, campaigns, world, request.AtOnce, cancellationToken) : null;
        return [.. policies.Select((policy, at) => Score(policy, [.. played.Select(one => one[at])]))];

        ExperimentScore Score(string policy, IReadOnlyList<Played> all)
        {
            var metrics = new EmergencyMetrics([.. all.Select(one => one.Tally)], policy == NamedPolicies.Agent ? shared : null);
            return new ExperimentScore(Name, policy, world.Name, request.Random, campaigns, days, null, metrics.ToJson(), metrics.Lines())
            {
                Acts = [.. all.SelectMany(one => one.Acts)],
            };
        }
    }

    /// <summary>The arrays of one worker, used again for each of its campaigns.</summary>
    private sealed class Desk(int days)
    {
        private readonly SteppedMarket _market = new(days);
        private readonly List<SteppedRefresh> _refreshes = [];

        public Played[] Play(ulong seed, int index, SteppedWorld world, IReadOnlyList<string> policies, CancellationToken cancellationToken)
        {
            var campaign = (ulong)index + 1;
            var traits = SteppedTraits.Draw(seed, campaign, world);
            var faults = SteppedFault.Draw(seed, campaign, traits, days);
            _market.Play(seed, campaign, traits, faults);
            SteppedReports.Fill(_refreshes, seed, campaign, traits, faults, days);
            return [.. policies.Select(policy =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                var run = new EmergencyPlay(_market, _refreshes, world).Run(NamedPolicies.Of(policy, traits));
                return new Played(EmergencyTally.Of(_market, _refreshes, run, seed, campaign), Acts(policy, $"c{campaign}", run));
            })];
        }

        private IReadOnlyList<PolicyAct> Acts(string policy, string campaign, EmergencyRun run) =>
        [
            .. run.Stops.OfType<DayStop>()
                .Select(stop => (stop.Step, Act: new PolicyAct(
                    SteppedTime.At(stop.Step), campaign, policy, "stop", stop.Rule, Math.Round(_market.Traits.Budget, 2), 0, SteppedTime.At(stop.DataAsOf), FaultAt(stop.Step))))
                .Concat(run.Alerts.Select(alert => (alert.Step, Act: new PolicyAct(
                    SteppedTime.At(alert.Step), campaign, policy, "alert", alert.Rule, Math.Round(_market.Traits.Budget, 2), Math.Round(_market.Traits.Budget, 2), null, FaultAt(alert.Step)))))
                .OrderBy(one => one.Step)
                .Select(one => one.Act),
        ];

        private string? FaultAt(int step)
        {
            var day = step / SteppedMarket.StepsADay;
            if (_market.Faults[day] is { } today && step >= today.From && step < today.Until)
                return today.Name;

            return day > 0 && _market.Faults[day - 1] is { } before && step < before.Until ? before.Name : null;
        }
    }
}
