using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Channels;

/// <summary>A message as whoever looks at the conversation sees it.</summary>
/// <param name="Labels">Of everything that can be pressed.</param>
internal sealed record Seen(string Id, string Words, IReadOnlyList<string> Labels);

/// <summary>A channel with everything behind it, and the eyes of the people who use it.</summary>
internal abstract class ChannelUnderTest : IAsyncDisposable
{
    public abstract IChatChannel Channel { get; }

    /// <summary>Somebody of this chat.</summary>
    public abstract PersonId Ana { get; }

    /// <summary>Ana's own.</summary>
    public abstract ConversationId Alone { get; }

    /// <summary>One of several people; null where the chat has none.</summary>
    public abstract ConversationId? Shared { get; }

    public abstract IMediaStore Media { get; }

    /// <summary>What a person who opens the conversation sees, the oldest first.</summary>
    public abstract Task<IReadOnlyList<Seen>> SeenAsync(ConversationId conversation);

    /// <summary>What Ana alone was told there.</summary>
    public abstract Task<IReadOnlyList<string>> WhisperedAsync(ConversationId conversation);

    /// <summary>Whoever is woken by what stands there, as the chat writes them.</summary>
    public abstract Task<IReadOnlyList<string>> CalledAsync(ConversationId conversation);

    /// <summary>Ana drops a file: how the turn names it.</summary>
    public abstract Task<ChatFile> DropAsync(string name, byte[] bytes);

    /// <summary>The id of a message that is not there any more.</summary>
    public abstract MessageId Gone { get; }

    public abstract ValueTask DisposeAsync();
}
