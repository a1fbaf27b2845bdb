using System.Collections.Concurrent;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Bot.Inbox;

/// <summary>
/// Where turns of every channel come in: what is more than one person may say is left out, and that is said. What a chat brings again because it did
/// not hear us is nobody's haste.
/// </summary>
internal sealed partial class Reception(TurnPace pace, TurnWorker worker, ChatDesk chat, ILogger<Reception> logger) : ITurnIntake
{
    /// <summary>The latest turns that were kept; older ones are known to the inbox alone.</summary>
    private const int Remembered = 10_000;

    private readonly ConcurrentDictionary<string, bool> _kept = new();
    private readonly ConcurrentQueue<string> _order = new();

    public async Task TakeAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        if (_kept.ContainsKey(turn.Id))
            return;

        var (taken, tell) = pace.Ask(turn);
        if (taken)
        {
            await worker.AcceptAsync(turn, cancellationToken);
            Remember(turn.Id);
        }
        else if (tell)
        {
            // Whoever brought it is told first that it arrived: a chat that is slow to say this would bring it again.
            _ = TellAsync(turn.Conversation);
        }
    }

    private async Task TellAsync(ConversationId conversation)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await chat.PostAsync(conversation, new ChatMessage(TurnPace.Sentence), CancellationToken.None);
        }
        catch (Exception fault)
        {
            NotTold(conversation, fault);
        }
    }

    private void Remember(string turn)
    {
        if (!_kept.TryAdd(turn, true))
            return;

        _order.Enqueue(turn);
        while (_order.Count > Remembered && _order.TryDequeue(out var oldest))
            _kept.TryRemove(oldest, out _);
    }

    [LoggerMessage(EventId = 562, Level = LogLevel.Warning, Message = "That more was said at once than is read could not be told in {Conversation}.")]
    private partial void NotTold(ConversationId conversation, Exception fault);
}
