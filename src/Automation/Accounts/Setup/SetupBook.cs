using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Accounts.Setup;

/// <summary>Keeps what was said in the chat about how the workspace is set up, each change in one commit with its entry in the audit trail.</summary>
public sealed class SetupBook(ISettingsStore settings)
{
    private const string Setting = "said-in-chat";

    private readonly Turnstile _one = new();
    private SaidInChat? _known;

    /// <summary>Read once; from then on from memory.</summary>
    public async Task<SaidInChat> AllAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _known) is { } known)
            return known;

        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        return await LoadAsync(cancellationToken);
    }

    /// <summary>For a look at an installation whose database is not there yet, or cannot be read.</summary>
    public void AssumeNothing() => Volatile.Write(ref _known, new SaidInChat());

    /// <param name="account">Whom it is about; null: every account.</param>
    /// <param name="changes">What changed, from what to what, by its name: "Feed" → "none → #ads". Nothing is written when it is empty.</param>
    public async Task ChangeAsync(
        AdAccountId? account, PersonId by, IReadOnlyList<(string Name, string Change)> changes, Func<SaidInChat, SaidInChat> change, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
            return;

        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        var after = change(await LoadAsync(cancellationToken));
        var about = account?.Value ?? "all accounts";
        await settings.SetAsync(
            WorkspaceId.Local, Setting, after,
            new AuditEntry(
                WorkspaceId.Local, account, null, by, "setting", $"set up in the chat for {about}: {string.Join("; ", changes.Select(one => $"{one.Name} {one.Change}"))}",
                new JsonObject(changes.Select(one => KeyValuePair.Create(one.Name, (JsonNode?)one.Change)))),
            cancellationToken);
        Volatile.Write(ref _known, after);
    }

    private async Task<SaidInChat> LoadAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known)
            return known;

        var read = await settings.FindAsync<SaidInChat>(WorkspaceId.Local, Setting, cancellationToken) ?? new SaidInChat();
        Volatile.Write(ref _known, read);
        return read;
    }
}
