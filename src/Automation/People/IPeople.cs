using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.People;

/// <summary>Somebody who talks to us. Strangers are <see cref="Role.Viewer"/>.</summary>
public sealed record Person(PersonId Id, WorkspaceId Workspace, string Name, IReadOnlyList<Role> Roles)
{
    /// <summary>Why they may nothing at all, not even look; null for everybody who has a role.</summary>
    public string? Outside { get; init; }

    /// <summary>The ad accounts of which anything is shown where they ask; null where all are.</summary>
    public IReadOnlySet<AdAccountId>? Sight { get; init; }

    /// <summary>Why nothing is shown and done where they ask, and what to do; null where something is.</summary>
    public string? Blind { get; init; }

    /// <summary>Whether something of an account is shown to them; what belongs to none is.</summary>
    public bool Sees(AdAccountId? account) => Sight is null || account is not { } one || Sight.Contains(one);

    /// <summary>Roles that count for what is done to one ad account alone.</summary>
    public IReadOnlyList<AccountRole> AccountRoles { get; init; } = [];

    /// <summary>The other ids of the same human being, in this and in other chats.</summary>
    public IReadOnlyList<PersonId> Also { get; init; } = [];

    /// <summary>In the whole workspace.</summary>
    public bool May(Permission permission) => RoleTable.Allows(Roles, permission);

    /// <summary>To something of an ad account; of what belongs to none, in the whole workspace.</summary>
    public bool May(Permission permission, AdAccountId? account) =>
        May(permission) || (account is { } one && RoleTable.IsOfAccounts(permission) && RoleTable.Allows(AccountRoles.Where(role => role.Account == one).Select(role => role.Role), permission));

    /// <summary>In the workspace or in one of its ad accounts: what is shown and offered. What is done asks for the account.</summary>
    public bool MaySomewhere(Permission permission) =>
        May(permission) || (RoleTable.IsOfAccounts(permission) && RoleTable.Allows(AccountRoles.Select(role => role.Role), permission));

    /// <summary>The same human being, whichever chat they speak from.</summary>
    public bool Is(PersonId other) => Id.IsSamePerson(other) || Also.Any(one => one.IsSamePerson(other));
}

/// <summary>A role in one ad account.</summary>
public sealed record AccountRole(Role Role, AdAccountId Account);

/// <summary>Whether two ids are of one human being.</summary>
public enum Sameness
{
    Different,
    Same,

    /// <summary>They could be, and a chat that could tell does not answer: never taken for two people.</summary>
    Unknown,
}

/// <summary>Who people are and what they may do.</summary>
public interface IPeople
{
    /// <summary>The person behind a channel id such as <c>local:ana</c>; never null, since a stranger is a viewer.</summary>
    Task<Person> GetAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Everybody in a workspace with a role, in a stable order.</summary>
    Task<IReadOnlyList<Person>> WithRoleAsync(WorkspaceId workspace, Role role, CancellationToken cancellationToken);

    /// <summary>Everybody who was given a role, in the workspace or in one of its ad accounts, each with what was given to that very id.</summary>
    Task<IReadOnlyList<Person>> AllAsync(WorkspaceId workspace, CancellationToken cancellationToken);

    /// <summary>Why what they ask for waits although they have the role: their chat says that they do not belong to it, or does not say. Null lets it pass. Waits for the chat.</summary>
    Task<string?> OutsideAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Waits for the chats that can tell.</summary>
    Task<Sameness> CompareAsync(Person person, PersonId other, CancellationToken cancellationToken);
}
