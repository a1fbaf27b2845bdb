using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Drafts;

public sealed class DraftsCommand(IDraftStore drafts, IAdAccounts accounts) : ICommand
{
    public Verb Verb { get; } = new(
        "drafts", ["drafts", "my drafts", "list drafts"], Takes.Nothing, Permission.Draft, VerbKind.Reads, "lists your drafts", "drafts");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var mine = await drafts.OfAsync(turn.Person.Id, cancellationToken);
        if (mine.Count == 0)
        {
            await turn.SayAsync(new ChatMessage("You have no drafts.") { QuickReplies = [new QuickReply("New campaign", "new campaign")] }, cancellationToken);
            return;
        }

        var shown = new List<(CampaignDraft, TimeZoneInfo)>();
        foreach (var draft in mine)
            shown.Add((draft, await accounts.ZoneAsync(draft.Account, cancellationToken)));

        await turn.SayAsync(ChatMessage.Of(DraftsCard.Of(shown)), cancellationToken);
    }
}
