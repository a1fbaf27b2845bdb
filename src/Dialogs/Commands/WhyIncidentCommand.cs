using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands;

public sealed class WhyIncidentCommand(CampaignClock clock) : ICommand
{
    public Verb Verb { get; } = new(
        "why incident", ["why incident"], [Takes.Incident], Permission.See, VerbKind.Reads, "shows the evidence and the history of an incident", "why incident i1");

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var incident = call.Get<Incident>("incident");
        var history = incident.Notes.Select(note => $"\n- {Ages.Since(note.At, clock.GetUtcNow())}, {note.By}: {note.Says}");
        return turn.SayAsync(
            $"{incident.Handle} on {incident.CampaignName}: {incident.Cause} because {incident.Evidence.Measure} was {incident.Evidence.Measured}, the limit is {incident.Evidence.Limit}.{string.Concat(history)}",
            cancellationToken);
    }
}
