namespace ChatOpsCampaigns.Automation.Values;

/// <summary>
/// The machine's clock as long as the program runs. Set ahead, it follows; set back, it runs on from where it stood, so that nothing which
/// waits for a moment (a reminder, an alert's next try, an account that rests) waits for it twice.
/// </summary>
public sealed class ForwardClock(TimeProvider machine) : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _shown = machine.GetUtcNow();
    private long _shownAt = machine.GetTimestamp();

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            var stamp = machine.GetTimestamp();
            var ran = _shown + machine.GetElapsedTime(_shownAt, stamp);
            var set = machine.GetUtcNow();
            (_shown, _shownAt) = (set > ran ? set : ran, stamp);
            return _shown;
        }
    }

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);
}
