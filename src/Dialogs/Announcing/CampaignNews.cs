using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>
/// News in the conversation that a campaign was launched from and in its account's feed channel: launches and high severities at once,
/// the rest in one quiet message a day. A conversation that cannot be reached gets its news later, in one message for each campaign.
/// </summary>
public sealed partial class CampaignNews(
    Audience audience, IActivityFeed feed, LaunchMessages launches, SuggestionBoard suggestions, ChatDesk chat, UntoldNews untold, CampaignClock clock,
    ILogger<CampaignNews> logger)
{
    private const int MostInDigest = 8;

    public async Task TellAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        if (happened.Kind == FeedKind.Suggestion)
        {
            await suggestions.TellAsync(happened, cancellationToken);
            return;
        }

        if (happened.Kind == FeedKind.Checkpoint)
            return;

        var places = happened.Kind == FeedKind.Switch
            ? await OthersAsync(happened, cancellationToken)
            : await audience.OfNewsAsync(happened.Campaign, happened.Account, cancellationToken);
        if (places.Count == 0)
            return;

        var (subject, card) = happened.Campaign is { } campaign && happened.Kind != FeedKind.Launch && happened.Severity < Severity.High
            ? await DigestAsync(campaign, happened, cancellationToken)
            : ($"news/{happened.Id}", ActivityCard.Of(happened.Kind == FeedKind.Switch ? "All campaigns" : happened.CampaignName, [happened], clock.GetUtcNow()));
        var told = Told(card, happened);
        await Task.WhenAll(places.Select(TellInAsync));

        async Task TellInAsync(ConversationId place)
        {
            // What came before is told before.
            if (await untold.WaitsAsync(place, cancellationToken) || !await TryAsync(place, subject, told, [happened], cancellationToken))
                await untold.AddAsync(place, [happened], cancellationToken);
        }
    }

    /// <summary>Who switched heard it in the answer.</summary>
    private async Task<IReadOnlyList<ConversationId>> OthersAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        var answered = happened.By.IsHuman ? await audience.OfPersonAsync(happened.By, cancellationToken) : [];
        return [.. (await audience.OfSwitchAsync(happened.Workspace, cancellationToken)).Except(answered)];
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
            var news = ofOne.ToList();
            foreach (var place in await audience.OfNewsAsync(ofOne.Key, news[^1].Account, cancellationToken))
            {
                if (await untold.WaitsAsync(place, cancellationToken) || !await TryMeanwhileAsync(place, news, cancellationToken))
                    await untold.AddAsync(place, news, cancellationToken);
            }
        }
    }

    /// <summary>Tells every conversation what it could not be told before.</summary>
    /// <returns>Whether nothing waits any more.</returns>
    public async Task<bool> TellUntoldAsync(CancellationToken cancellationToken)
    {
        var waiting = await untold.WaitingAsync(cancellationToken);
        return (await Task.WhenAll(waiting.Select(one => TellUntoldAsync(one.Place, one.News, cancellationToken)))).All(isTold => isTold);
    }

    private async Task<bool> TellUntoldAsync(ConversationId place, IReadOnlyList<FeedEvent> news, CancellationToken cancellationToken)
    {
        foreach (var ofOne in news.GroupBy(happened => happened.Campaign?.Value ?? happened.CampaignName).Select(group => group.ToList()))
        {
            if (!await TryMeanwhileAsync(place, ofOne, cancellationToken))
                return false;

            await untold.RemoveAsync(place, ofOne, cancellationToken);
        }

        return true;
    }

    private Task<bool> TryMeanwhileAsync(ConversationId place, List<FeedEvent> news, CancellationToken cancellationToken)
    {
        var last = news.TakeLast(MostInDigest).ToList();
        var title = $"Meanwhile in {last[^1].CampaignName}{(news.Count > last.Count ? $" (the last {last.Count} of {news.Count})" : "")}";
        return TryAsync(place, $"missed/{last[^1].Id}", Told(ActivityCard.Of(title, last, clock.GetUtcNow()), last[^1]), news, cancellationToken);
    }

    private static ChatMessage Told(ActivityCard card, FeedEvent newest) =>
        ChatMessage.Of(card) with { QuickReplies = [.. newest.Offers.Select(offer => new QuickReply(offer.Label, offer.Says))] };

    private async Task<bool> TryAsync(
        ConversationId place, string subject, ChatMessage told, IReadOnlyCollection<FeedEvent> news, CancellationToken cancellationToken)
    {
        try
        {
            await chat.AnnounceAsync(place, subject, told, cancellationToken, late: () => untold.RemoveAsync(place, news, cancellationToken));
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotTold(place, fault.Message);
            return false;
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

    [LoggerMessage(EventId = 321, Level = LogLevel.Warning, Message = "News could not be told in {Place} and is kept for later: {Says}")]
    private partial void NotTold(ConversationId place, string says);
}
