using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Kit;

/// <summary>The channels of a chat as a test has them: those that are named are there, and say why they take nothing.</summary>
public sealed class FakeRooms(string channel = "local") : IRooms
{
    public string Channel => channel;

    /// <summary>By the name that people write; null where nothing is wrong.</summary>
    public Dictionary<string, string?> Known { get; } = new(StringComparer.OrdinalIgnoreCase) { ["#ads"] = null, ["#oncall"] = null, ["#approvals"] = null };

    /// <summary>Who else reads a channel.</summary>
    public Func<ConversationId, string?> Strangers { get; set; } = _ => null;

    public Task<string?> StrangersAsync(ConversationId place, CancellationToken cancellationToken) => Task.FromResult(Strangers(place));

    public Task<bool?> IsSharedAsync(ConversationId place, CancellationToken cancellationToken) => Task.FromResult<bool?>(Strangers(place) is not null);

    public Task<FoundRoom> FindAsync(string said, ConversationId here, CancellationToken cancellationToken)
    {
        if (said == "here")
            return Task.FromResult<FoundRoom>(new FoundRoom.Open(here, here.Value));

        return Task.FromResult<FoundRoom>(!Known.TryGetValue(said, out var wrong)
            ? new FoundRoom.Not($"There is no channel {said} that I can see.")
            : wrong is not null ? new FoundRoom.Not(wrong) : new FoundRoom.Open(new ConversationId($"{channel}/{said.TrimStart('#')}"), said));
    }
}

/// <summary>What a chat says of its people.</summary>
public sealed class FakeMembers(string channel) : IMembers
{
    public string Channel => channel;

    /// <summary>Of whoever is not here the chat does not say who they are.</summary>
    public Dictionary<PersonId, Member> Known { get; } = [];

    Member? IMembers.Known(PersonId person) => Known.GetValueOrDefault(person);

    public Task<Member?> AskAsync(PersonId person, CancellationToken cancellationToken) => Task.FromResult(Known.GetValueOrDefault(person));
}
