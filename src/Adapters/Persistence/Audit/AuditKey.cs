using System.Security.Cryptography;
using System.Text;

namespace ChatOpsCampaigns.Adapters.Persistence.Audit;

/// <summary>The key of the audit chain: <c>Audit:Key</c> (32 bytes, base64), else made at the first start and kept in the keys folder, readable by its owner alone.</summary>
internal sealed class AuditKey(DataFolder folder, string? configured)
{
    private const int Bytes = 32;

    // Between processes the folder's own lock does the same.
    private static readonly Lock Making = new();

    private readonly Lazy<byte[]> _key = new(() => configured is { Length: > 0 } ? Decoded(configured) : KeptAlone(folder));

    public byte[] Value => _key.Value;

    /// <summary>Whether it can be had without being made anew.</summary>
    public bool IsThere => configured is { Length: > 0 } || File.Exists(FileOf(folder));

    /// <summary>It is gone beside what was kept with it, and no other may be made.</summary>
    public bool IsLost => !IsThere && File.Exists(folder.Checkpoints);

    public string LostSays => LostSaysOf(folder);

    public string LostRepair => LostRepairOf(folder);

    private static string FileOf(DataFolder folder) => Path.Combine(folder.Keys, "audit.key");

    private static string LostSaysOf(DataFolder folder) => $"{FileOf(folder)} is gone, and this data folder has an audit trail that was written with it";

    private static string LostRepairOf(DataFolder folder) =>
        "Put the file back from a copy, or set Audit:Key. "
        + $"If it is lost for good, nothing written so far can be verified any more; rename {folder.Checkpoints} to begin with a new key.";

    private static byte[] Decoded(string text) => TryDecode(text) ?? throw new InvalidOperationException("Audit:Key has to be 32 bytes in base64; \"openssl rand -base64 32\" makes one.");

    private static byte[]? TryDecode(string text)
    {
        var buffer = new byte[Bytes];
        return Convert.TryFromBase64String(text, buffer, out var written) && written == Bytes ? buffer : null;
    }

    private static byte[] KeptAlone(DataFolder folder)
    {
        lock (Making)
            return Kept(folder);
    }

    private static byte[] Kept(DataFolder folder)
    {
        Directory.CreateDirectory(folder.Keys);
        var file = FileOf(folder);
        if (File.Exists(file))
            return TryDecode(File.ReadAllText(file).Trim()) ?? throw new InvalidOperationException($"{file} is damaged: it is not 32 bytes in base64. {LostRepairOf(folder)}");

        if (File.Exists(folder.Checkpoints))
            throw new InvalidOperationException($"{LostSaysOf(folder)}. {LostRepairOf(folder)}");

        // Whole or not at all: an end in the middle leaves no file that later starts cannot read.
        var key = RandomNumberGenerator.GetBytes(Bytes);
        var begun = $"{file}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using (var stream = new FileStream(begun, options))
        {
            stream.Write(Encoding.ASCII.GetBytes($"{Convert.ToBase64String(key)}\n"));
            stream.Flush(flushToDisk: true);
        }

        File.Move(begun, file);
        return key;
    }
}
