namespace ChatOpsCampaigns.Adapters;

/// <summary>One process holds a data folder. Taken before anything else; given up when the process ends, however it ends.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _holder;
    private readonly string _says;

    private DataFolderLock(FileStream file, string holder, string says) => (_file, _holder, _says) = (file, holder, says);

    /// <summary>False when the lock was taken away under us: its file was deleted or replaced, or somebody else wrote that he holds it.</summary>
    public bool IsHeld
    {
        get
        {
            try
            {
                if (!File.Exists(_file.Name) || Holder(_holder) != _says)
                    return false;

                using var taken = new FileStream(_file.Name, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                return false;
            }
            catch (IOException fault) when (fault is not FileNotFoundException and not DirectoryNotFoundException)
            {
                // Nobody else can take it.
                return true;
            }
        }
    }

    /// <summary>Who holds the folder, or null when nobody does. Takes nothing.</summary>
    public static string? HolderOf(DataFolder folder)
    {
        var file = Path.Combine(folder.Path, "lock");
        if (!File.Exists(file))
            return null;

        try
        {
            using var taken = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
        catch (IOException)
        {
            return Holder(Path.Combine(folder.Path, "lock.holder"));
        }
    }

    /// <summary>Takes the folder, or throws a sentence that says who holds it.</summary>
    public static DataFolderLock Take(DataFolder folder, TimeProvider machine)
    {
        Make(folder);
        var holder = Path.Combine(folder.Path, "lock.holder");
        try
        {
            var file = new FileStream(Path.Combine(folder.Path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var says = $"process {Environment.ProcessId} since {machine.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC";
            File.WriteAllText(holder, says);
            return new DataFolderLock(file, holder, says);
        }
        catch (UnauthorizedAccessException)
        {
            throw NotWritable(folder, "nothing may be written there");
        }
        catch (IOException fault) when (FileFault.IsFull(fault))
        {
            throw NotWritable(folder, "its disk is full");
        }
        catch (IOException fault) when (FileFault.IsReadOnly(fault))
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

    private static string Holder(string file) =>
        File.Exists(file) && File.ReadAllText(file) is { Length: > 0 } holder ? holder : "another process";
}
