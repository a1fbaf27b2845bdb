using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Incidents;

/// <summary>Only asks: a second person confirms the limit, and resuming is another step.</summary>
public sealed class HigherLimitCommand(IncidentDesk desk, IncidentReply reply) : ICommand
{
    public Verb Verb { get; } = new(
        "higher limit", ["higher limit"], [Takes.Incident, Takes.Amount], Permission.Respond, VerbKind.Acts,
        "asks a second person for a higher limit for today, so that a stopped campaign may resume", "higher limit i1 $1500");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var incident = call.Get<Incident>("incident").Id;
        var cap = call.Get<Money>("amount");
        await reply.TellAsync(incident, await desk.RequestHigherCapAsync(incident, turn.Person, cap, cancellationToken), turn, cancellationToken);
    }
}
