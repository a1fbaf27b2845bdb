using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Bot.Inbox;

/// <summary>Where turns of every channel come in: what is more than one person may say is left out, and that is said.</summary>
internal sealed class Reception(TurnPace pace, TurnWorker worker, ChatDesk chat) : ITurnIntake
{
    public async Task TakeAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        var (taken, tell) = pace.Ask(turn);
        if (taken)
            await worker.AcceptAsync(turn, cancellationToken);
        else if (tell)
            await chat.PostAsync(turn.Conversation, new ChatMessage(TurnPace.Sentence), cancellationToken);
    }
}
