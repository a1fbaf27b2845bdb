using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Bot.Jobs;

namespace ChatOpsCampaigns.Bot.Inbox;

/// <summary>After a restart: tells whoever pressed on Slack for a window that did not open any more; again every 30 seconds of machine time until all are told.</summary>
internal sealed class SlackWindowsWorker(SlackPeople people, SlackWindows windows, TimeProvider machine, ILogger<SlackWindowsWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var every = new PeriodicTimer(Pause, Machine);
        while (!await windows.TellUnopenedAsync(people.FindAccessAsync, stoppingToken))
            await every.WaitForNextTickAsync(stoppingToken);
    }
}
