namespace ChatOpsCampaigns.Automation.Values;

/// <summary>Work that nobody waits for longer than a limit: it is told to end, and left behind when it does not.</summary>
internal static class Bounded
{
    /// <summary>The result, or null when it did not come within <paramref name="limit"/> of <paramref name="machine"/> time.</summary>
    public static async Task<TResult?> RunAsync<TResult>(
        Func<CancellationToken, Task<TResult>> work, TimeSpan limit, TimeProvider machine, CancellationToken cancellationToken) where TResult : class
    {
        using var timeout = new CancellationTokenSource(limit, machine);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await work(linked.Token).WaitAsync(linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
