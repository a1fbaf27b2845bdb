using System.Text.Json;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>Stops that could not be written to the database: in memory at once, in <c>stops.jsonl</c> as far as the disk allows.</summary>
internal sealed class FileStopJournal(DataFolder folder) : IStopJournal
{
    private readonly Lock _lock = new();
    private readonly List<CommandIntent> _intents = [];
    private readonly Dictionary<IncidentId, Incident> _incidents = [];
    private bool _read;

    private sealed record Line(CommandIntent? Intent, Incident? Incident);

    public Task NoteAsync(CommandIntent intent, string says, CancellationToken cancellationToken) => NoteAsync(new Line(intent, null));

    public Task NoteAsync(Incident incident, CancellationToken cancellationToken) => NoteAsync(new Line(null, incident));

    public Task<StopNotes> PendingAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ReadOnce();
            return Task.FromResult(new StopNotes([.. _intents], [.. _incidents.Values]));
        }
    }

    public Task ClearAsync(StopNotes written, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _intents.RemoveRange(0, written.Intents.Count);
            foreach (var incident in written.Incidents.Where(incident => ReferenceEquals(_incidents.GetValueOrDefault(incident.Id), incident)))
                _incidents.Remove(incident.Id);

            var left = _intents.Select(intent => new Line(intent, null)).Concat(_incidents.Values.Select(incident => new Line(null, incident))).ToList();
            if (left.Count == 0)
                File.Delete(folder.Stops);
            else
                File.WriteAllLines(folder.Stops, left.Select(line => JsonSerializer.Serialize(line)));
        }

        return Task.CompletedTask;
    }

    private Task NoteAsync(Line line)
    {
        lock (_lock)
        {
            ReadOnce();
            Take(line);
            try
            {
                File.AppendAllText(folder.Stops, JsonSerializer.Serialize(line) + "\n");
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // A full disk must not hold up a stop: memory has it.
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>What an earlier life has left. A last line that was torn by a crash is left out.</summary>
    private void ReadOnce()
    {
        if (_read)
            return;

        _read = true;
        if (!File.Exists(folder.Stops))
            return;

        foreach (var text in File.ReadLines(folder.Stops).Where(text => text.Length > 0))
        {
            try
            {
                Take(JsonSerializer.Deserialize<Line>(text)!);
            }
            catch (JsonException)
            {
                return;
            }
        }
    }

    private void Take(Line line)
    {
        if (line.Intent is { } intent)
            _intents.Add(intent);

        if (line.Incident is { } incident)
            _incidents[incident.Id] = incident;
    }
}
