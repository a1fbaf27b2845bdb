using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.People;

/// <summary>Somebody who talks to us. Strangers are <see cref="Role.Viewer"/>.</summary>
public sealed record Person(PersonId Id, WorkspaceId Workspace, string Name, IReadOnlyList<Role> Roles)
{
    /// <summary>Why they may nothing at all, not even look; null for everybody who has a role.</summary>
    public string? Outside { get; init; }

    /// <summary>The ad accounts of which anything is shown where they ask; null where all are.</summary>
    public IReadOnlySet<AdAccountId>? Sight { get; init; }

    /// <summary>Whether something of an account is shown to them; what belongs to none is.</summary>
    public bool Sees(AdAccountId? account) => Sight is null || account is not { } one || Sight.Contains(one);

    public bool May(Permission permission) => RoleTable.Allows(Roles, permission);
}

/// <summary>Who people are and what they may do.</summary>
public interface IPeople
{
    /// <summary>The person behind a channel id such as <c>local:ana</c>; never null, since a stranger is a viewer.</summary>
    Task<Person> GetAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Everybody in a workspace with a role, in a stable order.</summary>
    Task<IReadOnlyList<Person>> WithRoleAsync(WorkspaceId workspace, Role role, CancellationToken cancellationToken);
}
