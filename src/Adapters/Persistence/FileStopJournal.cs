using System.Text.Json;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>Stops that could not be written to the database: in memory at once, in <c>stops.jsonl</c> as far as the disk allows.</summary>
internal sealed partial class FileStopJournal(DataFolder folder, ILogger<FileStopJournal> logger) : IStopJournal
{
    private readonly Lock _lock = new();
    private readonly List<CommandIntent> _intents = [];
    private readonly Dictionary<IncidentId, Incident> _incidents = [];
    private SwitchState? _freeze;
    private bool _read;

    private sealed record Line(CommandIntent? Intent, Incident? Incident, SwitchState? Freeze = null);

    public Task NoteAsync(CommandIntent intent, string says, CancellationToken cancellationToken) => NoteAsync(new Line(intent, null));

    public Task NoteAsync(Incident incident, CancellationToken cancellationToken) => NoteAsync(new Line(null, incident));

    public Task NoteAsync(SwitchState freeze, CancellationToken cancellationToken) => NoteAsync(new Line(null, null, freeze));

    public Task<SwitchState?> FindFreezeAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ReadOnce();
            return Task.FromResult(_freeze);
        }
    }

    public Task ClearAsync(SwitchState freeze, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ReadOnce();
            if (_freeze is null || _freeze.At > freeze.At)
                return Task.CompletedTask;

            _freeze = null;
            WriteLeft();
        }

        return Task.CompletedTask;
    }

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

            WriteLeft();
        }

        return Task.CompletedTask;
    }

    private void WriteLeft()
    {
        var left = _intents.Select(intent => new Line(intent, null)).Concat(_incidents.Values.Select(incident => new Line(null, incident))).ToList();
        if (_freeze is not null)
            left.Add(new Line(null, null, _freeze));

        if (left.Count == 0)
            File.Delete(folder.Stops);
        else
            File.WriteAllLines(folder.Stops, left.Select(line => JsonSerializer.Serialize(line)));
    }

    private Task NoteAsync(Line line)
    {
        lock (_lock)
        {
            ReadOnce();
            Take(line);
            try
            {
                File.AppendAllText(folder.Stops, $"{(EndsInMidLine() ? "\n" : "")}{JsonSerializer.Serialize(line)}\n");
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // A full disk must not hold up a stop: memory has it.
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>A crash or a full disk tore the last line: what is appended to it could never be read.</summary>
    private bool EndsInMidLine()
    {
        if (!File.Exists(folder.Stops))
            return false;

        using var file = File.OpenRead(folder.Stops);
        if (file.Length == 0)
            return false;

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }

    /// <summary>What an earlier life has left. A line that was torn by a crash is left out.</summary>
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
                Take(JsonSerializer.Deserialize<Line>(text) ?? throw new JsonException("null is no note"));
            }
            catch (JsonException)
            {
                TornLine(folder.Stops);
            }
        }
    }

    private void Take(Line line)
    {
        if (line.Intent is { } intent)
            _intents.Add(intent);

        if (line.Incident is { } incident)
            _incidents[incident.Id] = incident;

        _freeze = line.Freeze ?? _freeze;
    }

    [LoggerMessage(EventId = 180, Level = LogLevel.Warning, Message = "A line of {File} was torn by a crash in the middle of a write and is left out; what follows it is read.")]
    private partial void TornLine(string file);
}
