using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Commands;

/// <summary>What the audit trail keeps of a wanted effect: the intent before it is tried, the outcome after it.</summary>
public static class IntentEntry
{
    /// <summary>The entries of a command that comes into the journal: one that comes with its outcome was wanted before.</summary>
    public static IReadOnlyList<AuditEntry> OfNew(CommandIntent intent) =>
        [Of(intent with { State = IntentState.Planned, Result = null, Says = null, SettledAt = null }), .. OfChange(intent)];

    /// <summary>The entry of a command in the journal that stands otherwise now; that it was sent is none.</summary>
    public static IReadOnlyList<AuditEntry> OfChange(CommandIntent intent) => intent.State is IntentState.Planned or IntentState.Sent ? [] : [Of(intent)];

    private static AuditEntry Of(CommandIntent intent)
    {
        var facts = new JsonObject
        {
            ["key"] = intent.Key.Value,
            ["command"] = JsonSerializer.SerializeToNode(intent.Command),
            ["because"] = intent.Because,
            ["state"] = intent.State.ToString(),
            ["mode"] = intent.Mode.ToString(),
            ["severity"] = SeverityOf(intent).ToString(),
            ["at"] = intent.SettledAt ?? intent.PlannedAt,
        };
        if (intent.State == IntentState.Planned)
        {
            facts["before"] = JsonSerializer.SerializeToNode(intent.Before);
            facts["dataAgeSeconds"] = intent.Before is { } before ? (long)before.Age(intent.PlannedAt).TotalSeconds : null;
            facts["version"] = RulesVersion.Full;
        }

        if (intent.Result is { } result)
            facts["result"] = result.Value;
        if (intent.Says is { } says)
            facts["says"] = says;

        return new AuditEntry(
            intent.Workspace, intent.Command.Account, intent.Command.Campaign, intent.By, intent.State == IntentState.Planned ? "intent" : "outcome",
            $"{intent.Command.Words}: {intent.State}", facts);
    }

    /// <summary>As its news in the feed: a stop, another act of the monitor, a person's, the agent's own.</summary>
    private static Severity SeverityOf(CommandIntent intent) => intent switch
    {
        { Command: NetworkCommand.Pause } when intent.By == PersonId.Monitor => Severity.Critical,
        _ when intent.By == PersonId.Monitor => Severity.High,
        _ when intent.By == PersonId.Agent => Severity.Low,
        _ => Severity.Medium,
    };
}
