using System.Text.Json;

namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>How long the chain was at a moment, and what its head was.</summary>
internal sealed record Checkpoint(long Entries, string Head, DateTimeOffset At);

/// <summary>Checkpoints of the audit chain in a file beside the database: what finds a truncated chain or yesterday's copy.</summary>
internal sealed class Checkpoints(DataFolder folder)
{
    public bool Exist => File.Exists(folder.Checkpoints);

    public Task AddAsync(Checkpoint checkpoint, CancellationToken cancellationToken) =>
        File.AppendAllTextAsync(folder.Checkpoints, JsonSerializer.Serialize(checkpoint) + "\n", cancellationToken);

    public async Task<IReadOnlyList<Checkpoint>> AllAsync(CancellationToken cancellationToken)
    {
        if (!Exist)
            return [];

        var lines = await File.ReadAllLinesAsync(folder.Checkpoints, cancellationToken);
        return [.. lines.Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<Checkpoint>(line)!)];
    }
}
