using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Approvals;

/// <summary>Who could decide on somebody's request.</summary>
public sealed class SecondPeople(IPeople people)
{
    public async Task<bool> NobodyElseMayAsync(WorkspaceId workspace, Person by, CancellationToken cancellationToken)
    {
        foreach (var role in RoleTable.Carrying(Permission.Approve))
        {
            if ((await people.WithRoleAsync(workspace, role, cancellationToken)).Any(person => !person.Id.IsSamePerson(by.Id)))
                return false;
        }

        return true;
    }
}
