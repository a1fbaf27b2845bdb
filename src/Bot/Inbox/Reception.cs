using System.Collections.Concurrent;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Bot.Inbox;

/// <summary>
/// Where turns of every channel come in: what is more than one person may say is left out, and that is said. What a chat brings again because it did
/// not hear us is nobody's haste.
/// </summary>
internal sealed class Reception(TurnPace pace, TurnWorker worker, ChatDesk chat) : ITurnIntake
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
            await chat.PostAsync(turn.Conversation, new ChatMessage(TurnPace.Sentence), cancellationToken);
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
}
