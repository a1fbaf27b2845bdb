using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Persistence.Audit;

namespace ChatOpsCampaigns.Bot.Checkup;

/// <summary>The data folder: whether it may be written, has room, and whether its keys are its owner's alone.</summary>
internal static class FolderLooks
{
    private const long LittleRoom = 1L << 30;
    private const long NoRoom = 100L << 20;
    public const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static IEnumerable<Finding> All(DataFolder folder, IConfiguration configuration)
    {
        yield return Writable(folder);
        if (Directory.Exists(folder.Path))
            yield return Room(folder);

        yield return Keys(folder, configuration);
    }

    private static Finding Writable(DataFolder folder)
    {
        const string Check = "data folder";
        if (File.Exists(folder.Path))
            return Finding.Fail(Check, $"{folder.Path} is a file", "Name a folder with Data:Folder.");

        if (!Directory.Exists(folder.Path))
            return Finding.Ok(Check, $"{folder.Path} is not there yet; the first start makes it");

        if (DataFolderLock.HolderOf(folder) is { } holder)
            return Finding.Ok(Check, $"{folder.Path} is held by {holder}: a bot runs on it");

        var probe = Path.Combine(folder.Path, $".doctor-{Environment.ProcessId}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return Finding.Ok(Check, $"{folder.Path} may be written, and nobody holds it");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Finding.Fail(Check, $"{folder.Path} cannot be written: {fault.Message.TrimEnd('.')}", "Give this user the right to write there, or name another folder with Data:Folder.");
        }
    }

    private static Finding Room(DataFolder folder)
    {
        var free = new DriveInfo(Path.GetFullPath(folder.Path)).AvailableFreeSpace;
        var says = $"{free / (double)(1L << 30):0.0} GB free";
        return free switch
        {
            < NoRoom => Finding.Fail("disk", says, "Make room: nothing can be written down soon, and then nothing is raised or launched."),
            < LittleRoom => Finding.Warn("disk", says, "Make room, or put Data:Folder on a larger disk."),
            _ => Finding.Ok("disk", says),
        };
    }

    public static Finding Keys(DataFolder folder, IConfiguration configuration)
    {
        const string Check = "keys";
        var key = new AuditKey(folder, configuration["Audit:Key"]);
        if (key.IsLost)
            return Finding.Fail(Check, key.LostSays, key.LostRepair);

        if (!Directory.Exists(folder.Keys))
            return Finding.Ok(Check, "none yet; the first start makes the key of the audit trail unless Audit:Key is set");

        if (OperatingSystem.IsWindows())
            return Finding.Ok(Check, "there");

        var open = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder.Keys))
        {
            if ((File.GetUnixFileMode(file) & Others) != 0)
                open.Add(file);
        }

        return open.Count == 0
            ? Finding.Ok(Check, "readable by their owner alone")
            : Finding.Warn(Check, $"others may read {string.Join(", ", open.Select(Path.GetFileName))}", $"chmod 600 {string.Join(' ', open)}");
    }
}
