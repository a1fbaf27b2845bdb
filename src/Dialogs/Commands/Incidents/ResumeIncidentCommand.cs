using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Incidents;

/// <summary>The rules are judged again on fresh figures and refuse what is still wrong; asks first when something speaks against it that no rule forbids.</summary>
public sealed class ResumeIncidentCommand(IncidentDesk desk, IncidentReply reply, ResumeQuestion question) : ICommand
{
    public Verb Verb { get; } = new(
        "resume incident", ["resume incident"], [Takes.Incident], Permission.Respond, VerbKind.Acts,
        "lets a stopped campaign run again when every rule, judged now, is clear", "resume incident i1");

    public Suiting SuitingTo(Person by) => Suiting.Of<Incident>("has stopped anything", incident => incident.Remedy == Remedy.PauseCampaign);

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        question.AsksAsync(call.Get<Incident>("incident"), turn.Person, cancellationToken);

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var incident = call.Get<Incident>("incident").Id;
        await reply.TellAsync(incident, await desk.ResumeAsync(incident, turn.Person, cancellationToken), turn, cancellationToken);
    }
}
