using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Incidents;

public sealed class AckCommand(IncidentDesk desk, IncidentReply reply) : ICommand
{
    public Verb Verb { get; } = new(
        "ack", ["ack", "acknowledge"], [Takes.Incident], Permission.Respond, VerbKind.Acts, "says that you are on an incident; reminders stop", "ack i1") { AtOnce = true };

    public Suiting SuitingTo(Person by) => Suiting.Of<Incident>("waits for somebody to be on it", incident => incident.AcknowledgedBy is null);

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var incident = call.Get<Incident>("incident").Id;
        await reply.TellAsync(incident, await desk.AcknowledgeAsync(incident, turn.Person, cancellationToken), turn, cancellationToken);
    }
}
