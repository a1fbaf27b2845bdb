using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Announcing.Threads;

/// <summary>
/// One message for each campaign where its news goes: how it stands and what was done last, edited whenever something happens. Where the chat has threads, what
/// calls for somebody is a reply below it. One that was deleted is posted anew, and what follows is said below that.
/// </summary>
public sealed class CampaignThreads(ChatDesk chat, IActivityFeed feed, ICampaignStore campaigns, IAdAccounts accounts, CampaignClock clock)
{
    private const int MostShown = 5;

    /// <summary>What was shown last of a campaign: it is not edited to the same again.</summary>
    private readonly ConcurrentDictionary<CampaignId, string> _shown = new();

    public static string Subject(CampaignId campaign) => $"campaign/{campaign}";

    /// <summary>Where something that happened to a campaign is said in a channel: in its thread, or in the channel itself. Null when the head of the thread says it already.</summary>
    /// <param name="isMore">It asks something, or tells more than the head does.</param>
    /// <param name="late">What is done when the head was shown after all.</param>
    public async Task<ConversationId?> UnderAsync(ConversationId place, FeedEvent happened, bool isMore, CancellationToken cancellationToken, Func<Task>? late = null)
    {
        if (happened.Campaign is not { } id || await campaigns.FindAsync(id, cancellationToken) is not { } campaign || campaign.Conversation == place.Value)
            return place;

        var known = await chat.FindAsync(place, Subject(id), cancellationToken);
        if (chat.ThreadUnder(place, known ?? new MessageId("0")) is null)
            return known is null && !isMore && happened.Kind == FeedKind.Launch && await ShowAsync(place, campaign, late, cancellationToken) ? null : place;

        // First, so that one that was deleted is there again.
        await ShowAsync(place, campaign, known is null && !isMore ? late : null, cancellationToken);
        return known is null && !isMore ? null : await chat.FindAsync(place, Subject(id), cancellationToken) is { } head ? chat.ThreadUnder(place, head) : place;
    }

    /// <summary>Edits every head of a campaign's thread to how it stands now; nothing where there is none.</summary>
    public async Task RefreshAsync(CampaignId id, CancellationToken cancellationToken)
    {
        if (await campaigns.FindAsync(id, cancellationToken) is not { } campaign || !await chat.IsShownAsync(Subject(id), cancellationToken))
            return;

        var (key, message) = await HeadAsync(campaign, cancellationToken);
        if (_shown.GetValueOrDefault(id) == key)
            return;

        await chat.AnnounceToAllAsync(Subject(id), message, cancellationToken);
        _shown[id] = key;
    }

    private async Task<bool> ShowAsync(ConversationId place, Campaign campaign, Func<Task>? late, CancellationToken cancellationToken)
    {
        var (key, message) = await HeadAsync(campaign, cancellationToken);
        await chat.AnnounceAsync(place, Subject(campaign.Id), message, cancellationToken, late);
        _shown[campaign.Id] = key;
        return true;
    }

    private async Task<(string Key, ChatMessage Message)> HeadAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var last = (await feed.LatestAsync(campaign.Workspace, campaign.Id, MostShown, cancellationToken)).Where(happened => !happened.Demo && happened.Kind != FeedKind.Checkpoint).ToList();
        var status = LaunchingCard.StatusOf(campaign, await accounts.ZoneAsync(campaign.Account, cancellationToken));
        var card = ActivityCard.Of($"{campaign.Name} ({campaign.Handle}{(campaign.IsSimulated ? ", simulated" : "")}): {status}", last, clock.GetUtcNow());
        var offers = last.Take(1).SelectMany(newest => newest.Offers).Select(offer => new QuickReply(offer.Label, offer.Says));
        return ($"{status} {string.Join(' ', last.Select(happened => happened.Id))}", ChatMessage.Of(card) with
        {
            QuickReplies = [.. offers, new QuickReply("View", $"status {campaign.Handle}"), new QuickReply("Why", $"why {campaign.Handle}")],
        });
    }
}
