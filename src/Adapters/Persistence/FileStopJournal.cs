using System.Text.Json;
using ChatOpsCampaigns.Automation.Commands;

namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>Stops that could not be written to the database: in memory at once, in <c>stops.jsonl</c> as far as the disk allows.</summary>
internal sealed class FileStopJournal(DataFolder folder) : IStopJournal
{
    private readonly Lock _lock = new();
    private readonly List<CommandIntent> _noted = [];

    public Task NoteAsync(CommandIntent intent, string says, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _noted.Add(intent);
            try
            {
                File.AppendAllText(folder.Stops, JsonSerializer.Serialize(intent) + "\n");
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // A full disk must not hold up a stop: memory has it.
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<CommandIntent>> PendingAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_noted.Count == 0 && File.Exists(folder.Stops))
                _noted.AddRange(File.ReadLines(folder.Stops).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<CommandIntent>(line)!));

            return Task.FromResult<IReadOnlyList<CommandIntent>>([.. _noted]);
        }
    }

    public Task ClearAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _noted.Clear();
            File.Delete(folder.Stops);
        }

        return Task.CompletedTask;
    }
}
