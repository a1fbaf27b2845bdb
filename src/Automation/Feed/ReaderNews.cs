using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Feed;

/// <summary>What happened, as far as somebody may see it.</summary>
public static class ReaderNews
{
    private const int AtFirst = 50;
    private const int AtOnce = 500;

    /// <summary>
    /// The newest first, since a time, of the workspace or of one campaign. Checkpoints are for whoever checks the audit trail and belong to no campaign:
    /// what people ask for lies before them.
    /// </summary>
    public static async Task<IReadOnlyList<FeedEvent>> SeenByAsync(
        this IActivityFeed feed, Person reader, CampaignId? campaign, DateTimeOffset since, int most, CancellationToken cancellationToken)
    {
        var news = new List<FeedEvent>();
        var page = await feed.LatestAsync(reader.Workspace, campaign, AtFirst, cancellationToken);
        while (page.Count > 0)
        {
            news.AddRange(page.Where(happened => happened.At > since && happened.Kind != FeedKind.Checkpoint && reader.Sees(happened.Account)));
            if (campaign is not null || news.Count >= most || page[^1].At <= since)
                break;

            page = await feed.OlderAsync(reader.Workspace, page[^1].Id, AtOnce, cancellationToken);
        }

        return [.. news.Take(most)];
    }
}
