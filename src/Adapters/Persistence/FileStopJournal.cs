using System.Text;
using System.Text.Json;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>
/// Stops that could not be written to the database: in memory at once, and in <c>stops.jsonl</c>. A full disk is most often why the database cannot be
/// written, so lines for which that file finds no room go into <c>stops.room</c>, which has its room already.
/// </summary>
internal sealed partial class FileStopJournal(DataFolder folder, ILogger<FileStopJournal> logger) : IStopJournal
{
    private const int Room = 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly List<CommandIntent> _intents = [];
    private readonly Dictionary<IncidentId, Incident> _incidents = [];
    private SwitchState? _freeze;
    private bool _read;
    private long _roomUsed;
    private long _number;

    /// <param name="Number">Later ones count more, whichever file has them.</param>
    private sealed record Line(CommandIntent? Intent, Incident? Incident, SwitchState? Freeze = null, long Number = 0);

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
            _intents.RemoveAll(kept => written.Intents.Any(intent => ReferenceEquals(intent, kept)));
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
        {
            File.Delete(folder.Stops);
            EmptyRoom();
            return;
        }

        // Whole or not at all: on a full disk what was noted stays.
        var written = $"{folder.Stops}.new";
        File.WriteAllLines(written, left.Select(Numbered));
        File.Move(written, folder.Stops, overwrite: true);
        EmptyRoom();
    }

    private Task NoteAsync(Line line)
    {
        lock (_lock)
        {
            ReadOnce();
            Take(line);
            var text = Numbered(line);
            try
            {
                File.AppendAllText(folder.Stops, $"{(EndsInMidLine() ? "\n" : "")}{text}\n");
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                WriteInRoom(text);
            }
        }

        return Task.CompletedTask;
    }

    private string Numbered(Line line) => JsonSerializer.Serialize(line with { Number = ++_number });

    /// <summary>A disk that fails here too must not hold up a stop: memory has it.</summary>
    private void WriteInRoom(string text)
    {
        try
        {
            var line = Encoding.UTF8.GetBytes($"{text}\n");
            using var room = new FileStream(folder.StopsRoom, FileMode.Open, FileAccess.Write);
            if (_roomUsed + line.Length > room.Length)
                throw new IOException("it is used up");

            room.Seek(_roomUsed, SeekOrigin.Begin);
            room.Write(line);
            room.Flush(flushToDisk: true);
            _roomUsed += line.Length;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            NotNoted(folder.StopsRoom, fault.Message);
        }
    }

    /// <summary>Empty lines to its whole length; made when it is not there, and made longer when a full disk cut it short.</summary>
    private void EmptyRoom()
    {
        try
        {
            if (_roomUsed == 0 && new FileInfo(folder.StopsRoom) is { Exists: true, Length: >= Room })
                return;

            // Written over, never made anew: what the disk gave once it might not give again.
            using var room = new FileStream(folder.StopsRoom, FileMode.OpenOrCreate, FileAccess.Write);
            room.Write([.. Enumerable.Repeat((byte)'\n', Room)]);
            _roomUsed = 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            NoRoom(folder.StopsRoom, fault.Message);
        }
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
        var lines = new List<Line>();
        Read(folder.Stops, lines);
        _roomUsed = Read(folder.StopsRoom, lines);
        foreach (var line in lines.OrderBy(line => line.Number))
            Take(line);

        _number = lines.Select(line => line.Number).DefaultIfEmpty().Max();
        if (_roomUsed == 0)
            EmptyRoom();
    }

    /// <returns>Where the last line that is not empty ends, in bytes.</returns>
    private long Read(string file, List<Line> lines)
    {
        if (!File.Exists(file))
            return 0;

        var (at, end) = (0L, 0L);
        foreach (var text in File.ReadLines(file))
        {
            at += Encoding.UTF8.GetByteCount(text) + 1;
            if (text.Length == 0)
                continue;

            end = at;
            try
            {
                lines.Add(JsonSerializer.Deserialize<Line>(text) ?? throw new JsonException("null is no note"));
            }
            catch (JsonException)
            {
                TornLine(file);
            }
        }

        return end;
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

    [LoggerMessage(EventId = 183, Level = LogLevel.Warning, Message = "No room on the disk could be held in {File} for stops that the database cannot take: {Says}")]
    private partial void NoRoom(string file, string says);

    [LoggerMessage(EventId = 184, Level = LogLevel.Critical, Message = "A stop is noted in memory alone, for the disk is full and {File} could not take it either: {Says}")]
    private partial void NotNoted(string file, string says);
}
