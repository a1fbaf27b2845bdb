namespace ChatOpsCampaigns.Automation.Commands;

/// <summary>
/// Where a stop is noted when the database cannot be written: a stop goes out all the same. The one exception to "intent first".
/// Never throws; what cannot be written is kept in memory.
/// </summary>
public interface IStopJournal
{
    Task NoteAsync(CommandIntent intent, string says, CancellationToken cancellationToken);

    /// <summary>Notes not yet moved into the database, the oldest first.</summary>
    Task<IReadOnlyList<CommandIntent>> PendingAsync(CancellationToken cancellationToken);

    /// <summary>They stand in the database now.</summary>
    Task ClearAsync(CancellationToken cancellationToken);
}
