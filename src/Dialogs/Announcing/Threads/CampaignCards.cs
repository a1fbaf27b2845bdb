using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Announcing.Threads;

/// <summary>The messages of a campaign that go on saying how it stands: that of its launch, the heads of its threads, and what the agent suggests.</summary>
public sealed class CampaignCards(LaunchMessages launches, CampaignThreads threads, SuggestionBoard suggestions)
{
    public Task SuggestAsync(FeedEvent happened, CancellationToken cancellationToken) => suggestions.TellAsync(happened, cancellationToken);

    /// <summary>Where something is said in a channel; null when it is said there already.</summary>
    public Task<ConversationId?> UnderAsync(ConversationId place, FeedEvent happened, bool isMore, Func<Task> late, CancellationToken cancellationToken) =>
        threads.UnderAsync(place, happened, isMore, cancellationToken, late);

    public async Task RefreshAsync(CampaignId campaign, CancellationToken cancellationToken)
    {
        await launches.RefreshAsync(campaign, cancellationToken);
        await threads.RefreshAsync(campaign, cancellationToken);
        await suggestions.RefreshAsync(campaign, cancellationToken);
    }

    public Task RefreshLaunchesAsync(WorkspaceId workspace, CancellationToken cancellationToken) => launches.RefreshAllAsync(workspace, cancellationToken);

    public Task RefreshThreadAsync(CampaignId campaign, CancellationToken cancellationToken) => threads.RefreshAsync(campaign, cancellationToken);
}
