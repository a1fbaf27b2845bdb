using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.People.Granting;

/// <summary>What came of looking at the roster.</summary>
/// <param name="Says">For whoever asked.</param>
/// <param name="After">The roster from now on; null leaves it as it is.</param>
/// <param name="Entry">Put on record with it, in one commit; null where nothing has to be.</param>
public sealed record RosterChange(string Says, Roster? After = null, AuditEntry? Entry = null);

/// <summary>Keeps the roster; who changes it is alone with it.</summary>
public sealed class RosterBook(ISettingsStore settings)
{
    private const string Setting = "people";

    private readonly Turnstile _one = new();
    private Roster? _known;

    /// <summary>Read once; from then on from memory.</summary>
    public async Task<Roster> AllAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _known) is { } known)
            return known;

        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        return await LoadAsync(cancellationToken);
    }

    /// <returns>What to say.</returns>
    public async Task<string> ChangeAsync(Func<Roster, RosterChange> change, CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        var outcome = change(await LoadAsync(cancellationToken));
        if (outcome.After is not { } after)
            return outcome.Says;

        if (outcome.Entry is { } entry)
            await settings.SetAsync(WorkspaceId.Local, Setting, after, entry, cancellationToken);
        else
            await settings.SetAsync(WorkspaceId.Local, Setting, after, cancellationToken);

        Volatile.Write(ref _known, after);
        return outcome.Says;
    }

    private async Task<Roster> LoadAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known)
            return known;

        var read = await settings.FindAsync<Roster>(WorkspaceId.Local, Setting, cancellationToken) ?? new Roster();
        Volatile.Write(ref _known, read);
        return read;
    }
}
