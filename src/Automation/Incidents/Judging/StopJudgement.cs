using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.Judging;

/// <summary>Keeps what people say of a stop afterwards, for the record: it changes nothing that runs.</summary>
public sealed class StopJudgement(IncidentBook book, IncidentVoice voice, CampaignClock clock)
{
    public async Task<string> SayAsync(IncidentId id, bool right, Person by, CancellationToken cancellationToken)
    {
        var found = by.MaySomewhere(Permission.Respond) ? await book.FindAsync(id, cancellationToken) : null;
        if (!by.May(Permission.Respond, found?.Account))
            return RoleTable.Refusal(Permission.Respond, "judge a stop", by);

        if (found is not { } incident)
            return "That incident is not known any more.";

        if (incident.Remedy != Safety.Remedy.PauseCampaign)
            return $"{incident.Handle} has stopped nothing, so there is nothing to judge.";

        var word = right ? "right" : "a false alarm";
        if (incident.JudgedRight == right)
            return $"{incident.Handle} is judged {word} already.";

        incident = await book.ChangeAsync(
            incident, known => known with { JudgedRight = right, Notes = known.Notes.Add(new IncidentNote(clock.GetUtcNow(), by.Id, $"judged {word}")) }, cancellationToken);
        await voice.NoteAsync(incident, FeedKind.Incident, Severity.Low, $"{by.Name} judged the stop {word}", IncidentVoice.Because(incident), by.Id, cancellationToken);
        return $"Kept: the stop of {incident.CampaignName} ({incident.Handle}) was {word}. \"scorecard\" counts it; nothing that runs is changed by it.";
    }
}
