using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

/// <summary>
/// Signatures of requests that were answered: the same one again is somebody else's copy, also after a restart. Kept for as long as they would be
/// genuine, in a file of their own: a line is written far more often than anything is read.
/// </summary>
internal sealed partial class AnsweredRequests(DataFolder folder, TimeProvider machine, ILogger<AnsweredRequests> log)
{
    /// <summary>What is signed ahead of our clock is genuine for five minutes longer than the five.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private const int Rewritten = 1000;

    private readonly Lock _file = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _known = new();
    private bool _read;
    private int _lines;

    /// <summary>False when it was answered before, or is being answered.</summary>
    public bool TryBegin(string signature)
    {
        ReadOnce();
        var now = machine.GetUtcNow();
        return _known.TryAdd(signature, now + Kept) || (_known.TryGetValue(signature, out var until) && until <= now && _known.TryUpdate(signature, now + Kept, until));
    }

    /// <summary>It was not answered: Slack may bring it again in the same second, signed as before.</summary>
    public void Failed(string signature) => _known.TryRemove(signature, out _);

    public void Answered(string signature)
    {
        try
        {
            lock (_file)
            {
                File.AppendAllText(folder.Answered, Line(signature, machine.GetUtcNow() + Kept));
                if (++_lines > Rewritten)
                    WriteFresh();
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            NotKept(fault.Message);
        }
    }

    private void WriteFresh()
    {
        foreach (var (old, until) in _known)
        {
            if (until <= machine.GetUtcNow())
                _known.TryRemove(old, out _);
        }

        var written = $"{folder.Answered}.new";
        File.WriteAllText(written, string.Concat(_known.Select(known => Line(known.Key, known.Value))));
        File.Move(written, folder.Answered, overwrite: true);
        _lines = 0;
    }

    private void ReadOnce()
    {
        lock (_file)
        {
            if (_read)
                return;

            _read = true;
            if (!File.Exists(folder.Answered))
                return;

            foreach (var line in File.ReadLines(folder.Answered))
            {
                if (line.Split(' ') is [var until, var signature] && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                    _known[signature] = DateTimeOffset.FromUnixTimeSeconds(seconds);
            }

            WriteFresh();
        }
    }

    private static string Line(string signature, DateTimeOffset until) => string.Create(CultureInfo.InvariantCulture, $"{until.ToUnixTimeSeconds()} {signature}\n");

    [LoggerMessage(EventId = 561, Level = LogLevel.Warning, Message = "That a request of Slack was answered could not be written; after a restart it could be brought a second time, and would count once all the same: {Says}")]
    private partial void NotKept(string says);
}
