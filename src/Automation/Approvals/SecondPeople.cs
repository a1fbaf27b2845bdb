using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Approvals;

/// <summary>Who could decide on somebody's request.</summary>
public sealed class SecondPeople(IPeople people)
{
    /// <summary>What a workspace of one person is told.</summary>
    public const string HowToAdd = "An Admin gives somebody the role: \"people grant approver @ana\".";

    /// <summary>The same as a way out for whoever wants to resume.</summary>
    public const string WayToAdd = "an Admin adds somebody who may: \"people grant approver @ana\"; then say resume again";

    /// <summary>What whoever asked is told.</summary>
    public static string Asked(PendingApproval request, string because) =>
        $"{request.Handle}: asked, nothing is changed yet. {because}, so somebody else with the role Approver or Admin has to approve it.";

    public async Task<bool> NobodyElseMayAsync(WorkspaceId workspace, AdAccountId? account, PersonId by, CancellationToken cancellationToken) =>
        await NobodyElseMayAsync(workspace, account, await people.GetAsync(by, cancellationToken), cancellationToken);

    /// <param name="account">Whose money it is about.</param>
    public async Task<bool> NobodyElseMayAsync(WorkspaceId workspace, AdAccountId? account, Person by, CancellationToken cancellationToken) =>
        !(await people.AllAsync(workspace, cancellationToken)).Any(person => person.May(Permission.Approve, account) && !by.Is(person.Id));
}
