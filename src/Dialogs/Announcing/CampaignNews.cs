using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>
/// News in the conversation that a campaign was launched from and in its account's feed channel: launches and high severities at once,
/// the rest in one quiet message a day.
/// </summary>
public sealed class CampaignNews(Audience audience, IActivityFeed feed, LaunchMessages launches, SuggestionBoard suggestions, ChatDesk chat, CampaignClock clock)
{
    private const int MostInDigest = 8;

    public async Task TellAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        if (happened.Kind == FeedKind.Suggestion)
        {
            await suggestions.TellAsync(happened, cancellationToken);
            return;
        }

        var places = happened.Kind == FeedKind.Switch
            ? await audience.OfSwitchAsync(happened.Workspace, cancellationToken)
            : await audience.OfNewsAsync(happened.Campaign, happened.Account, cancellationToken);
        if (places.Count == 0)
            return;

        var (subject, card) = happened.Campaign is { } campaign && happened.Kind != FeedKind.Launch && happened.Severity < Severity.High
            ? await DigestAsync(campaign, happened, cancellationToken)
            : ($"news/{happened.Id}", ActivityCard.Of(happened.CampaignName, [happened], clock.GetUtcNow()));
        foreach (var place in places)
        {
            var told = ChatMessage.Of(card) with { QuickReplies = [.. happened.Offers.Select(offer => new QuickReply(offer.Label, offer.Says))] };
            await chat.ShowAsync(place, subject, told, cancellationToken);
        }
    }

    /// <summary>The messages of a campaign's launch and of what the agent suggests go on saying how the campaign stands.</summary>
    public async Task KeepLaunchAsync(CampaignId campaign, CancellationToken cancellationToken)
    {
        await launches.RefreshAsync(campaign, cancellationToken);
        await suggestions.RefreshAsync(campaign, cancellationToken);
    }

    public Task KeepLaunchesAsync(WorkspaceId workspace, CancellationToken cancellationToken) => launches.RefreshAllAsync(workspace, cancellationToken);

    /// <summary>In order, one message for each campaign.</summary>
    public async Task TellMissedAsync(IReadOnlyList<FeedEvent> missed, CancellationToken cancellationToken)
    {
        foreach (var ofOne in missed.Where(happened => happened is { Campaign: not null, Incident: null }).GroupBy(happened => happened.Campaign!.Value))
        {
            var last = ofOne.TakeLast(MostInDigest).ToList();
            var title = $"Meanwhile in {last[^1].CampaignName}{(ofOne.Count() > last.Count ? $" (the last {last.Count} of {ofOne.Count()})" : "")}";
            var told = ChatMessage.Of(ActivityCard.Of(title, last, clock.GetUtcNow()));
            foreach (var place in await audience.OfNewsAsync(ofOne.Key, last[^1].Account, cancellationToken))
                await chat.ShowAsync(place, $"missed/{last[^1].Id}", told, cancellationToken);
        }
    }

    private async Task<(string Subject, ActivityCard Card)> DigestAsync(CampaignId campaign, FeedEvent happened, CancellationToken cancellationToken)
    {
        var day = happened.At.UtcDateTime.Date;
        var today = (await feed.LatestAsync(happened.Workspace, campaign, MostInDigest, cancellationToken))
            .Where(known => known.At.UtcDateTime.Date == day && known.Severity < Severity.High && known.Kind is not (FeedKind.Launch or FeedKind.Suggestion))
            .ToList();
        return ($"digest/{campaign}/{day:yyyy-MM-dd}", ActivityCard.Of($"Today in {happened.CampaignName}", today, clock.GetUtcNow()));
    }
}
