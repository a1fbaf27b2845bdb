using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Everything;

public sealed class StopEverythingCommand(StopEverything everything) : ICommand
{
    public Verb Verb { get; } = new(
        "stop everything", ["stop everything", "stop everything now", "stop everything immediately", "stop everything at once"], Takes.Nothing, Permission.StopEverything, VerbKind.Acts, "at once: refuses raises, launches and resumes, then pauses every active campaign and checks each at its network", "stop everything") { AtOnce = true };

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        await turn.SayAsync(await everything.StopAsync(turn.Person, cancellationToken), cancellationToken);
}
