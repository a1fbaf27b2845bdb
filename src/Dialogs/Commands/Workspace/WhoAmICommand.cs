using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Workspace;

public sealed class WhoAmICommand : ICommand
{
    public Verb Verb { get; } = new(
        "who am i", ["who am i", "whoami"], Takes.Nothing, Permission.See, VerbKind.Reads, "shows your name, roles and what they allow", "who am i");

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var may = Enum.GetValues<Permission>().Where(turn.Person.MaySomewhere).Select(TitleOf);
        return turn.SayAsync(
            $"You are {turn.Person.Name} ({turn.Person.Id.Value}): {RoleTable.Said(turn.Person)}. You may {string.Join("; ", may)}.", cancellationToken);
    }

    private static string TitleOf(Permission permission) => permission switch
    {
        Permission.See => "look at everything",
        Permission.Draft => "make drafts",
        Permission.Launch => "launch",
        Permission.Reduce => "pause and lower",
        Permission.Raise => "raise and resume",
        Permission.Approve => "decide on requests of others",
        Permission.Respond => "answer incidents",
        Permission.StopEverything => "stop, freeze and allow everything",
        Permission.Simulate => "steer the demonstration market",
        Permission.SetUp => "set up the workspace",
        _ => "see settings and verify the audit trail",
    };
}
