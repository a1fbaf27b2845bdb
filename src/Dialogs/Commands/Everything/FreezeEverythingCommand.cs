using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Everything;

public sealed class FreezeEverythingCommand(StopEverything everything) : ICommand
{
    public Verb Verb { get; } = new(
        "freeze everything", ["freeze everything", "freeze everything now"], Takes.Nothing, Permission.StopEverything, VerbKind.Acts, "refuses raises, launches and resumes; pauses nothing", "freeze everything") { AtOnce = true };

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        await turn.SayAsync(await everything.FreezeAsync(turn.Person, cancellationToken), cancellationToken);
}
