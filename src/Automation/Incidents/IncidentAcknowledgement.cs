using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>Somebody is on it: the first one counts, and reminders stop.</summary>
public sealed class IncidentAcknowledgement(IncidentBook book, IAdAccounts accounts, IncidentVoice voice, CampaignClock clock)
{
    public async Task<IncidentAnswer> AcknowledgeAsync(IncidentId id, Person by, CancellationToken cancellationToken)
    {
        if (await book.RefusalAsync(id, by, cancellationToken) is { } refusal)
            return refusal;

        var incident = (await book.FindAsync(id, cancellationToken))!;
        var now = clock.GetUtcNow();
        var isFirst = false;
        incident = await book.ChangeAsync(
            incident,
            open =>
            {
                isFirst = open is { AcknowledgedBy: null, State: not IncidentState.Closed };
                return isFirst
                    ? open with { AcknowledgedBy = by.Id, AcknowledgedAt = now, Notes = open.Notes.Add(new IncidentNote(now, by.Id, "acknowledged")) }
                    : open;
            },
            cancellationToken);
        if (!isFirst)
            return IncidentAnswer.No(incident.AcknowledgedBy is { } first ? $"{first} has it since {await accounts.InAsync(incident.Account, incident.AcknowledgedAt ?? now, cancellationToken)}." : $"{incident.Handle} is closed: {incident.Resolution}.");

        await voice.NoteAsync(incident, FeedKind.Incident, Severity.Medium, $"acknowledged by {by.Name}", IncidentVoice.Because(incident), by.Id, cancellationToken);
        return IncidentAnswer.Yes($"{by.Name} has {incident.Handle}; reminders stop.");
    }
}
