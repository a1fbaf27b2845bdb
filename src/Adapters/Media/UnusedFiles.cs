using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Media;

/// <summary>
/// What lies in the media folder and nothing names any more, with what was made of it and what a crash left of uploads and jobs. Whoever sets no limit of
/// age asks while no bot runs: what is being made right now counts as unused.
/// </summary>
internal sealed class UnusedFiles(DataFolder folder)
{
    /// <param name="named">Digests that something names which is kept; others among them do no harm.</param>
    /// <param name="before">What was written later stays, with what was made of it; null for no limit. Machine time.</param>
    /// <returns>Paths within the media folder.</returns>
    public async Task<IReadOnlyList<string>> FindAsync(IReadOnlySet<string> named, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        var all = All();
        var young = all.Where(path => !IsOld(path, before)).ToHashSet();
        HashSet<string> sources = [.. named, .. young.Select(path => Path.GetFileName(path))];
        var (kept, unused) = (new HashSet<string>(sources), new List<string>());
        foreach (var note in all.Where(path => IsIn(path, FilePreparedStore.Notes)))
        {
            if (await FilePreparedStore.ReadAsync(Path.Combine(folder.Media, note), cancellationToken) is { } made && (sources.Contains(made.Source.Value) || young.Contains(note)))
                kept.UnionWith([made.File.Value, made.Thumbnail.Value]);
            else
                unused.Add(note);
        }

        // What somebody else put there is left alone.
        unused.AddRange(all.Where(path =>
            IsIn(path, FileMediaStore.Incoming) || IsIn(path, JobFolder.Jobs)
            || (FileMediaStore.IsDigest(new Digest(Path.GetFileName(path))) && !kept.Contains(Path.GetFileName(path)))));
        return [.. unused.Where(path => !young.Contains(path))];
    }

    /// <summary>Everything that was written before an instant of machine time, named or not.</summary>
    public IReadOnlyCollection<string> WrittenBefore(DateTimeOffset before) => [.. All().Where(path => IsOld(path, before))];

    /// <summary>Deletes those that are still there and were not written anew since.</summary>
    /// <exception cref="IOException">One cannot be deleted.</exception>
    public void Delete(IReadOnlyCollection<string> paths, DateTimeOffset? before)
    {
        var unused = paths.ToHashSet();
        foreach (var path in All().Where(path => unused.Contains(path) && IsOld(path, before)))
            File.Delete(Path.Combine(folder.Media, path));
    }

    private List<string> All() => Directory.Exists(folder.Media)
        ? [.. Directory.EnumerateFiles(folder.Media, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder.Media, path))]
        : [];

    private bool IsOld(string path, DateTimeOffset? before) => before is not { } limit || File.GetLastWriteTimeUtc(Path.Combine(folder.Media, path)) < limit.UtcDateTime;

    private static bool IsIn(string path, string room) => path.StartsWith($"{room}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
}
