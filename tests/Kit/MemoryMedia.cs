using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

/// <summary>Files in memory under their digests. There are no paths.</summary>
public sealed class MemoryMedia : IMediaStore
{
    public ConcurrentDictionary<Digest, byte[]> All { get; } = new();

    public async Task<Digest> KeepAsync(Stream bytes, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        await bytes.CopyToAsync(memory, cancellationToken);
        var kept = memory.ToArray();
        var digest = Digest.Of(kept);
        All[digest] = kept;
        return digest;
    }

    public Task<bool> HasAsync(Digest file, CancellationToken cancellationToken) => Task.FromResult(All.ContainsKey(file));

    public Task<Stream> OpenAsync(Digest file, CancellationToken cancellationToken) => All.TryGetValue(file, out var kept)
        ? Task.FromResult<Stream>(new MemoryStream(kept))
        : throw new FileNotFoundException("There is no such file.", file.Value);

    public string PathOf(Digest file) => throw new NotSupportedException("Files in memory have no path.");
}
