using ChatOpsCampaigns.Automation.Ahead;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>Tells whoever moved time ahead how far it came, when it was cut short: after a restart, or when something went wrong on the way.</summary>
public sealed class CutTime(SkipJournal journal, ChatDesk chat)
{
    public static string Where(ConversationId conversation, string subject) => $"{conversation}\n{subject}";

    /// <summary>It went to its end and that was told.</summary>
    public async Task ToldAsync(CancellationToken cancellationToken)
    {
        if (await journal.FindCutAsync(cancellationToken) is { } told)
            await journal.EndAsync(told, cancellationToken);
    }

    /// <param name="why">What cut it short, as a sentence.</param>
    public async Task TellAsync(string why, CancellationToken cancellationToken)
    {
        if (await journal.FindCutAsync(cancellationToken) is not { } cut)
            return;

        if (cut.Where.Split('\n') is [var place, var subject])
        {
            var conversation = new ConversationId(place);
            var card = FastForwardCard.Of(await journal.SumUpAsync(cut, cancellationToken), why);
            await chat.EditAsync(conversation, subject, new ChatMessage("Moving ahead was interrupted; how far it came is told below."), cancellationToken);
            await chat.PostAnewAsync(conversation, subject, ChatMessage.Of(card), cancellationToken);
        }

        await journal.EndAsync(cut, cancellationToken);
    }
}
