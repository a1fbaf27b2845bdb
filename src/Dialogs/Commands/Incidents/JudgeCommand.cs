using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Incidents.Judging;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Incidents;

/// <summary>Whether a stop was right is what the scorecard counts; people say it when they know.</summary>
public sealed class JudgeCommand(StopJudgement judgement) : ICommand
{
    private const string How = "judgement";

    public Verb Verb { get; } = new(
        "judge", ["judge", "judge right", "judge false"], [new VerbArgument(How, ArgumentKind.Choice, "right or false") { Choices = ["right", "false"] }, Takes.Incident], Permission.Respond, VerbKind.Acts,
        "says afterwards whether a stop was right or a false alarm, for the scorecard", "judge false i1");

    public Suiting SuitingTo(Person by) => Suiting.Of<Incident>("has stopped anything", incident => incident.Remedy == Remedy.PauseCampaign);

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        await turn.SayAsync(await judgement.SayAsync(call.Get<Incident>("incident").Id, call.Get<string>(How) == "right", turn.Person, cancellationToken), cancellationToken);
}
