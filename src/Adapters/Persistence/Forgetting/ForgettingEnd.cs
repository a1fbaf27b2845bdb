using System.Data.Common;
using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Persistence.Forgetting;

/// <summary>
/// What a forgetting does after its commit: files are deleted and the database is written anew. What is left of it is noted in the same commit, so that
/// one that is cut short comes to its end: its files with the next start, the rest with the next forgetting.
/// </summary>
internal sealed partial class ForgettingEnd(Database database, UnusedFiles files, ILogger<ForgettingEnd> logger)
{
    /// <summary>The setting that notes it.</summary>
    public const string Name = "forgetting";

    /// <param name="Files">Paths within the media folder; none when only the database is left to be written anew.</param>
    private sealed record Left(IReadOnlyList<string> Files);

    /// <summary>Files that nothing names any more.</summary>
    public Task<IReadOnlyList<string>> FilesAsync(IReadOnlySet<string> named, CancellationToken cancellationToken) => files.FindAsync(named, null, cancellationToken);

    /// <summary>A part of the commit.</summary>
    public static async Task NoteAsync(CampaignsDb db, IReadOnlyList<string> unused, CancellationToken cancellationToken)
    {
        if (await Noted(db).SingleOrDefaultAsync(cancellationToken) is not { } row)
            db.Add(row = new SettingRow { Workspace = WorkspaceId.Local.Value, Name = Name });

        row.Body = Database.Write(new Left(unused));
    }

    /// <summary>After the commit.</summary>
    public async Task DoAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await DeleteFilesAsync(db, cancellationToken);
        await db.LeaveNothingAsync(cancellationToken);
        await db.InTurnAsync(token => Noted(db).ExecuteDeleteAsync(token), cancellationToken);
    }

    /// <summary>
    /// At a start, before anything uses a file. The database is not written anew here: that may take minutes in which nobody would stop anything.
    /// Neither does what cannot be deleted hold up the start.
    /// </summary>
    public async Task AfterCrashAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = database.Open();
            if (await DeleteFilesAsync(db, cancellationToken))
                CutShort();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException or DbUpdateException)
        {
            NotDeleted(fault);
        }
    }

    /// <returns>Whether anything is left of a forgetting.</returns>
    private async Task<bool> DeleteFilesAsync(CampaignsDb db, CancellationToken cancellationToken)
    {
        if (await Noted(db).SingleOrDefaultAsync(cancellationToken) is not { } row)
            return false;

        try
        {
            files.Delete(Database.Read<Left>(row.Body).Files, null);
        }
        finally
        {
            // Also of one that could not be deleted: until the next start it may be in use again, and the next forgetting finds it by itself.
            row.Body = Database.Write(new Left([]));
            await db.SaveChangesAsync(cancellationToken);
        }

        return true;
    }

    private static IQueryable<SettingRow> Noted(CampaignsDb db) => db.Set<SettingRow>().Where(row => row.Workspace == WorkspaceId.Local.Value && row.Name == Name);

    [LoggerMessage(EventId = 163, Level = LogLevel.Warning, Message = "A forgetting was cut short; its files are deleted. Stop the bot when it suits and do the same forget --yes once more: only then is nothing left in the database's files.")]
    private partial void CutShort();

    [LoggerMessage(EventId = 164, Level = LogLevel.Error, Message = "A forgetting was cut short, and not all of its files can be deleted. Stop the bot when it suits and do the same forget --yes once more.")]
    private partial void NotDeleted(Exception fault);
}
