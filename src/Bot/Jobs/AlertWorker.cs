using ChatOpsCampaigns.Automation.Alerts;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>Looks for waiting alerts every second of machine time; what a crash left waiting leaves at the next start.</summary>
internal sealed partial class AlertWorker(AlertSender sender, TimeProvider machine, ILogger<AlertWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, machine);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sender.SendWaitingAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                NotSent(fault);
            }
        }
    }

    [LoggerMessage(EventId = 151, Level = LogLevel.Error, Message = "Waiting alerts could not be looked for; tried again in a second.")]
    private partial void NotSent(Exception fault);
}
