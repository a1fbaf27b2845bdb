namespace ChatOpsCampaigns.Automation.Commands;

/// <summary>
/// Remembers that the database could not be written a moment ago, so that of many stops only the first waits for it: the others go out at
/// once and are written when it is back.
/// </summary>
public sealed class JournalStanding(TimeProvider machine)
{
    /// <summary>How long a failed write counts. 5 seconds of machine time.</summary>
    private static readonly TimeSpan Counts = TimeSpan.FromSeconds(5);

    private long _failedAt = long.MinValue;

    public bool IsAway => Interlocked.Read(ref _failedAt) is var failed and not long.MinValue && machine.GetElapsedTime(failed) < Counts;

    public void Failed() => Interlocked.Exchange(ref _failedAt, machine.GetTimestamp());

    public void Written() => Interlocked.Exchange(ref _failedAt, long.MinValue);
}

/// <summary>The database was not asked, since it could not be written a moment ago.</summary>
public sealed class JournalAwayException() : Exception("The database could not be written a moment ago.");
