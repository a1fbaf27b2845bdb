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

    private readonly Lock _reading = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _known = new();
    private readonly ConcurrentQueue<string> _unwritten = new();
    private volatile bool _read;
    private int _writing;
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

    /// <summary>Written behind the answer: a disk that is slow or full keeps nobody from being heard.</summary>
    /// <returns>Ends when what waited to be written is.</returns>
    public Task AnsweredAsync(string signature)
    {
        _unwritten.Enqueue(Line(signature, machine.GetUtcNow() + Kept));
        return Interlocked.Exchange(ref _writing, 1) == 0 ? Task.Run(WriteWaiting) : Task.CompletedTask;
    }

    private void WriteWaiting()
    {
        do
        {
            try
            {
                Write();
            }
            finally
            {
                Volatile.Write(ref _writing, 0);
            }
        }
        while (!_unwritten.IsEmpty && Interlocked.Exchange(ref _writing, 1) == 0);
    }

    private void Write()
    {
        var lines = new List<string>();
        while (_unwritten.TryDequeue(out var line))
            lines.Add(line);

        _lines += lines.Count;
        try
        {
            File.AppendAllLines(folder.Answered, lines);
            if (_lines > Rewritten)
                WriteFresh();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Forget();
            NotKept(fault.Message);
        }
    }

    private void WriteFresh()
    {
        _lines = 0;
        Forget();
        var written = $"{folder.Answered}.new";
        File.WriteAllLines(written, _known.Select(known => Line(known.Key, known.Value)));
        File.Move(written, folder.Answered, overwrite: true);
    }

    private void Forget()
    {
        foreach (var (old, until) in _known)
        {
            if (until <= machine.GetUtcNow())
                _known.TryRemove(old, out _);
        }
    }

    private void ReadOnce()
    {
        if (_read)
            return;

        lock (_reading)
        {
            if (_read)
                return;

            try
            {
                Read();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                NotKept(fault.Message);
            }

            _read = true;
        }
    }

    private void Read()
    {
        if (!File.Exists(folder.Answered))
            return;

        foreach (var line in File.ReadLines(folder.Answered))
        {
            if (line.Split(' ') is [var until, var signature] && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                _known[signature] = DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        WriteFresh();
    }

    private static string Line(string signature, DateTimeOffset until) => string.Create(CultureInfo.InvariantCulture, $"{until.ToUnixTimeSeconds()} {signature}");

    [LoggerMessage(EventId = 561, Level = LogLevel.Warning, Message = "That a request of Slack was answered could not be written; after a restart it could be brought a second time, and would count once all the same: {Says}")]
    private partial void NotKept(string says);
}
