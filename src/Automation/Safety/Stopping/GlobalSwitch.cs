using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Stopping;

/// <summary>Whether raises, launches and resumes are refused for everybody, since when and why.</summary>
/// <param name="Stops">Nothing may run either: what does is paused, with every sweep, until everything is allowed again.</param>
public sealed record SwitchState(bool Frozen, PersonId By, DateTimeOffset At, string Because, bool Stops = false);

/// <summary>
/// The switch of <c>freeze everything</c>, <c>stop everything</c> and <c>allow everything</c>. Freezing counts from the moment
/// of the call, before it is written; pauses and cuts are never refused by it.
/// </summary>
public sealed class GlobalSwitch(ISettingsStore settings) : IDisposable
{
    private const string Name = "global-switch";

    private readonly SemaphoreSlim _writing = new(1, 1);
    private SwitchState? _state;
    private bool _loaded;

    public async Task<SwitchState?> StateAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _loaded))
            return Volatile.Read(ref _state);

        var stored = await settings.FindAsync<SwitchState>(WorkspaceId.Local, Name, cancellationToken);
        if (!Volatile.Read(ref _loaded))
            Set(stored);

        return Volatile.Read(ref _state);
    }

    /// <summary>Frozen from this moment on, before it is written and even if it cannot be.</summary>
    public void Hold(SwitchState freeze) => Set(freeze);

    /// <summary>Freezing holds even if it cannot be written; allowing only once it is written.</summary>
    public async Task SetAsync(SwitchState state, CancellationToken cancellationToken)
    {
        if (state.Frozen)
            Set(state);

        await _writing.WaitAsync(cancellationToken);
        try
        {
            await settings.SetAsync(WorkspaceId.Local, Name, state, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }

        if (!state.Frozen)
            Set(state);
    }

    public void Dispose() => _writing.Dispose();

    private void Set(SwitchState? state)
    {
        Volatile.Write(ref _state, state);
        Volatile.Write(ref _loaded, true);
    }
}
