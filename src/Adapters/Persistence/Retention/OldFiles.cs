using ChatOpsCampaigns.Adapters.Media;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Persistence.Retention;

/// <summary>
/// Deletes files of the media folder that nothing names any more, with what was made of them, once they were written longer ago than records are kept.
/// What is named is looked up in all tables: again when another file grew old, else once a day.
/// </summary>
internal sealed partial class OldFiles(UnusedFiles files, NamedFiles named, RetentionPeriods periods, ILogger<OldFiles> logger)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromDays(1);

    /// <summary>Old files that were named, and when they were.</summary>
    private (IReadOnlySet<string> Files, DateTimeOffset At)? _stayed;

    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteAsync(DateTimeOffset machineNow, CancellationToken cancellationToken)
    {
        var before = machineNow - periods.Records;
        try
        {
            var old = files.WrittenBefore(before);
            if (old.Count == 0 || (_stayed is { } stayed && machineNow - stayed.At < LookAgainAfter && stayed.Files.IsSupersetOf(old)))
                return 0;

            var unused = await files.FindAsync(await named.AllAsync(cancellationToken), before, cancellationToken);
            files.Delete(unused, before);
            _stayed = (old.Except(unused).ToHashSet(), machineNow);
            if (unused.Count > 0)
                Deleted(unused.Count);

            return unused.Count;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            NotDeleted(fault);
            return 0;
        }
    }

    [LoggerMessage(EventId = 702, Level = LogLevel.Information, Message = "{Count} files that nothing names any more were deleted.")]
    private partial void Deleted(int count);

    [LoggerMessage(EventId = 703, Level = LogLevel.Warning, Message = "Files that nothing names any more could not be deleted; tried again in an hour.")]
    private partial void NotDeleted(Exception fault);
}
