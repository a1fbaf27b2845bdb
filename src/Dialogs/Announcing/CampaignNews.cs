using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Announcing.Quiet;
using ChatOpsCampaigns.Dialogs.Announcing.Threads;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>
/// News in the conversation that a campaign was launched from and, in a thread of the campaign, in its account's feed channel: launches and high severities at
/// once, the rest of all campaigns in one quiet message a day. A conversation that cannot be reached gets its news later, in one message for each campaign,
/// or of many in one.
/// </summary>
public sealed partial class CampaignNews(
    Audience audience, QuietDigests digests, CampaignCards cards, ChatDesk chat, UntoldNews untold, CampaignClock clock,
    ILogger<CampaignNews> logger)
{
    private const int MostInMeanwhile = 8;

    /// <summary>News of more campaigns than these is one message: nobody reads twenty.</summary>
    private const int MostMeanwhile = 3;

    public async Task TellAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        if (happened.Kind == FeedKind.Suggestion)
        {
            await cards.SuggestAsync(happened, cancellationToken);
            return;
        }

        if (happened.Kind == FeedKind.Checkpoint)
        {
            await TellCheckpointAsync(happened, cancellationToken);
            return;
        }

        var places = happened.Kind == FeedKind.Switch
            ? await OthersAsync(happened, cancellationToken)
            : await audience.OfNewsAsync(happened.Campaign, happened.Account, cancellationToken);
        if (places.Count == 0)
            return;

        await Task.WhenAll(places.Select(place => TellInAsync(place, happened, cancellationToken)));
    }

    /// <summary>The first of a day is a line of the day's message in every feed channel: kept where nobody who writes to our database reaches.</summary>
    private async Task TellCheckpointAsync(FeedEvent happened, CancellationToken cancellationToken) =>
        await Task.WhenAll((await audience.OfNewsAsync(null, null, cancellationToken)).Select(place => TellCheckpointAsync(place, happened, cancellationToken)));

    /// <summary>What could not be told is told with the next one, or by whatever else the day's message is edited for.</summary>
    private async Task TellCheckpointAsync(ConversationId place, FeedEvent happened, CancellationToken cancellationToken)
    {
        try
        {
            var told = $"checkpoint/{happened.At.UtcDateTime:yyyy-MM-dd}";
            if (await chat.FindAsync(place, told, cancellationToken) is not null)
                return;

            var (subject, card) = await digests.WithAsync(place, happened, cancellationToken);
            if (await TryAsync(place, subject, ChatMessage.Of(card), [], null, isMore: false, cancellationToken))
                await chat.NameAsync(place, subject, told, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotTold(place, fault.Message);
        }
    }

    /// <summary>The thread that it belongs in, below the launch or else below what stands for the campaign in a feed channel; null where there is none.</summary>
    private async Task<ConversationId?> ThreadAsync(ConversationId place, FeedEvent happened, CancellationToken cancellationToken)
    {
        if (happened is not { Below: { } above, Campaign: { } campaign })
            return null;

        return (await chat.FindAsync(place, above, cancellationToken) ?? await chat.FindAsync(place, CampaignThreads.Subject(campaign), cancellationToken)) is { } message
            ? chat.ThreadUnder(place, message)
            : null;
    }

    private async Task TellInAsync(ConversationId place, FeedEvent happened, CancellationToken cancellationToken)
    {
        if (await ThreadAsync(place, happened, cancellationToken) is { } thread)
        {
            if (!await TryAsync(thread, $"news/{happened.Id}", Told(ActivityCard.Of(happened.CampaignName, [happened], clock.GetUtcNow()), happened), [happened], null, isMore: true, cancellationToken))
                await untold.AddAsync(place, [happened], cancellationToken);

            return;
        }

        var isQuiet = QuietDigests.Takes(happened);
        var (subject, card) = isQuiet
            ? await digests.WithAsync(place, happened, cancellationToken)
            : ($"news/{happened.Id}", ActivityCard.Of(happened.Kind == FeedKind.Switch ? "All campaigns" : happened.CampaignName, [happened], clock.GetUtcNow()));

        // What came before is told before.
        if (await untold.WaitsAsync(place, cancellationToken) || !await TryAsync(place, subject, Told(card, happened), [happened], isQuiet ? null : happened, isMore: false, cancellationToken))
            await untold.AddAsync(place, [happened], cancellationToken);
    }

    /// <summary>Who switched heard it in the answer.</summary>
    private async Task<IReadOnlyList<ConversationId>> OthersAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        var answered = happened.By.IsHuman ? await audience.OfPersonAsync(happened.By, cancellationToken) : [];
        return [.. (await audience.OfSwitchAsync(happened.Workspace, cancellationToken)).Except(answered)];
    }

    /// <summary>The messages of a campaign's launch, its threads and of what the agent suggests go on saying how the campaign stands.</summary>
    public Task KeepLaunchAsync(CampaignId campaign, CancellationToken cancellationToken) => cards.RefreshAsync(campaign, cancellationToken);

    public Task KeepLaunchesAsync(WorkspaceId workspace, CancellationToken cancellationToken) => cards.RefreshLaunchesAsync(workspace, cancellationToken);

    /// <summary>In order, one message for each campaign, or of many in one.</summary>
    public async Task TellMissedAsync(IReadOnlyList<FeedEvent> missed, CancellationToken cancellationToken)
    {
        var places = new Dictionary<ConversationId, List<FeedEvent>>();
        foreach (var ofOne in missed.Where(happened => happened is { Campaign: not null, Incident: null }).GroupBy(happened => happened.Campaign!.Value))
        {
            foreach (var place in await audience.OfNewsAsync(ofOne.Key, ofOne.Last().Account, cancellationToken))
                (places.TryGetValue(place, out var known) ? known : places[place] = []).AddRange(ofOne);
        }

        foreach (var (place, all) in places)
        {
            foreach (var news in Batches(all))
            {
                if (await untold.WaitsAsync(place, cancellationToken) || !await TryMeanwhileAsync(place, news, cancellationToken))
                    await untold.AddAsync(place, news, cancellationToken);
            }
        }

        foreach (var campaign in missed.Select(happened => happened.Campaign).OfType<CampaignId>().Distinct())
            await cards.RefreshThreadAsync(campaign, cancellationToken);
    }

    private static List<List<FeedEvent>> Batches(IReadOnlyList<FeedEvent> news)
    {
        var byCampaign = news.GroupBy(happened => happened.Campaign?.Value ?? happened.CampaignName).Select(group => group.ToList()).ToList();
        return byCampaign.Count <= MostMeanwhile ? byCampaign : [[.. news.OrderBy(happened => happened.Id)]];
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
        foreach (var ofOne in Batches(news))
        {
            if (!await TryMeanwhileAsync(place, ofOne, cancellationToken))
                return false;

            await untold.RemoveAsync(place, ofOne, cancellationToken);
        }

        return true;
    }

    private Task<bool> TryMeanwhileAsync(ConversationId place, List<FeedEvent> news, CancellationToken cancellationToken)
    {
        // What calls for somebody is not crowded out by what does not.
        var last = news.OrderBy(happened => happened.Severity).ThenBy(happened => happened.Id).TakeLast(MostInMeanwhile).OrderBy(happened => happened.Id).ToList();
        var count = news.Select(happened => happened.Campaign).Distinct().Count();
        var title = $"Meanwhile in {(count > 1 ? $"{count} campaigns" : last[^1].CampaignName)}{(news.Count > last.Count ? $" (the last {last.Count} of {news.Count})" : "")}";
        return TryAsync(place, $"missed/{last[^1].Id}", Told(ActivityCard.Of(title, last, clock.GetUtcNow()), last[^1]), news, news.All(QuietDigests.Takes) || count > 1 ? null : last[^1], isMore: true, cancellationToken);
    }

    private static ChatMessage Told(ActivityCard card, FeedEvent newest) =>
        ChatMessage.Of(card) with { QuickReplies = [.. newest.Offers.Select(offer => new QuickReply(offer.Label, offer.Says))] };

    /// <param name="isMore">It tells more than the head of the thread does.</param>
    /// <param name="inThread">What calls for the campaign's own thread; null: it is said in the channel itself.</param>
    private async Task<bool> TryAsync(
        ConversationId place, string subject, ChatMessage told, IReadOnlyCollection<FeedEvent> news, FeedEvent? inThread, bool isMore, CancellationToken cancellationToken)
    {
        try
        {
            if ((inThread is null ? place : await cards.UnderAsync(place, inThread, isMore, Late, cancellationToken)) is { } where)
                await chat.AnnounceAsync(where, subject, told, cancellationToken, Late);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotTold(place, fault.Message);
            return false;
        }

        Task Late() => untold.RemoveAsync(place, news, cancellationToken);
    }

    [LoggerMessage(EventId = 321, Level = LogLevel.Warning, Message = "News could not be told in {Place} and is kept for later: {Says}")]
    private partial void NotTold(ConversationId place, string says);
}
