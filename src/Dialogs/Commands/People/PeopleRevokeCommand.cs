using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;

namespace ChatOpsCampaigns.Dialogs.Commands.People;

public sealed class PeopleRevokeCommand(RoleChanges changes) : ICommand
{
    public Verb Verb { get; } = new(
        "people revoke", ["people revoke"], [new VerbArgument("who", ArgumentKind.Words, "the role and the person, for example approver @ana")], Permission.SetUp, VerbKind.Acts,
        "takes a role from somebody", "people revoke approver @max");

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => changes.ChangeAsync(call, grant: false, turn, cancellationToken);
}
