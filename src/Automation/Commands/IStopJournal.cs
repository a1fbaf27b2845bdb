using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Stopping;

namespace ChatOpsCampaigns.Automation.Commands;

/// <summary>What could not be written while the database was away.</summary>
public sealed record StopNotes(IReadOnlyList<CommandIntent> Intents, IReadOnlyList<Incident> Incidents)
{
    public bool IsEmpty => Intents.Count == 0 && Incidents.Count == 0;
}

/// <summary>
/// Where a stop is noted when the database cannot be written: a stop goes out all the same. The one exception to "intent first".
/// Never throws; what cannot be written is kept in memory.
/// </summary>
public interface IStopJournal
{
    Task NoteAsync(CommandIntent intent, string says, CancellationToken cancellationToken);

    /// <summary>The incident as it stands now; a later note of the same one takes the place of an earlier.</summary>
    Task NoteAsync(Incident incident, CancellationToken cancellationToken);

    /// <summary>That everything is frozen or stopped; a later note takes the place of an earlier.</summary>
    Task NoteAsync(SwitchState freeze, CancellationToken cancellationToken);

    /// <summary>The freeze that was noted and not yet moved into the database.</summary>
    Task<SwitchState?> FindFreezeAsync(CancellationToken cancellationToken);

    /// <summary>This freeze stands in the database now, or holds no more.</summary>
    Task ClearAsync(SwitchState freeze, CancellationToken cancellationToken);

    /// <summary>Notes not yet moved into the database, the oldest first.</summary>
    Task<StopNotes> PendingAsync(CancellationToken cancellationToken);

    /// <summary>These stand in the database now. What was noted since stays.</summary>
    Task ClearAsync(StopNotes written, CancellationToken cancellationToken);
}
