using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator;

/// <summary>One call on its way to a simulated network.</summary>
internal sealed record NetworkCall(AdAccountId Account)
{
    /// <summary>Null when nothing is to be changed.</summary>
    public NetworkCommand? Command { get; init; }

    /// <summary>The campaign that is looked at, where one is.</summary>
    public ExternalId? Looked { get; init; }
}

/// <summary>The way to the simulated networks and back: how long a call takes, and whether it arrives.</summary>
internal interface INetworkLine
{
    /// <param name="ask">The network's answer, worked out when the call arrives there.</param>
    Task<TAnswer> CarryAsync<TAnswer>(NetworkCall call, Func<TAnswer> ask, CancellationToken cancellationToken);
}

/// <summary>Every call arrives, after <see cref="SimulatorOptions.Latency"/> on the machine's clock.</summary>
internal sealed class EvenLine(SimulatorOptions options, TimeProvider machine) : INetworkLine
{
    public async Task<TAnswer> CarryAsync<TAnswer>(NetworkCall call, Func<TAnswer> ask, CancellationToken cancellationToken)
    {
        if (options.Latency > TimeSpan.Zero)
            await Task.Delay(options.Latency, machine, cancellationToken);

        return ask();
    }
}
