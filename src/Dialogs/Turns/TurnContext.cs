using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Turns;

/// <summary>One turn, who brought it, and the way to answer.</summary>
public sealed record TurnContext(ChatTurn Turn, Person Person, ChatDesk Chat)
{
    public ConversationId Conversation => Turn.Conversation;

    /// <summary>What was typed, cleaned: plain spaces and quotes, no zero-width characters; empty when nothing was.</summary>
    public string Text => Turn.Text ?? "";

    public Task SayAsync(string text, CancellationToken cancellationToken) =>
        Chat.PostAsync(Conversation, new ChatMessage(text), cancellationToken);

    /// <summary>For this person alone, where others read along.</summary>
    public Task WhisperAsync(string text, CancellationToken cancellationToken) => Chat.WhisperAsync(Conversation, Turn.Person, text, cancellationToken);

    public Task SayAsync(ChatMessage message, CancellationToken cancellationToken) =>
        Chat.PostAsync(Conversation, message, cancellationToken);
}
