using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>Ends an incident as somebody wanted it, on record and told.</summary>
public sealed class IncidentClosing(IncidentBook book, IncidentVoice voice, CampaignClock clock)
{
    public async Task<IncidentAnswer> CloseAsync(Incident incident, PersonId by, string resolution, FeedKind kind, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var says = $"{resolution} after {Ages.Of(now - incident.OpenedAt)}";
        var closed = await book.ChangeAsync(
            incident,
            open => open with
            {
                State = IncidentState.Closed, ClosedAt = now, Resolution = says, Notes = open.Notes.Add(new IncidentNote(now, by, says)),
            },
            cancellationToken);
        await voice.NoteAsync(closed, kind, Severity.Medium, says, IncidentVoice.Because(closed), by, cancellationToken);
        return IncidentAnswer.Yes($"{closed.CampaignName}: {says}.");
    }

    /// <summary>Every rule was clear: whatever else was open on the campaign is over too.</summary>
    public async Task CloseWithAsync(Incident incident, IReadOnlyList<Incident> others, Person by, CancellationToken cancellationToken)
    {
        foreach (var other in others)
            await CloseAsync(other, by.Id, $"closed with {incident.Handle}, resumed by {by.Name}", FeedKind.Incident, cancellationToken);
    }
}
