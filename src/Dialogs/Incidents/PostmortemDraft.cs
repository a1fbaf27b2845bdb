using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;

namespace ChatOpsCampaigns.Dialogs.Incidents;

/// <summary>Drafts from the audit trail what happened in an incident, and leaves room for what only people know.</summary>
public sealed class PostmortemDraft(IAuditTrail trail, IAdAccounts accounts, CampaignClock clock)
{
    private const int LookedBack = 500;
    private const int Most = 25;

    /// <summary>What led to it is looked for so long before it was seen.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(2);

    public async Task<SheetCard> OfAsync(Incident incident, CancellationToken cancellationToken)
    {
        var zone = await accounts.ZoneAsync(incident.Account, cancellationToken);
        var (from, to) = (incident.OpenedAt - Before, incident.ClosedAt ?? clock.GetUtcNow());
        var entries = (await trail.LatestAsync(incident.IsShared ? null : incident.Campaign, LookedBack, cancellationToken))
            .Where(stored => stored.At >= from && stored.At <= to)
            .OrderBy(stored => stored.Number)
            .ToList();
        return new SheetCard(
            $"Postmortem, a draft: {incident.CampaignName} ({incident.Handle})", [$"{IncidentCard.StandsOf(incident)}. {IncidentVoice.Because(incident)}."],
            [
                new SheetCard.Section("How long it took", [.. Times(incident, zone)]),
                new SheetCard.Section("From the audit trail", Trail(entries, incident.Result ?? ResultWord.Open, zone)),
                new SheetCard.Section("For people to add", ["What was the cause?", "Was the stop right? Say \"judge right\" or \"judge false\" with its handle", "What would have shown it sooner, or prevented it?"]),
            ],
            entries.Count > Most ? $"The first and the last of {entries.Count} entries; \"audit export\" prints them all." : "");
    }

    private static IEnumerable<string> Times(Incident incident, TimeZoneInfo zone)
    {
        yield return $"Seen at {AccountTime.Exactly(zone, incident.OpenedAt)}";

        if (incident is { PauseConfirmed: true, ConfirmedAt: { } confirmed })
            yield return $"Paused and seen to be so after {Ages.Of(confirmed - incident.OpenedAt)}, {incident.PauseAttempts} {(incident.PauseAttempts == 1 ? "try" : "tries")}";

        yield return incident.AcknowledgedBy is { } by ? $"Acknowledged by {by}" : "Acknowledged by nobody";

        yield return incident is { State: IncidentState.Closed, ClosedAt: { } closed }
            ? $"Over after {Ages.Of(closed - incident.OpenedAt)}: {incident.Resolution}"
            : "Not over yet: this draft ends now";
    }

    private static ImmutableArray<string> Trail(List<StoredAuditEntry> entries, ResultWord result, TimeZoneInfo zone)
    {
        var shown = entries.Count <= Most ? entries : [.. entries.Take(Most / 2), .. entries.TakeLast(Most - (Most / 2))];
        return shown.Count == 0 ? ["Nothing of that time stands there"] : [.. shown.Select(stored => $"{AccountTime.Exactly(zone, stored.At)} {stored.Entry.Actor}, {Kind(stored.Entry)}: {Plain(stored.Entry.Says, result)}")];
    }

    private static string Kind(AuditEntry entry) => entry.Kind == "intent" ? "wanted" : entry.Kind;

    /// <summary>In people's words, where the trail has names of its own.</summary>
    private static string Plain(string says, ResultWord result) => SafetyRules.All
        .Aggregate(says, (plain, rule) => plain.Replace(rule.Id.Value, RuleWords.Of(rule.Id, result), StringComparison.Ordinal))
        .Replace(": Planned", "", StringComparison.Ordinal)
        .Replace("TakenBack", "taken back", StringComparison.Ordinal);
}
