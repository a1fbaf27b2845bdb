namespace ChatOpsCampaigns.Adapters;

/// <summary>One process holds a data folder. Taken before anything else; given up when the process ends, however it ends.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>Takes the folder, or throws a sentence that says who holds it.</summary>
    public static DataFolderLock Take(DataFolder folder, TimeProvider machine)
    {
        Make(folder);
        var holder = Path.Combine(folder.Path, "lock.holder");
        try
        {
            var file = new FileStream(Path.Combine(folder.Path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, $"process {Environment.ProcessId} since {machine.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC");
            return new DataFolderLock(file);
        }
        catch (UnauthorizedAccessException)
        {
            throw NotWritable(folder, "nothing may be written there");
        }
        catch (IOException fault) when (IsFull(fault))
        {
            throw NotWritable(folder, "its disk is full");
        }
        catch (IOException fault) when (IsReadOnly(fault))
        {
            throw NotWritable(folder, "its disk is read-only");
        }
        catch (IOException)
        {
            throw new InvalidOperationException(
                $"The data folder {folder.Path} is held by {Holder(holder)}. Stop that process, or choose another folder with --Data:Folder.");
        }
    }

    public void Dispose() => _file.Dispose();

    private static void Make(DataFolder folder)
    {
        try
        {
            Directory.CreateDirectory(folder.Path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(folder, File.Exists(folder.Path) ? "it is a file" : fault.Message.TrimEnd('.'));
        }
    }

    private static InvalidOperationException NotWritable(DataFolder folder, string because) =>
        new($"Data:Folder is {folder.Path}, and it cannot be used: {because}. Name a folder that this program may write to.");

    /// <summary>Linux, macOS, and Windows say it by their own numbers.</summary>
    private static bool IsFull(IOException fault) => (fault.HResult & 0xFFFF) is 28 or 112 or 39;

    private static bool IsReadOnly(IOException fault) => (fault.HResult & 0xFFFF) is 30 or 19;

    private static string Holder(string file) =>
        File.Exists(file) && File.ReadAllText(file) is { Length: > 0 } holder ? holder : "another process";
}
