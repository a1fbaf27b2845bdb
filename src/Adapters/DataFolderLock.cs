namespace ChatOpsCampaigns.Adapters;

/// <summary>One process holds a data folder. Taken before anything else; given up when the process ends, however it ends.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>Takes the folder, or throws a sentence that says who holds it.</summary>
    public static DataFolderLock Take(DataFolder folder, TimeProvider machine)
    {
        Directory.CreateDirectory(folder.Path);
        var holder = Path.Combine(folder.Path, "lock.holder");
        try
        {
            var file = new FileStream(Path.Combine(folder.Path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, $"process {Environment.ProcessId} since {machine.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC");
            return new DataFolderLock(file);
        }
        catch (IOException)
        {
            throw new InvalidOperationException(
                $"The data folder {folder.Path} is held by {Holder(holder)}. Stop that process, or choose another folder with --Data:Folder.");
        }
    }

    public void Dispose() => _file.Dispose();

    private static string Holder(string file) =>
        File.Exists(file) && File.ReadAllText(file) is { Length: > 0 } holder ? holder : "another process";
}
