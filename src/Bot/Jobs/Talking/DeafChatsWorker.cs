using ChatOpsCampaigns.Dialogs.Announcing.Hearing;

namespace ChatOpsCampaigns.Bot.Jobs.Talking;

/// <summary>Looks every 30 seconds of machine time whether a chat is heard.</summary>
internal sealed class DeafChatsWorker(DeafChats deaf, TimeProvider machine, ILogger<DeafChatsWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var every = new PeriodicTimer(Pause, Machine);
        while (await every.WaitForNextTickAsync(stoppingToken))
            await deaf.TellAsync(stoppingToken);
    }
}
