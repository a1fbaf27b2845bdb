namespace ChatOpsCampaigns.Dialogs.Chat;

/// <summary>What a chat finds under the name of a channel.</summary>
public abstract record FoundRoom
{
    /// <summary>A channel that takes our messages.</summary>
    /// <param name="Name">As people write it: <c>#ads</c>.</param>
    public sealed record Open(ConversationId Place, string Name) : FoundRoom;

    /// <summary>There is none, or it takes no messages of ours; a sentence with what would be right.</summary>
    public sealed record Not(string Says) : FoundRoom;
}

/// <summary>The channels of a chat, as people name them.</summary>
public interface IRooms
{
    /// <summary>What the conversations of the chat begin with: <c>slack</c>.</summary>
    string Channel { get; }

    /// <summary>Looks for it, and whether something can be posted there now.</summary>
    /// <param name="said">"here", a name such as <c>#ads</c>, or an id.</param>
    Task<FoundRoom> FindAsync(string said, ConversationId here, CancellationToken cancellationToken);

    /// <summary>Who else reads a channel, in a sentence that says what to do: people of another organisation, or the chat does not say. Null where it is ours alone.</summary>
    Task<string?> StrangersAsync(ConversationId place, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>The channel that a thread is in, and every other conversation itself.</summary>
    ConversationId WholeOf(ConversationId place) => place;

    /// <summary>Whether people of another organisation read a channel; null where the chat does not say.</summary>
    Task<bool?> IsSharedAsync(ConversationId place, CancellationToken cancellationToken) => Task.FromResult<bool?>(null);

    /// <summary>A channel as people know it, with its id; the id alone where its name is not known. Nobody is asked.</summary>
    string NameOf(ConversationId place) => place.Value;
}
