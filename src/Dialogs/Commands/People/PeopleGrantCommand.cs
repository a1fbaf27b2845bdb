using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;

namespace ChatOpsCampaigns.Dialogs.Commands.People;

public sealed class PeopleGrantCommand(RoleChanges changes) : ICommand
{
    public Verb Verb { get; } = new(
        "people grant", ["people grant"], [new VerbArgument("who", ArgumentKind.Words, "the role and the person, for example approver @ana")], Permission.SetUp, VerbKind.Acts,
        "gives somebody a role, in the whole workspace or for one ad account", "people grant approver @max");

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => changes.ChangeAsync(call, grant: true, turn, cancellationToken);
}
