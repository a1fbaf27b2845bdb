using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Turns;

/// <summary>One turn, who brought it, and the way to answer.</summary>
public sealed record TurnContext(ChatTurn Turn, Person Person, ChatDesk Chat)
{
    /// <summary>Shared by copies of the same turn: each of its answers has a number.</summary>
    private readonly Counter _said = new();

    public ConversationId Conversation => Turn.Conversation;

    /// <summary>What was typed, cleaned: plain spaces and quotes, no zero-width characters; empty when nothing was.</summary>
    public string Text => Turn.Text ?? "";

    public Task SayAsync(string text, CancellationToken cancellationToken) => SayAsync(new ChatMessage(text), cancellationToken);

    /// <summary>For this person alone, where others read along; where nothing can be said to them alone, as an answer to all.</summary>
    public async Task WhisperAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            await Chat.WhisperAsync(Conversation, Turn.Person, text, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            await SayAsync(text, cancellationToken);
        }
    }

    /// <summary>What concerns this person alone, a refusal for example: where others read along, they are not told.</summary>
    public Task TellAsync(string text, CancellationToken cancellationToken) =>
        Chat.IsShared(Conversation) ? WhisperAsync(text, cancellationToken) : SayAsync(text, cancellationToken);

    /// <summary>Where the chat cannot be reached it is said later.</summary>
    public Task SayAsync(ChatMessage message, CancellationToken cancellationToken) =>
        Chat.ReplyAsync(Conversation, $"{Turn.Id}/{_said.Next()}", Turn.IsAgain, message, cancellationToken, Turn.Person);

    private sealed class Counter
    {
        private int _count;

        public int Next() => Interlocked.Increment(ref _count);
    }
}
