using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Homes;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Bot.Jobs;

namespace ChatOpsCampaigns.Bot.Inbox;

/// <summary>Brings the Home tabs of Slack up to date after a start and when something happened: at most every 30 seconds of machine time, however much it was, and until it worked.</summary>
internal sealed class SlackHomeWorker(IActivityFeed feed, SlackPeople people, SlackHomes homes, TimeProvider machine, ILogger<SlackHomeWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private int _news = 1;

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var listening = ListenAsync(ends.Token);
        using var every = new PeriodicTimer(Pause, Machine);
        try
        {
            while (!listening.IsCompleted && await every.WaitForNextTickAsync(stoppingToken))
            {
                if (Interlocked.Exchange(ref _news, 0) > 0 && !await homes.RefreshAsync(people.FindAccessAsync, stoppingToken))
                    Interlocked.Increment(ref _news);
            }

            await listening;
        }
        finally
        {
            await ends.CancelAsync();
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in feed.ListenAsync(cancellationToken))
            Interlocked.Increment(ref _news);
    }
}
