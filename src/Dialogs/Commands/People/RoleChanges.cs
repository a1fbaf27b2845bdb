using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.People.Granting;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Dialogs.Commands.People;

/// <summary>Reads who is given or taken which role, and has it done.</summary>
public sealed class RoleChanges(PeopleDesk desk, PersonReader reader, IAdAccounts accounts)
{
    public async Task ChangeAsync(VerbCall call, bool grant, TurnContext turn, CancellationToken cancellationToken) =>
        await turn.SayAsync(await DoAsync(call.Get<string>("who"), grant, turn, cancellationToken), cancellationToken);

    private async Task<string> DoAsync(string said, bool grant, TurnContext turn, CancellationToken cancellationToken)
    {
        var (line, wrong) = RoleLine.Read(said);
        if (line is null)
            return wrong;

        var (account, unknown) = await line.AccountAsync(accounts, cancellationToken);
        if (unknown.Length > 0)
            return unknown;

        // Whoever left is named by their id, and nothing has to be known of them to take a role away.
        var named = await reader.ReadAsync(line.Whom, turn, cancellationToken);
        if (named.Person is not { } person)
        {
            if (grant || line.Whom.TrimStart('@').Split(':') is not [{ Length: > 0 }, .., { Length: > 0 }])
                return named.Wrong;

            person = new PersonId(line.Whom.TrimStart('@'));
        }

        return grant
            ? await desk.GrantAsync(turn.Person, person, line.Role, account, cancellationToken)
            : await desk.RevokeAsync(turn.Person, person, line.Role, account, cancellationToken);
    }
}
