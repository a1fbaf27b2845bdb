using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Stopping;

/// <summary>Whether raises, launches and resumes are refused for everybody, since when and why.</summary>
/// <param name="Stops">Nothing may run either: what does is paused, with every sweep, until everything is allowed again.</param>
public sealed record SwitchState(bool Frozen, PersonId By, DateTimeOffset At, string Because, bool Stops = false);

/// <summary>
/// The switch of <c>freeze everything</c>, <c>stop everything</c> and <c>allow everything</c>. Freezing counts from the moment
/// of the call, before it is written; pauses and cuts are never refused by it. One that cannot be written is noted beside the database, so that
/// it holds after a restart too, and is written when the database returns.
/// </summary>
public sealed class GlobalSwitch(ISettingsStore settings, IStopJournal stops) : IDisposable
{
    private const string Name = "global-switch";

    private readonly SemaphoreSlim _writing = new(1, 1);
    private SwitchState? _state;
    private SwitchState? _unwritten;
    private bool _loaded;

    public async Task<SwitchState?> StateAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _loaded))
            return Volatile.Read(ref _state);

        var stored = await settings.FindAsync<SwitchState>(WorkspaceId.Local, Name, cancellationToken);
        var noted = await stops.FindFreezeAsync(cancellationToken);
        if (Volatile.Read(ref _loaded))
            return Volatile.Read(ref _state);

        if (noted is not null && (stored is null || noted.At > stored.At))
            Hold(noted);
        else
            Set(stored);

        return Volatile.Read(ref _state);
    }

    /// <summary>Frozen from this moment on, before it is written and even if it cannot be.</summary>
    public void Hold(SwitchState freeze)
    {
        Volatile.Write(ref _unwritten, freeze);
        Set(freeze);
    }

    /// <summary>Writes a freeze that could not be written when it was ordered.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _unwritten) is { } freeze)
            await WriteAsync(freeze, () => ReferenceEquals(Volatile.Read(ref _unwritten), freeze), cancellationToken);
    }

    /// <summary>Freezing holds even if it cannot be written; allowing only once it is written, and only what was in force when it was said.</summary>
    /// <returns>False when a freeze came while everything was being allowed: that freeze holds.</returns>
    public async Task<bool> SetAsync(SwitchState state, CancellationToken cancellationToken)
    {
        if (!state.Frozen)
            return await AllowAsync(state, cancellationToken);

        Hold(state);
        try
        {
            await WriteAsync(state, () => true, cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await stops.NoteAsync(state, cancellationToken);
            throw;
        }
    }

    private async Task<bool> AllowAsync(SwitchState state, CancellationToken cancellationToken)
    {
        var ends = await StateAsync(cancellationToken);
        var ended = Volatile.Read(ref _unwritten);
        await WriteAsync(state, () => ReferenceEquals(Volatile.Read(ref _state), ends), cancellationToken);
        if (!ReferenceEquals(Interlocked.CompareExchange(ref _state, state, ends), ends))
            return false;

        if (ended is not null)
            await WrittenAsync(ended, cancellationToken);

        return true;
    }

    private async Task WriteAsync(SwitchState state, Func<bool> isStillWanted, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (!isStillWanted())
                return;

            await settings.SetAsync(WorkspaceId.Local, Name, state, cancellationToken);
            await WrittenAsync(state, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task WrittenAsync(SwitchState freeze, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(Interlocked.CompareExchange(ref _unwritten, null, freeze), freeze))
            await stops.ClearAsync(freeze, cancellationToken);
    }

    public void Dispose() => _writing.Dispose();

    private void Set(SwitchState? state)
    {
        Volatile.Write(ref _state, state);
        Volatile.Write(ref _loaded, true);
    }
}
