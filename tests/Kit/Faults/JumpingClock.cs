namespace ChatOpsCampaigns.Kit.Faults;

/// <summary>A clock whose hands somebody moves, back too, while it ticks on evenly: timers and timestamps know nothing of it.</summary>
public sealed class JumpingClock(TimeProvider inner) : TimeProvider
{
    /// <summary>How far the hands stand from the right time; none at first.</summary>
    public TimeSpan Off { get; set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Off;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
