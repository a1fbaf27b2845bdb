namespace ChatOpsCampaigns.Bot.Options;

/// <summary>Section <c>Clock</c>: how fast campaign time runs. Only with simulated networks.</summary>
internal sealed class ClockOptions
{
    public const string Section = "Clock";

    /// <summary>Seconds of campaign time in one of the machine's.</summary>
    /// <value>1 by default; from 1 to 600.</value>
    public double Speed { get; init; } = 1;

    /// <summary>
    /// The campaign time at the first start: now by default, 12:00 when time runs faster. "12:00" is that hour today in the first
    /// account's zone. A data folder that there is already goes on from its own time.
    /// </summary>
    public string? Start { get; init; }
}
