using ChatOpsCampaigns.Adapters.Chat.Slack.Installing;
using ChatOpsCampaigns.Bot.Jobs;

namespace ChatOpsCampaigns.Bot.Inbox;

/// <summary>Looks every minute of machine time which tokens of Slack end soon, and which workspaces another node was told of.</summary>
internal sealed class SlackTokensWorker(SlackInstalled installed, TimeProvider machine, ILogger<SlackTokensWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var every = new PeriodicTimer(Pause, Machine);
        do
            await installed.RenewDueAsync(stoppingToken);
        while (await every.WaitForNextTickAsync(stoppingToken));
    }
}
