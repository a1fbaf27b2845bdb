namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator;

/// <summary>How the simulated networks behave.</summary>
internal sealed record SimulatorOptions
{
    /// <summary>The same seed, events and time give the same figures. 4 by default: a campaign that runs away there is seen after about an hour.</summary>
    public ulong Seed { get; init; } = 4;

    /// <summary>How long each call takes on the machine's clock. 20 ms by default; 0 to 10 s.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long the network looks at a new ad before it delivers, in campaign time. 3 minutes by default; 0 to 3 days.</summary>
    public TimeSpan ReviewTime { get; init; } = TimeSpan.FromMinutes(3);

    public static readonly TimeSpan MaxLatency = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan MaxReviewTime = TimeSpan.FromDays(3);
}
