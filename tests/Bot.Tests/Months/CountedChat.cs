using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Bot.Tests.Months;

/// <summary>A message that was posted, or edited.</summary>
/// <param name="Kind">The card's name; "words" where there is none.</param>
internal sealed record Posted(ConversationId Place, DateTimeOffset At, string Kind, string Text, bool IsEdit);

/// <summary>Notes everything that is said in a chat, with the campaign time at which it was.</summary>
internal sealed class CountedChat(IChatChannel chat, Func<DateTimeOffset> now, ConcurrentQueue<Posted> posted) : IChatChannel
{
    public string Name => chat.Name;

    public TimeSpan EditPause => chat.EditPause;

    public Task<MessageId> PostAsync(ConversationId conversation, ChatMessage message, CancellationToken cancellationToken)
    {
        posted.Enqueue(Of(conversation, message, isEdit: false));
        return chat.PostAsync(conversation, message, cancellationToken);
    }

    public Task<MessageId> EditAsync(ConversationId conversation, MessageId message, ChatMessage with, CancellationToken cancellationToken)
    {
        posted.Enqueue(Of(conversation, with, isEdit: true));
        return chat.EditAsync(conversation, message, with, cancellationToken);
    }

    private Posted Of(ConversationId conversation, ChatMessage message, bool isEdit) => new(conversation, now(), message.Card?.Template ?? "words", message.Text, isEdit);

    public Task TypingAsync(ConversationId conversation, CancellationToken cancellationToken) => chat.TypingAsync(conversation, cancellationToken);

    public Task WhisperAsync(ConversationId conversation, PersonId person, string text, CancellationToken cancellationToken) => chat.WhisperAsync(conversation, person, text, cancellationToken);

    public bool IsShared(ConversationId conversation) => chat.IsShared(conversation);

    /// <summary>Channels have threads, as in chats of many people.</summary>
    public ConversationId? ThreadUnder(ConversationId conversation, MessageId message) => conversation.Value is "local/feed" or "local/incidents" ? conversation.ThreadUnder(message) : null;

    public Task<ConversationId> DirectAsync(PersonId person, CancellationToken cancellationToken) => chat.DirectAsync(person, cancellationToken);

    public Task<Digest> FetchAsync(ChatFile file, CancellationToken cancellationToken) => chat.FetchAsync(file, cancellationToken);
}
