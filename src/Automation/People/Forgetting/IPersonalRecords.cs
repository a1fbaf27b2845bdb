using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.People.Forgetting;

/// <summary>What is kept of a person, and what becomes of it when they are forgotten.</summary>
/// <param name="Pseudonym">What stands in their place from then on; nothing says whose it was.</param>
/// <param name="Entries">Entries of the audit trail that name them or hold what they typed.</param>
/// <param name="Records">Other records that do.</param>
/// <param name="Deleted">Records that are theirs alone: what was said in private, drafts that were not launched.</param>
/// <param name="Files">Files that nothing names any more, also from before, with what was made of them.</param>
/// <param name="Open">What is not at its end and names them, in words: "request a3".</param>
public sealed record PersonalTraces(PersonId Pseudonym, int Entries, int Records, int Deleted, int Files, IReadOnlyList<string> Open)
{
    /// <summary>Their name when it is too short to be told from other words: it stays where sentences hold it without the channel. Else null.</summary>
    public string? ShortName { get; init; }

    public bool IsNothing => Entries + Records + Deleted == 0;

    /// <summary>In one line: "14 entries of the audit trail, 9 other records…".</summary>
    public string Words =>
        $"{Counted(Entries, "entry", "entries")} of the audit trail and {Counted(Records, "other record", "other records")} name {Pseudonym} instead, "
        + $"{Counted(Deleted, "record", "records")} and {FileWords} are deleted";

    public string FileWords => Counted(Files, "file", "files");

    private static string Counted(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}

/// <summary>Everything that is kept and may speak of a person. For a moment in which nobody else writes.</summary>
public interface IPersonalRecords
{
    /// <summary>What forgetting them would do; changes nothing.</summary>
    Task<PersonalTraces> LookAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Does it in one commit with its entry in the audit trail, then lets nothing of it be left on the disk.</summary>
    /// <param name="by">Whom the entry names.</param>
    /// <exception cref="InvalidOperationException">Something is open that names them.</exception>
    Task<PersonalTraces> ForgetAsync(PersonId person, PersonId by, CancellationToken cancellationToken);
}
