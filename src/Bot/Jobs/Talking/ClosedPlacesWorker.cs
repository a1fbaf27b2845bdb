using ChatOpsCampaigns.Dialogs.Announcing;

namespace ChatOpsCampaigns.Bot.Jobs.Talking;

/// <summary>Looks every 30 seconds of machine time whether a channel was closed to us.</summary>
internal sealed class ClosedPlacesWorker(ClosedPlaces closed, TimeProvider machine, ILogger<ClosedPlacesWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var every = new PeriodicTimer(Pause, Machine);
        while (await every.WaitForNextTickAsync(stoppingToken))
            await closed.TellAsync(stoppingToken);
    }
}
