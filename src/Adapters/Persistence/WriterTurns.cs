namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>
/// Lets the writers of this process write one after the other. SQLite takes one at a time anyway; whoever finds another there sleeps for
/// 150 ms, asks again without any order among those who wait, and gives up after the file's own time: among many the unlucky lose.
/// </summary>
internal sealed class WriterTurns : IDisposable
{
    /// <summary>As long as a locked file is waited for. Whoever has waited so long goes on without a turn.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task<int> TakeAsync(Func<Task<int>> write, CancellationToken cancellationToken)
    {
        var mine = await _one.WaitAsync(Patience, cancellationToken);
        try
        {
            return await write();
        }
        finally
        {
            if (mine)
                _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
