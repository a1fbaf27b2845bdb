using System.Globalization;

namespace ChatOpsCampaigns.Kit;

/// <summary>
/// The most memory, in bytes, that a process and each of those that it starts really held. Theirs is looked at every few milliseconds,
/// since nothing is left of it when they end.
/// </summary>
public sealed class PeakMemory : IAsyncDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(5);

    private readonly int _process;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;
    private readonly HashSet<int> _children = [];
    private long _mostOfChildren;

    public PeakMemory(int process)
    {
        _process = process;
        _watching = Task.Run(WatchAsync);
    }

    public long Own => PeakOf(_process);

    public long MostOfOneChild => Interlocked.Read(ref _mostOfChildren);

    public int Children
    {
        get
        {
            lock (_children)
                return _children.Count;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        using var every = new PeriodicTimer(Often, TimeProvider.System);
        while (!_end.IsCancellationRequested)
        {
            foreach (var child in Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => char.IsAsciiDigit(name![0])).Where(IsChild))
                Look(int.Parse(child!, CultureInfo.InvariantCulture));

            await every.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private void Look(int child)
    {
        lock (_children)
            _children.Add(child);

        _mostOfChildren = Math.Max(_mostOfChildren, PeakOf(child));
    }

    /// <summary>Until it has become another program it still has all that its parent held.</summary>
    private bool IsChild(string? process) =>
        Read($"/proc/{process}/stat") is { } stat && stat[(stat.LastIndexOf(')') + 1)..].Split(' ') is [_, _, var parent, ..] && parent == _process.ToString(CultureInfo.InvariantCulture)
        && Read($"/proc/{process}/cmdline") is { } called && called != Read($"/proc/{_process}/cmdline");

    private static long PeakOf(int process) =>
        Read($"/proc/{process}/status")?.Split('\n').FirstOrDefault(line => line.StartsWith("VmHWM", StringComparison.Ordinal)) is { } line
            ? 1024 * long.Parse(new string([.. line.Where(char.IsAsciiDigit)]), CultureInfo.InvariantCulture)
            : 0;

    /// <summary>Null when the process is gone.</summary>
    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
