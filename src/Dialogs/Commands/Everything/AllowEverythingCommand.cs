using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Everything;

public sealed class AllowEverythingCommand(StopEverything everything) : ICommand
{
    public Verb Verb { get; } = new(
        "allow everything", ["allow everything"], Takes.Nothing, Permission.StopEverything, VerbKind.Acts, "lets raises, launches and resumes through again, after asking; resumes nothing", "allow everything");

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => Task.FromResult<Confirmation?>(
        new Confirmation("Let raises, launches and resumes through again, for everybody?") { Lines = ["Nothing is resumed by this."] });

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        await turn.SayAsync(await everything.AllowAsync(turn.Person, cancellationToken), cancellationToken);
}
