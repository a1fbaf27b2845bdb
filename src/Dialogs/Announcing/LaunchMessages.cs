using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>One message for each launch, edited in place while its steps are done. A chat that fails never fails a launch.</summary>
public sealed class LaunchMessages(ChatDesk chat, IAdAccounts accounts, ILogger<LaunchMessages> log) : ILaunchWatcher
{
    public async Task SeeAsync(LaunchStanding standing, CancellationToken cancellationToken)
    {
        if (standing.Campaign.Conversation is not { Length: > 0 } conversation)
            return;

        try
        {
            var account = await accounts.GetAsync(standing.Campaign.Account, cancellationToken);
            var card = LaunchingCard.Of(standing.Campaign, standing.Step, account.Zone());
            await chat.ShowAsync(new ConversationId(conversation), $"launch/{standing.Campaign.Id}", ChatMessage.Of(card), cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "The launch of {Campaign} could not be shown", standing.Campaign.Id);
        }
    }
}
