using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>A campaign's news in the conversation it was launched from: launches and high severities at once, the rest in one quiet message a day.</summary>
public sealed class CampaignNews(Audience audience, IActivityFeed feed, ChatDesk chat, CampaignClock clock)
{
    private const int MostInDigest = 8;

    public async Task TellAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        if (happened.Campaign is not { } campaign || await audience.OfCampaignAsync(campaign, cancellationToken) is not { } place)
            return;

        if (happened.Kind == FeedKind.Launch || happened.Severity >= Severity.High)
        {
            var card = ActivityCard.Of(happened.CampaignName, [happened], clock.GetUtcNow());
            await chat.ShowAsync(place, $"news/{happened.Id}", ChatMessage.Of(card), cancellationToken);
            return;
        }

        await DigestAsync(campaign, happened, place, cancellationToken);
    }

    /// <summary>In order, one message for each campaign.</summary>
    public async Task TellMissedAsync(IReadOnlyList<FeedEvent> missed, CancellationToken cancellationToken)
    {
        foreach (var ofOne in missed.Where(happened => happened is { Campaign: not null, Incident: null }).GroupBy(happened => happened.Campaign!.Value))
        {
            if (await audience.OfCampaignAsync(ofOne.Key, cancellationToken) is not { } place)
                continue;

            var last = ofOne.TakeLast(MostInDigest).ToList();
            var title = $"Meanwhile in {last[^1].CampaignName}{(ofOne.Count() > last.Count ? $" (the last {last.Count} of {ofOne.Count()})" : "")}";
            await chat.ShowAsync(place, $"missed/{last[^1].Id}", ChatMessage.Of(ActivityCard.Of(title, last, clock.GetUtcNow())), cancellationToken);
        }
    }

    private async Task DigestAsync(CampaignId campaign, FeedEvent happened, ConversationId place, CancellationToken cancellationToken)
    {
        var day = happened.At.UtcDateTime.Date;
        var today = (await feed.LatestAsync(happened.Workspace, campaign, MostInDigest, cancellationToken))
            .Where(known => known.At.UtcDateTime.Date == day && known.Severity < Severity.High && known.Kind != FeedKind.Launch)
            .ToList();
        var card = ActivityCard.Of($"Today in {happened.CampaignName}", today, clock.GetUtcNow());
        await chat.ShowAsync(place, $"digest/{campaign}/{day:yyyy-MM-dd}", ChatMessage.Of(card), cancellationToken);
    }
}
