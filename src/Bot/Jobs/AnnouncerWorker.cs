using ChatOpsCampaigns.Dialogs.Announcing;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>Tells the chat what happens, for as long as the program runs; what it missed while it was down it tells first.</summary>
internal sealed class AnnouncerWorker(FeedAnnouncer announcer, TimeProvider machine, ILogger<AnnouncerWorker> logger) : TirelessWorker(machine, logger)
{
    protected override Task WorkAsync(CancellationToken stoppingToken) => announcer.RunAsync(stoppingToken);
}
