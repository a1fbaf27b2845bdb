namespace ChatOpsCampaigns.Automation.Commands;

/// <summary>
/// Remembers that the database could not be written, or not even read, a moment ago, so that of many stops only the first waits for it: the
/// others go out at once and are written when it is back.
/// </summary>
public sealed class JournalStanding(TimeProvider machine)
{
    /// <summary>How long a failure counts. 5 seconds of machine time.</summary>
    private static readonly TimeSpan Counts = TimeSpan.FromSeconds(5);

    private long _failedAt = long.MinValue;
    private long _unreadAt = long.MinValue;

    public bool IsAway => IsJust(ref _failedAt);

    /// <summary>A stop acts on what is known and asks nothing more; nothing else may take that for an answer.</summary>
    public bool IsUnread => IsJust(ref _unreadAt);

    public void Failed() => Interlocked.Exchange(ref _failedAt, machine.GetTimestamp());

    /// <summary>What cannot be read cannot be written either.</summary>
    public void NotRead()
    {
        Interlocked.Exchange(ref _unreadAt, machine.GetTimestamp());
        Failed();
    }

    public void Written()
    {
        Interlocked.Exchange(ref _failedAt, long.MinValue);
        Interlocked.Exchange(ref _unreadAt, long.MinValue);
    }

    private bool IsJust(ref long at) => Interlocked.Read(ref at) is var failed and not long.MinValue && machine.GetElapsedTime(failed) < Counts;
}

/// <summary>The database was not asked, since it could not be written a moment ago.</summary>
public sealed class JournalAwayException() : Exception("The database could not be written a moment ago.");
