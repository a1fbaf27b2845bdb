using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Chat;

/// <summary>A view-model that a template in <c>cards/</c> turns into a card. It holds words and numbers that are ready to show.</summary>
public interface ICardView
{
    /// <summary>The file name without extension: <c>incident</c> for <c>cards/incident.json</c>.</summary>
    string Template { get; }

    /// <summary>The card in plain words, for channels and readers that show no cards.</summary>
    string Fallback { get; }
}

/// <summary>A button under a message that says something for the person.</summary>
public sealed record QuickReply(string Label, string Says);

/// <summary>What to do when a message of the same key is there already: it was posted, and nobody heard so.</summary>
public enum IfThere
{
    /// <summary>It cannot be: nothing is looked for.</summary>
    Never,

    /// <summary>Nothing is posted.</summary>
    Leave,

    /// <summary>It is edited to what it is to say now.</summary>
    Renew,
}

/// <summary>A file of the content store that comes along with a message.</summary>
/// <param name="Name">As it is saved: letters, digits, dashes and a dot.</param>
public sealed record ChatDownload(string Name, Digest File);

/// <summary>What we say: words, or a card, with quick replies under it.</summary>
public sealed record ChatMessage(string Text, ICardView? Card = null)
{
    public IReadOnlyList<QuickReply> QuickReplies { get; init; } = [];

    /// <summary>Who is called by it, people and groups: a chat that can wakes them. Whoever is of another chat is passed over.</summary>
    public IReadOnlyList<PersonId> Calls { get; init; } = [];

    /// <summary>Goes before what else waits for its conversation: what calls somebody, and what is marked so.</summary>
    public bool Urgent { get => field || Calls.Count > 0; init; }

    /// <summary>What it is known by in a chat that can find its messages again; null where nobody will look for it.</summary>
    public string? Key { get; init; }

    /// <summary>A file that whoever reads it can have; null for none.</summary>
    public ChatDownload? Download { get; init; }

    /// <summary>Whether a message of its key may be there already.</summary>
    public IfThere IfThere { get; init; }

    public static ChatMessage Of(ICardView card) => new(card.Fallback, card);
}

/// <summary>One way of talking with people. Adapters implement it; everything else goes through <see cref="ChatDesk"/>.</summary>
public interface IChatChannel
{
    /// <summary>The part of a <see cref="ConversationId"/> before the slash: <c>local</c>.</summary>
    string Name { get; }

    Task<MessageId> PostAsync(ConversationId conversation, ChatMessage message, CancellationToken cancellationToken);

    /// <summary>Replaces a message in place. One that is gone is posted anew; the id it has now.</summary>
    Task<MessageId> EditAsync(ConversationId conversation, MessageId message, ChatMessage with, CancellationToken cancellationToken);

    /// <summary>How long a message is left as it is after an edit, but for what calls somebody. None: edits are taken as they come.</summary>
    TimeSpan EditPause => TimeSpan.Zero;

    Task TypingAsync(ConversationId conversation, CancellationToken cancellationToken);

    /// <summary>Says something to one person alone, beside the conversation; in a conversation of one person it is a message.</summary>
    Task WhisperAsync(ConversationId conversation, PersonId person, string text, CancellationToken cancellationToken);

    /// <summary>Answers what somebody pressed or commanded where the conversation takes nothing, by another way that the chat has for that.</summary>
    /// <returns>Whether it was said.</returns>
    Task<bool> TryAnswerAsync(ConversationId conversation, PersonId asked, ChatMessage message, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>Whether several people read and answer there.</summary>
    bool IsShared(ConversationId conversation);

    /// <summary>What is answered to a message of a conversation, below it; null where there are no threads.</summary>
    ConversationId? ThreadUnder(ConversationId conversation, MessageId message) => null;

    /// <summary>The conversation that a person has with us alone, at once: where there is none yet, a place that stands for it.</summary>
    Task<ConversationId> DirectAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>The conversation itself, or the one that a place of <see cref="DirectAsync"/> stands for, which is opened now.</summary>
    Task<ConversationId> ReachAsync(ConversationId place, CancellationToken cancellationToken) => Task.FromResult(place);

    /// <summary>Whether it is a group, which can be called in a channel and has no conversation of its own.</summary>
    bool IsGroup(PersonId called) => false;

    /// <summary>What every conversation of its workspace begins with, where there are several workspaces; null in the one that is configured.</summary>
    string? Realm(ConversationId conversation) => null;

    /// <summary>The same of the workspace that a person belongs to.</summary>
    string? Realm(PersonId person) => null;

    /// <summary>Whole workspaces that take no messages any more, and why.</summary>
    IReadOnlyDictionary<ConversationId, string> Gone => ImmutableDictionary<ConversationId, string>.Empty;

    /// <summary>Who reads a place that no conversation is open for yet; null for every other one.</summary>
    PersonId? FindReader(ConversationId place) => null;

    /// <summary>The file's bytes, into the media store.</summary>
    Task<Digest> FetchAsync(ChatFile file, CancellationToken cancellationToken);
}

/// <summary>A message could not be kept: whoever looks at the conversation now has seen it, and nobody will later.</summary>
public sealed class NotKeptException(Exception because) : Exception("A message was shown and could not be kept.", because);
