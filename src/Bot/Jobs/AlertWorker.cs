using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Incidents;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>Looks for waiting alerts every second of machine time; what a crash left waiting leaves at the next start.</summary>
internal sealed partial class AlertWorker(AlertSender sender, UntoldIncidents untold, TimeProvider machine, ILogger<AlertWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, Machine);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            _ = SendAsync(stoppingToken);
    }

    /// <summary>Not waited for: a channel that takes its time must not keep the next look from the others.</summary>
    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await TryAsync(untold.TellAsync, cancellationToken);
        await TryAsync(sender.SendWaitingAsync, cancellationToken);
    }

    private async Task TryAsync(Func<CancellationToken, Task> part, CancellationToken cancellationToken)
    {
        try
        {
            await part(cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotSent(fault);
        }
    }

    [LoggerMessage(EventId = 151, Level = LogLevel.Error, Message = "Waiting alerts could not be looked for; tried again in a second.")]
    private partial void NotSent(Exception fault);
}
