using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

namespace ChatOpsCampaigns.Bot.Simulating;

/// <summary>One of the experiments of <c>simulate</c>: every policy meets the same markets, drawn from the same numbers.</summary>
internal interface IExperiment
{
    /// <summary>What <c>--experiment</c> calls it: <c>E1</c>.</summary>
    string Name { get; }

    /// <summary>What <c>--policy</c> may name here, in the order of the table.</summary>
    IReadOnlyList<string> Policies { get; }

    /// <summary>What <c>--world</c> may name here.</summary>
    IReadOnlyList<string> Worlds => [.. SteppedWorld.All.Select(known => known.Name)];

    /// <summary>It reads real data, and is left out of <c>all</c> when no folder was named.</summary>
    bool NeedsData => false;

    /// <summary>A pure function of its arguments, to the byte, on any number of cores.</summary>
    /// <param name="policies">A part of <see cref="Policies"/>; what is compared with a policy that is not among them plays that one too.</param>
    /// <param name="progress">From 0 to 1.</param>
    IReadOnlyList<ExperimentScore> Play(ExperimentRequest request, IReadOnlyList<string> policies, IProgress<double> progress, CancellationToken cancellationToken);
}

/// <param name="Campaigns">How many campaigns, accounts (E3) or tests (E4); null for the experiment's own number.</param>
/// <param name="Days">Null for the experiment's own number.</param>
/// <param name="Random">What all random numbers come from.</param>
/// <param name="World"><c>default</c>, or a variant that the experiment knows.</param>
/// <param name="Data">The folder of real data, where one is read.</param>
internal sealed record ExperimentRequest(int? Campaigns, int? Days, long Random, string World, string Data)
{
    /// <summary>How many campaigns are played at once; the result is the same with any number.</summary>
    public int AtOnce { get; init; } = Environment.ProcessorCount;
}

/// <summary>How one policy did.</summary>
/// <param name="Metrics">As surface §2 writes it: numbers, shares from 0 to 1, and <c>{"value","low","high"}</c> for an interval of 95 %.</param>
/// <param name="Spread">How much the campaigns of an account differ (E3 only).</param>
/// <param name="Lines">What people read: name and value, in order.</param>
internal sealed record ExperimentScore(
    string Experiment, string Policy, string World, long Random, int Campaigns, int Days, double? Spread, JsonObject Metrics,
    IReadOnlyList<(string Name, string Value)> Lines)
{
    /// <summary>Every act of the policy, campaign by campaign, in the order of their time: what <c>--log</c> writes.</summary>
    public IReadOnlyList<PolicyAct> Acts { get; init; } = [];
}

/// <summary>One act of a policy.</summary>
/// <param name="Kind"><c>stop</c>, <c>alert</c>, <c>bid</c>, <c>budget</c>, <c>creative</c>, <c>pause</c> or <c>resume</c>.</param>
/// <param name="From">The lever before; of a stop, the day's budget.</param>
/// <param name="Fault">What was wrong with the campaign at that moment; null for nothing.</param>
internal sealed record PolicyAct(DateTimeOffset At, string Campaign, string Policy, string Kind, string Rule, double From, double To, DateTimeOffset? DataAsOf, string? Fault);
