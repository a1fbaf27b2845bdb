using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatOpsCampaigns.Adapters.Persistence.Audit;

/// <summary>How long the chain was at a moment, and what its head was.</summary>
internal sealed record Checkpoint(long Entries, string Head, DateTimeOffset At)
{
    /// <summary>As it is told in the chat, and as <c>audit verify</c> says it again for whoever compares.</summary>
    [JsonIgnore]
    public string Words => $"audit checkpoint after {Entries} {(Entries == 1 ? "entry" : "entries")}";

    [JsonIgnore]
    public string HeadWords => $"head {Head}";
}

/// <summary>
/// Checkpoints of the audit chain in a file beside the database: what finds a truncated chain or yesterday's copy. A crash may
/// leave a torn last line; the next checkpoint begins a line of its own.
/// </summary>
internal sealed class Checkpoints(DataFolder folder) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>The last one could not be written.</summary>
    private bool _isOneMissing;

    public async Task AddAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var begin = EndsTorn() ? "\n" : "";
            await File.AppendAllTextAsync(folder.Checkpoints, $"{begin}{JsonSerializer.Serialize(checkpoint)}\n", cancellationToken);
            _isOneMissing = false;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            _isOneMissing = true;
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Why the next one cannot be written, or that the last one was not; null when all is well. Writes nothing.</summary>
    public async Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return WhyNot() is { } because
                ? $"{folder.Checkpoints} cannot be written ({because})"
                : _isOneMissing ? $"the last checkpoint of {folder.Checkpoints} could not be written; the next entry makes another" : null;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Every checkpoint, and the numbers of the lines that cannot be read.</summary>
    public async Task<(IReadOnlyList<Checkpoint> Kept, IReadOnlyList<int> Unreadable)> AllAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(folder.Checkpoints))
            return ([], []);

        var lines = await File.ReadAllLinesAsync(folder.Checkpoints, cancellationToken);
        var read = lines.Select((line, place) => (Number: place + 1, Line: line, Checkpoint: Read(line))).Where(one => one.Line.Length > 0).ToList();
        return ([.. read.Select(one => one.Checkpoint).OfType<Checkpoint>()], [.. read.Where(one => one.Checkpoint is null).Select(one => one.Number)]);
    }

    public void Dispose() => _writing.Dispose();

    private string? WhyNot()
    {
        if (Directory.Exists(folder.Checkpoints))
            return "a folder stands in its place";

        if (!File.Exists(folder.Checkpoints))
            return null;

        try
        {
            using var file = new FileStream(folder.Checkpoints, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return fault.Message.TrimEnd('.');
        }
    }

    private bool EndsTorn()
    {
        if (!File.Exists(folder.Checkpoints))
            return false;

        using var file = File.OpenRead(folder.Checkpoints);
        if (file.Length == 0)
            return false;

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }

    private static Checkpoint? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Checkpoint>(line) is { Head: not null } read ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
