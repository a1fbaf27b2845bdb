namespace ChatOpsCampaigns.Bot.Jobs.Sweeping;

/// <summary>
/// How many sweeps may be under way. One that takes longer than a minute of machine time gives its place back and goes on by itself, so
/// that sweeps which hang never end the sweeping; after a quarter of an hour it is told to end.
/// </summary>
internal sealed class SweepPlaces(TimeProvider machine)
{
    private const int Places = 8;

    private static readonly TimeSpan HoldsAPlace = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly List<(Task Sweep, long Began)> _underWay = [];

    /// <summary>Begins a sweep unless every place is taken.</summary>
    /// <returns>How many sweeps that still go on gave their place back now.</returns>
    public int Begin(Func<CancellationToken, Task> sweep, CancellationToken cancellationToken)
    {
        _underWay.RemoveAll(known => known.Sweep.IsCompleted);
        var left = _underWay.RemoveAll(known => machine.GetElapsedTime(known.Began) > HoldsAPlace);
        if (_underWay.Count < Places)
            _underWay.Add((RunAsync(sweep, cancellationToken), machine.GetTimestamp()));

        return left;
    }

    private async Task RunAsync(Func<CancellationToken, Task> sweep, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Longest, machine);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await sweep(linked.Token);
    }
}
