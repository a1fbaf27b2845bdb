using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.People.Granting;

/// <summary>Gives and takes roles. Each change counts at once, and is one commit with its entry in the audit trail.</summary>
public sealed class PeopleDesk(RosterBook book, ConfiguredRoles configured, IPeople people, TimeProvider machine)
{
    private const string Act = "give and take roles";

    /// <returns>What came of it, in a sentence.</returns>
    public async Task<string> GrantAsync(Person by, PersonId whom, Role role, AdAccountId? account, CancellationToken cancellationToken)
    {
        if (!by.May(Permission.SetUp))
            return RoleTable.Refusal(Permission.SetUp, Act, by);

        if (role == Role.Viewer)
            return "Everybody of the team may look without being given anything. Nothing was changed.";

        if (role == Role.Admin && account is not null)
            return "Admin is of the whole workspace and of no single account. Nothing was changed.";

        var name = await NameAsync(whom, cancellationToken);
        var given = RoleTable.Said(role, account);
        return await book.ChangeAsync(
            said =>
            {
                if (Has(said, whom, role, account))
                    return new RosterChange($"{name} is {given} already; nothing was changed.");

                // What was taken and is given again stands in the configuration as before.
                var isConfigured = account is null && configured.Has(whom, role);
                var after = isConfigured
                    ? said with { Taken = said.Taken.RemoveAll(taken => taken.Person == whom && taken.Role == role) }
                    : said with { Grants = said.Grants.Add(new Grant(whom, role, account, by.Id, machine.GetUtcNow())) };
                return new RosterChange($"{name} is {given} from now on.", after, Entry(by, whom, role, account, $"gave {whom.Value} the role {given}"));
            },
            cancellationToken);
    }

    public async Task<string> RevokeAsync(Person by, PersonId whom, Role role, AdAccountId? account, CancellationToken cancellationToken)
    {
        if (!by.May(Permission.SetUp))
            return RoleTable.Refusal(Permission.SetUp, Act, by);

        if (role == Role.Viewer)
            return "Everybody of the team may look; that is not taken. Whoever leaves the chat may do nothing any more. Nothing was changed.";

        var name = await NameAsync(whom, cancellationToken);
        var admins = await people.WithRoleAsync(by.Workspace, Role.Admin, cancellationToken);
        var person = await people.GetAsync(whom, cancellationToken);
        var given = RoleTable.Said(role, account);
        return await book.ChangeAsync(
            said =>
            {
                if (!Has(said, whom, role, account))
                    return new RosterChange(NotGiven(said, person, name, role, account));

                if (role == Role.Admin && configured.Has(whom, role))
                    return new RosterChange($"{name} is Admin in the configuration (People:Roles:{whom.Value}), and it is taken there alone. Nothing was changed.");

                if (role == Role.Admin && !admins.Any(admin => admin.Id != whom && Has(said, admin.Id, Role.Admin, null)))
                    return new RosterChange($"{name} is the only Admin, and nobody could give a role any more. Make somebody else Admin first: \"people grant admin @ana\". Nothing was changed.");

                var after = said with { Grants = said.Grants.RemoveAll(grant => grant.Person == whom && grant.Role == role && grant.Account == account) };
                if (account is null && configured.Has(whom, role))
                    after = after with { Taken = after.Taken.Add(new Taken(whom, role, by.Id, machine.GetUtcNow())) };

                return new RosterChange($"{name} is no longer {given}.", after, Entry(by, whom, role, account, $"took the role {given} from {whom.Value}"));
            },
            cancellationToken);
    }

    private bool Has(Roster said, PersonId whom, Role role, AdAccountId? account) =>
        said.Find(whom, role, account) is not null || (account is null && configured.Has(whom, role) && !said.IsTaken(whom, role));

    /// <summary>Somebody may have a role elsewhere: as another id, in an account, in the whole workspace.</summary>
    private string NotGiven(Roster said, Person person, string name, Role role, AdAccountId? account)
    {
        if (person.Also.FirstOrDefault(other => Has(said, other, role, account)) is { Value: not null } also)
            return $"{name} is {RoleTable.Said(role, account)} as {also.Value}: say \"people revoke {Typed(role)} {also.Value}{(account is { } one ? $" for {one}" : "")}\". Nothing was changed.";

        return $"{name} is not {RoleTable.Said(role, account)} but {RoleTable.Said(person)}. Nothing was changed.";
    }

    private static string Typed(Role role) => RoleTable.Said(role).ToLowerInvariant();

    private async Task<string> NameAsync(PersonId whom, CancellationToken cancellationToken)
    {
        var name = (await people.GetAsync(whom, cancellationToken)).Name;
        return name == whom.Value ? name : $"{name} ({whom.Value})";
    }

    private static AuditEntry Entry(Person by, PersonId whom, Role role, AdAccountId? account, string says) => new(
        by.Workspace, account, null, by.Id, "role", says, new JsonObject { ["person"] = whom.Value, ["role"] = role.ToString(), ["account"] = account?.Value });
}
