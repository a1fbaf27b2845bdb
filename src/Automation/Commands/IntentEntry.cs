using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Feed;

namespace ChatOpsCampaigns.Automation.Commands;

/// <summary>What the audit trail keeps of a wanted effect: the intent before it is tried, the outcome after it.</summary>
internal static class IntentEntry
{
    private const string Intent = "intent";

    /// <summary>Whether an entry is the intent of a key.</summary>
    public static bool IsOf(AuditEntry entry, CommandKey key) => entry.Kind == Intent && (string?)entry.Facts["key"] == key.Value;

    public static AuditEntry Of(CommandIntent intent)
    {
        var facts = new JsonObject
        {
            ["key"] = intent.Key.Value,
            ["command"] = JsonSerializer.SerializeToNode(intent.Command),
            ["because"] = intent.Because,
            ["state"] = intent.State.ToString(),
            ["mode"] = intent.Mode.ToString(),
            ["at"] = intent.SettledAt ?? intent.PlannedAt,
        };
        if (intent.Result is { } result)
            facts["result"] = result.Value;
        if (intent.Says is { } says)
            facts["says"] = says;

        return new AuditEntry(
            intent.Workspace, intent.Command.Account, intent.Command.Campaign, intent.By, intent.State == IntentState.Planned ? Intent : "outcome",
            $"{intent.Command.Words}: {intent.State}", facts);
    }
}
