using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>
/// One message for each launch, edited in place while its steps are done, when it ended, and when the network's review did. What is
/// shown is always the campaign as it is stored, one after another, so that no older state covers a newer one. A chat that fails
/// never fails a launch.
/// </summary>
public sealed partial class LaunchMessages(ChatDesk chat, ICampaignStore campaigns, IAdAccounts accounts, ILogger<LaunchMessages> logger) : ILaunchWatcher
{
    private readonly ConcurrentDictionary<CampaignId, LaunchStep> _steps = new();
    private readonly ConcurrentDictionary<CampaignId, string> _shown = new();
    private readonly Turnstile _campaigns = new();

    public async Task SeeAsync(LaunchStanding standing, CancellationToken cancellationToken)
    {
        _steps[standing.Campaign.Id] = standing.Step;
        await GuardedAsync(standing.Campaign.Id, isNew: true, cancellationToken);
    }

    /// <summary>Edits the message of a launch to how its campaign stands now; nothing where none was posted.</summary>
    public Task RefreshAsync(CampaignId campaign, CancellationToken cancellationToken) => GuardedAsync(campaign, isNew: false, cancellationToken);

    /// <summary>After a restart: whatever ended, or was reviewed, between the last edit and now.</summary>
    public async Task RefreshAllAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        foreach (var campaign in (await campaigns.AllAsync(workspace, cancellationToken)).Where(known => !known.Demo))
            await RefreshAsync(campaign.Id, cancellationToken);
    }

    private async Task GuardedAsync(CampaignId campaign, bool isNew, CancellationToken cancellationToken)
    {
        try
        {
            using var turn = await _campaigns.EnterAsync(campaign.Value, cancellationToken);
            await ShowAsync(campaign, isNew, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotShown(campaign, fault);
        }
    }

    private async Task ShowAsync(CampaignId id, bool isNew, CancellationToken cancellationToken)
    {
        if (await campaigns.FindAsync(id, cancellationToken) is not { Conversation: { Length: > 0 } home } campaign)
            return;

        var (conversation, subject) = (new ConversationId(home), $"launch/{id}");
        if (!isNew && await chat.FindAsync(conversation, subject, cancellationToken) is null)
            return;

        var account = await accounts.GetAsync(campaign.Account, cancellationToken);
        var card = LaunchingCard.Of(campaign, _steps.TryGetValue(id, out var seen) ? seen : LaunchingCard.StepOf(campaign), account.Zone());
        if (_shown.TryGetValue(id, out var shown) && shown == card.Fallback)
            return;

        await chat.AnnounceAsync(conversation, subject, ChatMessage.Of(card), cancellationToken, late: () => RefreshAsync(id, cancellationToken));
        _shown[id] = card.Fallback;
    }

    [LoggerMessage(EventId = 336, Level = LogLevel.Error, Message = "The launch of {Campaign} could not be shown.")]
    private partial void NotShown(CampaignId campaign, Exception fault);
}
