using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Incidents;

public sealed class ViewIncidentCommand(IncidentBoard board) : ICommand
{
    public Verb Verb { get; } = new(
        "view incident", ["view incident", "show incident", "open incident"], [Takes.Incident], Permission.See, VerbKind.Reads,
        "shows the card of an incident at the end of the conversation", "view incident i1");

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        board.ShowAnewAsync(call.Get<Incident>("incident"), turn.Conversation, turn.Person, cancellationToken);
}
