using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.Creatives.Testing;
using ChatOpsCampaigns.Bot.Simulating.Scoring;

namespace ChatOpsCampaigns.Bot.Simulating.Creatives;

/// <summary>
/// E4: real headline tests played again, with click rates drawn towards the common one as far as luck made them differ. What counts
/// is the clicks that the shown impressions bring in the mean.
/// </summary>
internal sealed class CreativeExperiment : IExperiment
{
    private const int Tests = 1_000;

    /// <summary>How many impressions' worth of the common rate the real rates are drawn by (fitted to all tests).</summary>
    private const double Concentration = 2_070;

    /// <summary>Impressions of a test, and looks at it.</summary>
    private const int Impressions = 20_000;
    private const int Looks = 200;

    /// <summary>The variant <c>conversions</c>: a twentieth of the rate on ten times the impressions.</summary>
    private const string Conversions = "conversions";

    public IReadOnlyList<string> Worlds { get; } = ["default", Conversions];

    public bool NeedsData => true;
    private const double FewerWins = 20;
    private const int MoreImpressions = 10;

    private const string Baseline = "none";

    /// <summary>The agent at a network that divides impressions itself.</summary>
    private const string Pauses = "agent-pauses";

    public string Name => "E4";

    public IReadOnlyList<string> Policies { get; } = [Baseline, "brief", "agent", Pauses, "oracle"];

    public IReadOnlyList<ExperimentScore> Play(ExperimentRequest request, IReadOnlyList<string> policies, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var tests = Chosen(HeadlineTests.Read(request.Data), request);
        var world = request.World == Conversions ? Conversions : "default";
        string[] played = [.. Policies.Where(policy => policies.Contains(policy) || policy == Baseline)];
        var outcomes = new Dictionary<string, (double Clicks, bool Killed)>[tests.Count];
        var done = 0;
        Parallel.For(0, tests.Count, new ParallelOptions { CancellationToken = cancellationToken }, index =>
        {
            outcomes[index] = played.ToDictionary(policy => policy, policy => Play((ulong)request.Random, index, tests[index], policy, world == Conversions));
            progress.Report((double)Interlocked.Increment(ref done) / tests.Count);
        });

        return [.. Policies.Where(policies.Contains).Select(policy => Score(request, world, policy, outcomes))];
    }

    /// <summary>Tests with something to choose, in an order that the random number gives.</summary>
    private static List<double[]> Chosen(IReadOnlyList<Tally[]> tests, ExperimentRequest request)
    {
        var pooled = Tally.Of(tests.SelectMany(test => test)).Rate;
        return
        [
            .. tests.Select((test, index) => (Rates: test.Select(arm => (arm.Won + (Concentration * pooled)) / (arm.Tried + Concentration)).ToArray(), Index: index))
                .Where(test => test.Rates.Length > 1)
                .OrderBy(test => RandomStream.At((ulong)request.Random, (ulong)test.Index, Purpose.Parameters).Uniform())
                .Take(request.Campaigns ?? Tests)
                .Select(test => test.Rates),
        ];
    }

    private static (double Clicks, bool Killed) Play(ulong seed, int index, double[] rates, string policy, bool conversions)
    {
        var divided = PolicyOf(policy, rates);
        var best = OracleCreatives.BestOf(rates);
        var batchSize = (double)Impressions / Looks * (conversions ? MoreImpressions : 1);
        var scale = conversions ? 1 / FewerWins : 1;
        var clicks = 0.0;
        for (var look = 0; look < Looks; look++)
        {
            var batch = new Tally[rates.Length];
            for (var creative = 0; creative < rates.Length; creative++)
            {
                var random = RandomStream.At(seed, (ulong)index, Purpose.Conversions, (look * rates.Length) + creative);
                var shown = batchSize * divided.Shares[creative];
                var expected = shown * rates[creative] * scale;
                batch[creative] = new Tally(shown, random.Poisson(expected));
                clicks += expected;
            }

            divided.Learn(batch);
        }

        return (clicks, divided.Shares[best] <= 0);
    }

    private static ICreativePolicy PolicyOf(string name, double[] rates) => name switch
    {
        Baseline => new EqualCreatives(rates.Length),
        "brief" => new BriefCreatives(rates.Length),
        "agent" => new AgentCreatives(rates.Length, divides: true),
        Pauses => new AgentCreatives(rates.Length, divides: false),
        "oracle" => new OracleCreatives(rates),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such policy of creatives."),
    };

    private ExperimentScore Score(ExperimentRequest request, string world, string policy, Dictionary<string, (double Clicks, bool Killed)>[] tests)
    {
        double[] equal = [.. tests.Select(test => test[Baseline].Clicks)];
        var uplift = Interval.OfRatio([.. tests.Select((test, index) => (test[policy].Clicks - equal[index], equal[index]))]);
        var killed = Interval.OfShare(tests.Count(test => test[policy].Killed), tests.Length);
        var metrics = new JsonObject { ["clicksUplift"] = uplift.ToJson(), ["bestKilled"] = killed.ToJson() };
        return new ExperimentScore(Name, policy, world, request.Random, tests.Length, 0, null, metrics,
        [
            ("clicks over an equal split", uplift.Percent()),
            ("the best creative stopped", killed.Percent()),
        ]);
    }
}
