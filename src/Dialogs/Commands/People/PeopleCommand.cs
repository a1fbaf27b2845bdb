using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.People.Granting;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.People;

public sealed class PeopleCommand(IPeople people, RosterBook book, ConfiguredRoles configured) : ICommand
{
    public Verb Verb { get; } = new(
        "people", ["people", "roles"], Takes.Nothing, Permission.SetUp, VerbKind.Reads, "shows who has which role, who gave it, and who is joined across chats", "people");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var said = await book.AllAsync(cancellationToken);
        var all = await people.AllAsync(turn.Person.Workspace, cancellationToken);
        var lines = all.Select(person => $"- {person.Name} ({string.Join(", ", person.Also.Select(other => other.Value).Prepend(person.Id.Value))}): {string.Join("; ", Given(person, said))}")
            .Concat(said.Taken.Select(taken => $"- {taken.Person.Name} ({taken.Person.Value}): {RoleTable.Said(taken.Role)} of the configuration was taken by {taken.By}"));
        await turn.SayAsync(
            $"{all.Count} {(all.Count == 1 ? "person has a role" : "people have roles")}; everybody else of the team looks. Ids in one bracket are one person.\n{string.Join('\n', lines)}\nSay \"people grant approver @ana\" or \"people revoke approver @ana\"; with \"for meta\" it is about one ad account.",
            cancellationToken);
    }

    private IEnumerable<string> Given(Person person, Roster said) =>
        person.Roles.Where(role => configured.Has(person.Id, role) && !said.IsTaken(person.Id, role)).Select(role => $"{RoleTable.Said(role)}, from the configuration")
            .Concat(said.Grants.Where(grant => grant.Person == person.Id).Select(grant => $"{RoleTable.Said(grant.Role, grant.Account)}, given by {grant.By}"));
}
