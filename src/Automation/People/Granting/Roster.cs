using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.People.Granting;

/// <summary>A role that was given in the chat.</summary>
/// <param name="Account">The only ad account for which it counts; null for the whole workspace.</param>
public sealed record Grant(PersonId Person, Role Role, AdAccountId? Account, PersonId By, DateTimeOffset At);

/// <summary>A configured role that was taken in the chat.</summary>
public sealed record Taken(PersonId Person, Role Role, PersonId By, DateTimeOffset At);

/// <summary>Ids of one human being.</summary>
/// <param name="Parted">Their roles no longer count for each other. For approvals they stay one person.</param>
public sealed record Joint(ImmutableArray<PersonId> People, DateTimeOffset At, bool Parted = false);

/// <summary>A linking code that is open. The code itself is not kept.</summary>
public sealed record LinkingCode(PersonId Person, string Salt, string Hash, DateTimeOffset Until);

/// <summary>A linking code that was not one.</summary>
public sealed record WrongTry(PersonId Person, DateTimeOffset At);

/// <summary>What was said in the chat about who people are and what they may do, over what is configured.</summary>
public sealed record Roster
{
    public ImmutableArray<Grant> Grants { get; init; } = [];

    public ImmutableArray<Taken> Taken { get; init; } = [];

    public ImmutableArray<Joint> Joints { get; init; } = [];

    public ImmutableArray<LinkingCode> Codes { get; init; } = [];

    public ImmutableArray<WrongTry> WrongTries { get; init; } = [];

    public Grant? Find(PersonId person, Role role, AdAccountId? account) => Grants.FirstOrDefault(grant => grant.Person == person && grant.Role == role && grant.Account == account);

    public bool IsTaken(PersonId person, Role role) => Taken.Any(taken => taken.Person == person && taken.Role == role);

    /// <summary>Whoever is the same human being by a linking code.</summary>
    /// <param name="parted">Those too who were parted since.</param>
    public IEnumerable<PersonId> JoinedWith(PersonId person, bool parted) =>
        Joints.Where(joint => (parted || !joint.Parted) && joint.People.Contains(person)).SelectMany(joint => joint.People).Where(other => other != person);
}

/// <summary>Roles as they are configured: the beginning, and the way in for the first Admin.</summary>
public sealed record ConfiguredRoles(IReadOnlyList<Person> People)
{
    public bool Has(PersonId person, Role role) => People.Any(known => known.Id == person && known.Roles.Contains(role));
}
