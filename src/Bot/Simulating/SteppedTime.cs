using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Simulating;

/// <summary>The clock of an experiment: it stands where a step puts it, and knows nothing of this machine's.</summary>
internal sealed class SteppedTime : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Steps of 30 seconds since the start.</summary>
    public int Step { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => At(Step);

    public override long GetTimestamp() => At(Step).UtcTicks - Start.UtcTicks;

    public static DateTimeOffset At(int step) => Start.AddSeconds((double)step * SteppedMarket.StepSeconds);

    /// <summary>The accounts of experiments have their midnight at that of UTC.</summary>
    public static AccountDay DayOf(int step) => new(DateOnly.FromDateTime(Start.UtcDateTime).AddDays(step / SteppedMarket.StepsADay));
}
