namespace ChatOpsCampaigns.Bot.Measuring;

/// <summary>What is measured against: how many campaigns, and networks that are as slow and as unreliable as real ones.</summary>
internal sealed record BenchPlan
{
    public required int Campaigns { get; init; }

    /// <summary>Ad accounts at each of the eight networks. 8 by default.</summary>
    public int AccountsPerNetwork { get; init; } = 8;

    /// <summary>How often each thing is done, apart from the first time, which is not counted: sweeps or turns.</summary>
    public int Rounds { get; init; } = 20;

    /// <summary>Days that are written. 365 by default.</summary>
    public int Days { get; init; } = 365;

    /// <summary>Turns of the agent, five minutes apart, of the day that is lived. 288 by default.</summary>
    public int TurnsADay { get; init; } = 288;

    /// <summary>Campaigns that breach within one time between two sweeps. 200 by default.</summary>
    public int BreachesAtOnce { get; init; } = 200;

    /// <summary>Campaign time between two sweeps. 30 s by default.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Campaign time runs so many times faster than the machine's; what is measured is always the machine's.</summary>
    public double Speed { get; init; } = 1;

    public LineQuality Line { get; init; } = LineQuality.AsReal;

    /// <summary>The same seed gives the same campaigns, delays, failures and breaches.</summary>
    public ulong Seed { get; init; } = 4;
}

/// <summary>How calls to the networks fare. Shares are 0 to 1.</summary>
/// <param name="Usual">How long a call takes on the machine's clock, on average.</param>
/// <param name="Spread">At most so much more or less.</param>
/// <param name="Slow">How long one of the slow calls takes.</param>
/// <param name="FailedShare">Calls that end with an error 500, half of them after they took effect.</param>
internal sealed record LineQuality(TimeSpan Usual, TimeSpan Spread, TimeSpan Slow, double SlowShare, double FailedShare)
{
    /// <summary>200 ms ± 100, one in a hundred 2 s, one in a hundred an error.</summary>
    public static readonly LineQuality AsReal = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2), 0.01, 0.01);

    /// <summary>At once and always.</summary>
    public static readonly LineQuality Perfect = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, 0, 0);
}
