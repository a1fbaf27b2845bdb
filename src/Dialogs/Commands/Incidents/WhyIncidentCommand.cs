using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Incidents;

public sealed class WhyIncidentCommand(CampaignClock clock) : ICommand
{
    public Verb Verb { get; } = new(
        "why incident", ["why incident"], [Takes.Incident], Permission.See, VerbKind.Reads, "shows the evidence and the history of an incident", "why incident i1");

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var incident = call.Get<Incident>("incident");
        var history = Steps(incident).Concat(incident.Notes.Select(note => (note.At, Says: $"{note.By}: {note.Says}")))
            .OrderBy(step => step.At)
            .Select(step => $"\n- {Ages.Since(step.At, clock.GetUtcNow())}, {step.Says}");
        return turn.SayAsync(
            $"{IncidentCard.StandsOf(incident)}. {incident.Handle} on {incident.CampaignName}: {IncidentVoice.Because(incident)}.{string.Concat(history)}",
            cancellationToken);
    }

    private static IEnumerable<(DateTimeOffset At, string Says)> Steps(Incident incident)
    {
        yield return (incident.OpenedAt, "seen, and the incident opened");

        if (incident is { PauseConfirmed: true, ConfirmedAt: { } confirmed })
            yield return (confirmed, incident.PauseAttempts > 1 ? $"paused and seen to be so at the network after {incident.PauseAttempts} tries" : "paused and seen to be so at the network");

        if (incident is { State: IncidentState.Closed, ClosedAt: { } closed })
            yield return (closed, $"over: {incident.Resolution ?? "closed"}");
    }
}
