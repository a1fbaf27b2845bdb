using ChatOpsCampaigns.Dialogs.Announcing;

namespace ChatOpsCampaigns.Bot.Jobs.Talking;

/// <summary>Tells the chat what happens, for as long as the program runs; what it missed while it was down it tells first.</summary>
internal sealed partial class AnnouncerWorker(FeedAnnouncer announcer, CutTime cut, TimeProvider machine, ILogger<AnnouncerWorker> logger) : TirelessWorker(machine, logger)
{
    /// <summary>At start nothing moves time ahead: what was not ended was cut short by the end of the process.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await cut.TellAsync("The program was stopped on the way.", cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotTold(fault);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override Task WorkAsync(CancellationToken stoppingToken) => announcer.RunAsync(stoppingToken);

    [LoggerMessage(EventId = 132, Level = LogLevel.Error, Message = "How far time was moved ahead before the program was stopped could not be told; tried again at the next start.")]
    private partial void NotTold(Exception fault);
}
