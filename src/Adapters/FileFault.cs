using Microsoft.Data.Sqlite;

namespace ChatOpsCampaigns.Adapters;

/// <summary>What a file of the data folder that cannot be used means, in a sentence that says what to do.</summary>
internal static class FileFault
{
    private const int Locked = 5;
    private const int TableLocked = 6;
    private const int ReadOnly = 8;
    private const int DiskFault = 10;
    private const int Damaged = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;

    /// <summary>Null for what is no fault of a file.</summary>
    /// <param name="file">What could not be used: a file, or the data folder when it is not known which.</param>
    public static string? SentenceOf(Exception fault, string file) => Chain(fault).Select(one => Because(one, file)).FirstOrDefault(because => because is not null);

    /// <summary>Whether the bytes are wrong, and no other disk or right would mend it.</summary>
    public static bool IsDamage(Exception fault) => Chain(fault).Any(one => one is SqliteException { SqliteErrorCode: Damaged or NoDatabase });

    /// <summary>Linux, macOS and Windows say it by their own numbers.</summary>
    public static bool IsFull(IOException fault) => (fault.HResult & 0xFFFF) is 28 or 112 or 39;

    public static bool IsReadOnly(IOException fault) => (fault.HResult & 0xFFFF) is 30 or 19;

    private static string? Because(Exception fault, string file) => fault switch
    {
        SqliteException sqlite => Because(sqlite, file),
        IOException io when IsFull(io) => NoRoom(file),
        IOException io when IsReadOnly(io) => NotAllowed(file),
        UnauthorizedAccessException => $"{fault.Message.TrimEnd('.')}. Let the user who runs this program read and write it, or name another folder with --Data:Folder.",
        _ => null,
    };

    private static string Because(SqliteException fault, string file) => fault.SqliteErrorCode switch
    {
        Damaged or NoDatabase =>
            $"{file} is damaged ({fault.Message}). Restore a copy of the data folder, or move the file away to begin anew. "
            + "While this program stands still nobody watches what runs at the networks: look there, and pause what should not run.",
        Full => NoRoom(file),
        DiskFault => $"{file} cannot be read or written ({fault.Message}): its disk is full or failing. Make room on it, or mend it.",
        ReadOnly or CannotOpen => NotAllowed(file),
        Locked or TableLocked => $"{file} is in use by another program. End that one.",
        _ => $"{file} cannot be used ({fault.Message}). Mend it or restore a copy of the data folder.",
    };

    private static string NoRoom(string file) => $"{file} cannot be written: its disk is full. Make room on it.";

    private static string NotAllowed(string file) =>
        $"{file} cannot be written. Let the user who runs this program write the file and its folder, or name another folder with --Data:Folder.";

    private static IEnumerable<Exception> Chain(Exception fault)
    {
        for (var one = fault; one is not null; one = one.InnerException)
            yield return one;
    }
}
