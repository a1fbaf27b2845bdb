using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Auditing;

/// <summary>The one incident by which people hear what the program found about itself.</summary>
public sealed class SelfAuditIncident(IncidentBook book, IncidentVoice voice, IncidentReminders reminders, IAdAccounts accounts, CampaignClock clock)
{
    private HashSet<string> _told = [];

    /// <summary>Opens, adds to or closes it; nothing happens while nothing changes.</summary>
    public async Task TellAsync(IReadOnlyList<SelfFinding> findings, CancellationToken cancellationToken)
    {
        var open = (await book.OpenAsync(cancellationToken)).FirstOrDefault(one => one.Cause == SafetyRules.SelfAudit);
        if (findings.Count == 0)
        {
            _told = [];
            if (open is not null)
                await CloseAsync(open, cancellationToken);

            return;
        }

        var says = string.Join(". ", findings.Select(finding => finding.Says));
        if (open is null)
            await OpenAsync(findings, says, cancellationToken);
        else if (findings.Any(finding => !_told.Contains(finding.Check)))
            await AddAsync(open, findings, says, cancellationToken);

        _told = [.. findings.Select(finding => finding.Check)];
    }

    private async Task OpenAsync(IReadOnlyList<SelfFinding> findings, string says, CancellationToken cancellationToken)
    {
        var all = await accounts.AllAsync(cancellationToken);
        var (incident, isNew) = await book.OpenAsync(
            reminders.Begun(new Incident(
                IncidentId.New(), all[0].Workspace, all[0].Id, Incident.OfEverything, "every campaign", SafetyRules.SelfAudit, Remedy.Alert, Worst(findings),
                EvidenceOf(findings), clock.GetUtcNow(), IncidentState.Open)
            {
                Simulated = all.All(account => account.Mode == NetworkMode.Simulated),
                Notes = [new IncidentNote(clock.GetUtcNow(), PersonId.System, says)],
            }),
            cancellationToken);
        if (isNew)
            await voice.OpenedAsync(incident, says, cancellationToken);
    }

    /// <summary>Another kind of thing is wrong too: noted on the incident that people have already.</summary>
    private async Task AddAsync(Incident open, IReadOnlyList<SelfFinding> findings, string says, CancellationToken cancellationToken)
    {
        var changed = await book.ChangeAsync(
            open, found => found with { Evidence = EvidenceOf(findings), Notes = found.Notes.Add(new IncidentNote(clock.GetUtcNow(), PersonId.System, says)) }, cancellationToken);
        await voice.NoteAsync(changed, FeedKind.Incident, Worst(findings), says, changed.CauseWords, PersonId.System, cancellationToken);
    }

    private async Task CloseAsync(Incident open, CancellationToken cancellationToken)
    {
        const string Says = "all is as it should be again";
        var closed = await book.ChangeAsync(
            open, found => found with { State = IncidentState.Closed, ClosedAt = clock.GetUtcNow(), Resolution = Says }, cancellationToken);
        await voice.NoteAsync(closed, FeedKind.Incident, Severity.Medium, $"{Says}, incident closed", closed.CauseWords, PersonId.System, cancellationToken);
    }

    private static Severity Worst(IReadOnlyList<SelfFinding> findings) => findings.Max(finding => finding.Severity);

    private static Evidence EvidenceOf(IReadOnlyList<SelfFinding> findings) => new("things that are not as they should be", $"{findings.Count}", "none");
}
