using System.Security.Cryptography;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Media;

/// <summary>Files under their SHA-256 in <see cref="DataFolder.Media"/>. A file appears whole or not at all.</summary>
internal sealed class FileMediaStore(DataFolder folder) : IMediaStore
{
    /// <summary>Where files are while they arrive.</summary>
    public const string Incoming = "incoming";

    private const int DigestLength = 64;
    private const int BufferSize = 128 * 1024;

    public async Task<Digest> KeepAsync(Stream bytes, CancellationToken cancellationToken)
    {
        var incoming = Path.Combine(folder.Media, Incoming);
        Directory.CreateDirectory(incoming);
        var temporary = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        try
        {
            var digest = await WriteAsync(bytes, temporary, cancellationToken);
            var target = PathOf(digest);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // Also in the place of the same one, so that it is as young as whoever needs it.
            File.Move(temporary, target, overwrite: true);
            return digest;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Task<bool> HasAsync(Digest file, CancellationToken cancellationToken) => Task.FromResult(IsDigest(file) && File.Exists(PathOf(file)));

    public Task<Stream> OpenAsync(Digest file, CancellationToken cancellationToken) => Task.FromResult<Stream>(
        new FileStream(PathOf(file), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous));

    public string PathOf(Digest file) => IsDigest(file)
        ? Path.Combine(folder.Media, file.Value[..2], file.Value)
        : throw new ArgumentException("A file is named by 64 lower-case hexadecimal digits.", nameof(file));

    public static bool IsDigest(Digest file) =>
        file.Value is { Length: DigestLength } value && value.All(letter => letter is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    private static async Task<Digest> WriteAsync(Stream bytes, string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, FileOptions.Asynchronous);
        var buffer = new byte[BufferSize];
        while (await bytes.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        target.Flush(flushToDisk: true);
        return new Digest(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
