using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Media;

/// <summary>
/// What lies in the media folder and nothing names any more, with what was made of it and what a crash left of uploads and jobs. For a moment in which
/// no bot runs: what is being made right now counts as unused.
/// </summary>
internal sealed class UnusedFiles(DataFolder folder)
{
    /// <param name="named">Digests that something names which is kept; others among them do no harm.</param>
    /// <returns>Paths within the media folder.</returns>
    public async Task<IReadOnlyList<string>> FindAsync(IReadOnlySet<string> named, CancellationToken cancellationToken)
    {
        var (kept, unused) = (new HashSet<string>(named), new List<string>());
        var all = All();
        foreach (var note in all.Where(path => IsIn(path, FilePreparedStore.Notes)))
        {
            if (await FilePreparedStore.ReadAsync(Path.Combine(folder.Media, note), cancellationToken) is { } made && named.Contains(made.Source.Value))
                kept.UnionWith([made.File.Value, made.Thumbnail.Value]);
            else
                unused.Add(note);
        }

        // What somebody else put there is left alone.
        unused.AddRange(all.Where(path =>
            IsIn(path, FileMediaStore.Incoming) || IsIn(path, JobFolder.Jobs)
            || (FileMediaStore.IsDigest(new Digest(Path.GetFileName(path))) && !kept.Contains(Path.GetFileName(path)))));
        return unused;
    }

    /// <summary>Deletes those that are still there.</summary>
    /// <exception cref="IOException">One cannot be deleted.</exception>
    public void Delete(IReadOnlyCollection<string> paths)
    {
        var unused = paths.ToHashSet();
        foreach (var path in All().Where(unused.Contains))
            File.Delete(Path.Combine(folder.Media, path));
    }

    private List<string> All() => Directory.Exists(folder.Media)
        ? [.. Directory.EnumerateFiles(folder.Media, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder.Media, path))]
        : [];

    private static bool IsIn(string path, string room) => path.StartsWith($"{room}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
}
