using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Announcing.Threads;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>Shows what the agent suggests where a campaign's news goes, and edits every copy when it was answered or no longer counts.</summary>
public sealed class SuggestionBoard(SuggestionBook book, ICampaignStore campaigns, Audience audience, CampaignThreads threads, ChatDesk chat)
{
    public async Task TellAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        if (happened.Campaign is not { } id || await NewestAsync(id, cancellationToken) is not var (campaign, suggestion))
            return;

        var card = ChatMessage.Of(SuggestionCard.Of(suggestion, campaign));
        if (!suggestion.Waits(campaign))
        {
            await chat.AnnounceToAllAsync(Subject(suggestion), card, cancellationToken);
            return;
        }

        var places = await audience.OfNewsAsync(campaign.Id, campaign.Account, cancellationToken);
        await Task.WhenAll(places.Select(place => ShowAsync(place, happened, Subject(suggestion), card, cancellationToken)));
    }

    private async Task ShowAsync(ConversationId place, FeedEvent happened, string subject, ChatMessage card, CancellationToken cancellationToken) =>
        await chat.AnnounceAsync(await threads.UnderAsync(place, happened, isMore: true, cancellationToken) ?? place, subject, card, cancellationToken);

    /// <summary>Something else happened to the campaign: a suggestion may no longer count.</summary>
    public async Task RefreshAsync(CampaignId id, CancellationToken cancellationToken)
    {
        if (await NewestAsync(id, cancellationToken) is var (campaign, suggestion))
            await chat.AnnounceToAllAsync(Subject(suggestion), ChatMessage.Of(SuggestionCard.Of(suggestion, campaign)), cancellationToken);
    }

    /// <summary>Whether something is suggested that waits for an answer.</summary>
    public async Task<bool> HasAsync(Campaign campaign, CancellationToken cancellationToken) =>
        await book.FindAsync(campaign, cancellationToken) is { } suggestion && suggestion.Waits(campaign);

    private async Task<(Campaign, Suggestion)?> NewestAsync(CampaignId id, CancellationToken cancellationToken) =>
        await campaigns.FindAsync(id, cancellationToken) is { } campaign && await book.FindAsync(campaign, cancellationToken) is { } suggestion ? (campaign, suggestion) : null;

    private static string Subject(Suggestion suggestion) => $"suggestion/{suggestion.Thread:N}";
}
