namespace ChatOpsCampaigns.Kit.Programs;

/// <summary>A run in the process that all such runs share.</summary>
internal sealed class WarmLife(WarmProcess shared, int number, Action<string> told) : ILife
{
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Number => number;

    public bool HasEnded => _ended.Task.IsCompleted;

    public int ExitCode => _ended.Task.GetAwaiter().GetResult();

    public int Process => throw new InvalidOperationException("It shares its process with others: whoever measures one starts it alone.");

    public Task EndedAsync(CancellationToken cancellationToken) => _ended.Task.WaitAsync(cancellationToken);

    public Task AskToEndAsync(CancellationToken cancellationToken)
    {
        shared.AskToEnd(number);
        return Task.CompletedTask;
    }

    public Task KillAsync() => throw new InvalidOperationException("It shares its process with others: whoever is to be killed is started alone.");

    public async Task LeaveAsync()
    {
        shared.AskToEnd(number);
        await _ended.Task;
    }

    public void Tell(string line) => told(line);

    public void End(int exitCode) => _ended.TrySetResult(exitCode);

    public void Dispose()
    {
    }
}
