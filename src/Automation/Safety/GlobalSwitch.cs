using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>Whether raises, launches and resumes are refused for everybody, since when and why.</summary>
public sealed record SwitchState(bool Frozen, PersonId By, DateTimeOffset At, string Because);

/// <summary>
/// The switch of <c>freeze everything</c>, <c>stop everything</c> and <c>allow everything</c>. Freezing counts from the moment
/// of the call, before it is written; pauses and cuts are never refused by it.
/// </summary>
public sealed class GlobalSwitch(ISettingsStore settings)
{
    private const string Name = "global-switch";

    private SwitchState? _state;
    private bool _loaded;

    public async Task<SwitchState?> StateAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _loaded))
            return _state;

        var stored = await settings.FindAsync<SwitchState>(WorkspaceId.Local, Name, cancellationToken);
        if (!Volatile.Read(ref _loaded))
            Set(stored);

        return _state;
    }

    public async Task SetAsync(SwitchState state, CancellationToken cancellationToken)
    {
        // Freezing holds even if it cannot be written; allowing only once it is written.
        if (state.Frozen)
            Set(state);

        await settings.SetAsync(WorkspaceId.Local, Name, state, cancellationToken);
        Set(state);
    }

    private void Set(SwitchState? state)
    {
        _state = state;
        Volatile.Write(ref _loaded, true);
    }
}
