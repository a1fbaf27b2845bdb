using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.People;

/// <summary>What a chat says of somebody.</summary>
/// <param name="Name">How they are called there.</param>
/// <param name="Belongs">False for guests, people of another organisation, other programs, and whoever has left.</param>
public sealed record Member(string Name, bool Belongs)
{
    /// <summary>Their address, where the chat vouches that it is theirs; null where it does not.</summary>
    public string? Email { get; init; }

    /// <summary>An address that the chat names and does not vouch for: it joins nobody with anybody, and whoever has the same is not taken for a second person.</summary>
    public string? Unproven { get; init; }
}

/// <summary>Whom a chat knows.</summary>
public interface IMembers
{
    /// <summary>What the ids of its people begin with: of <c>slack:U1</c> it is <c>slack</c>.</summary>
    string Channel { get; }

    /// <summary>What is known by now, without waiting; what is not, or is old, is asked for meanwhile.</summary>
    Member? Known(PersonId person);

    /// <summary>Waits for at most three seconds of machine time where it is not known; null when the chat does not say.</summary>
    Task<Member?> AskAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Whoever of its people was met since the start and is called so: for a chat whose mentions are names.</summary>
    IReadOnlyList<PersonId> Called(string name) => [];
}
