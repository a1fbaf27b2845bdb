using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>Who may answer an incident, and until when.</summary>
internal static class IncidentRefusal
{
    public static async Task<IncidentAnswer?> RefusalAsync(this IncidentBook book, IncidentId id, Person by, CancellationToken cancellationToken)
    {
        var incident = by.MaySomewhere(Permission.Respond) ? await book.FindAsync(id, cancellationToken) : null;
        if (!by.May(Permission.Respond, incident?.Account))
            return IncidentAnswer.No(RoleTable.Refusal(Permission.Respond, "answer incidents", by));

        return incident switch
        {
            null => IncidentAnswer.No("There is no such incident."),
            { State: IncidentState.Closed } closed => IncidentAnswer.No($"{closed.Handle} is closed: {closed.Resolution}."),
            _ => null,
        };
    }
}
