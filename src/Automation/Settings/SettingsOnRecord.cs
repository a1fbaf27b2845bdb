using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Settings;

/// <summary>Compares how the installation is set up with what it was when it last started; what changed leaves one entry in the audit trail.</summary>
public sealed class SettingsOnRecord(ISettingsStore settings)
{
    private const string Name = "settings-on-record";
    private const string Nothing = "not set";

    /// <param name="present">What is set, by its key; a secret only as "set".</param>
    public async Task CompareAsync(IReadOnlyDictionary<string, string> present, CancellationToken cancellationToken)
    {
        var before = await settings.FindAsync<Dictionary<string, string>>(WorkspaceId.Local, Name, cancellationToken) ?? [];
        var changed = new JsonObject();
        foreach (var key in before.Keys.Union(present.Keys).Order(StringComparer.Ordinal))
        {
            var (from, to) = (before.GetValueOrDefault(key, Nothing), present.GetValueOrDefault(key, Nothing));
            if (from != to)
                changed[key] = $"{from} → {to}";
        }

        if (changed.Count == 0)
            return;

        await settings.SetAsync(
            WorkspaceId.Local, Name, present,
            new AuditEntry(
                WorkspaceId.Local, null, null, PersonId.System, "setting",
                $"set up anew: {string.Join(", ", changed.Select(one => one.Key))}", changed),
            cancellationToken);
    }
}
