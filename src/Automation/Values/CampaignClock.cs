namespace ChatOpsCampaigns.Automation.Values;

/// <summary>
/// Campaign time: what readings, rules, turns, sweeps, schedules, incidents and the market go by. It runs
/// <see cref="Speed"/> times as fast as the machine's clock, from a chosen moment, and timers made from it are scaled
/// too, also when they are changed. People's time (buttons, approvals, tokens, time-outs, chat timestamps) is the plain
/// <see cref="TimeProvider"/>; asking for the one or the other by type is what keeps the two apart.
/// </summary>
public sealed class CampaignClock : TimeProvider
{
    private readonly TimeProvider _machine;
    private readonly DateTimeOffset _campaignStart;
    private readonly long _machineStart;

    /// <param name="machine">The clock that is scaled.</param>
    /// <param name="speed">How many seconds of campaign time pass in one of the machine's: 1 to 600, 1 by default.</param>
    /// <param name="start">The campaign time at this moment; the machine's now by default.</param>
    public CampaignClock(TimeProvider machine, double speed = 1, DateTimeOffset? start = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(speed, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(speed, 600);

        _machine = machine;
        Speed = speed;
        _campaignStart = (start ?? machine.GetUtcNow()).ToUniversalTime();
        _machineStart = machine.GetTimestamp();
    }

    public double Speed { get; }

    /// <summary>How far <c>fast forward</c> has moved this clock beyond its own running.</summary>
    public TimeSpan Skipped => TimeSpan.FromTicks(Interlocked.Read(ref _skippedTicks));

    private long _skippedTicks;

    public override DateTimeOffset GetUtcNow() => _campaignStart + (_machine.GetElapsedTime(_machineStart) * Speed) + Skipped;

    /// <summary>Moves campaign time forward, never back. Timers under way do not fire earlier for it.</summary>
    public void SkipTo(DateTimeOffset later)
    {
        var ahead = later - GetUtcNow();
        if (ahead > TimeSpan.Zero)
            Interlocked.Add(ref _skippedTicks, ahead.Ticks);
    }

    /// <summary>How long <paramref name="campaignTime"/> lasts on the machine's clock.</summary>
    public TimeSpan OnMachine(TimeSpan campaignTime) => campaignTime / Speed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(_machine.CreateTimer(callback, state, Scaled(dueTime), Scaled(period)), this);

    /// <summary>Infinite stays infinite, and a wait that is longer than none never becomes none.</summary>
    private TimeSpan Scaled(TimeSpan span) => span == Timeout.InfiniteTimeSpan || span == TimeSpan.Zero
        ? span
        : TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerMillisecond, (long)(span.Ticks / Speed)));

    private sealed class ScaledTimer(ITimer timer, CampaignClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Scaled(dueTime), clock.Scaled(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
