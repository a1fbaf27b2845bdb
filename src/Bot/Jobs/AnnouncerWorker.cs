using ChatOpsCampaigns.Dialogs.Announcing;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>Tells the chat what happens, for as long as the program runs.</summary>
internal sealed class AnnouncerWorker(FeedAnnouncer announcer) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => announcer.RunAsync(stoppingToken);
}
