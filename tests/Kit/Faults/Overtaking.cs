namespace ChatOpsCampaigns.Kit.Faults;

/// <summary>A call that is held until the next one to the same port has gone first; one at a time.</summary>
public sealed class Overtaking
{
    private TaskCompletionSource? _held;

    public bool IsHolding => Volatile.Read(ref _held) is not null;

    /// <summary>Comes back when another has gone or none came; at once where one is held already.</summary>
    /// <param name="longest">Of real time: where each call waits for the one before it, no other ever comes.</param>
    public async Task HoldAsync(TimeSpan longest)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _held, mine, null) is not null)
            return;

        await Task.WhenAny(mine.Task, Task.Delay(longest, TimeProvider.System));
        Interlocked.CompareExchange(ref _held, null, mine);
    }

    /// <summary>A call has ended, well or not.</summary>
    public void Gone() => Interlocked.Exchange(ref _held, null)?.TrySetResult();
}
