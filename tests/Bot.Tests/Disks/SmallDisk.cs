using System.Diagnostics;
using System.Globalization;

namespace ChatOpsCampaigns.Bot.Tests.Disks;

/// <summary>A disk of its own, in memory, that can be filled and made read-only. Only root can mount one; whoever is not root is told so as a skip.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Block = 4096;

    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Filling => Path.Combine(Folder, "filling");

    public static SmallDisk Mount(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("campaigns-disk-").FullName;
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "tmpfs", folder) == 0)
            return new SmallDisk(folder);

        Directory.Delete(folder);
        Assert.Skip("only root can mount a disk of its own");
        throw new UnreachableException();
    }

    /// <summary>To the last block.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filling, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                file.Write(new byte[Block]);
        }
        catch (IOException)
        {
            // Not one more fits.
        }
    }

    public void Empty() => File.Delete(Filling);

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", Folder).ShouldBe(0);

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
