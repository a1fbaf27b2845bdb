using ChatOpsCampaigns.Automation.Safety;

namespace ChatOpsCampaigns.Bot.Jobs.Sweeping;

/// <summary>Looks twice a second whether something that failed in a sweep is due again. A round that waits for a network keeps no other from beginning.</summary>
internal sealed partial class SweepRetryWorker(SweepRetries retries, TimeProvider machine, ILogger<SweepRetryWorker> logger) : TirelessWorker(machine, logger)
{
    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SweepRetries.LookEvery, Machine);
        var places = new SweepPlaces(Machine);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            places.Begin(RetryAsync, stoppingToken);
    }

    private async Task RetryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await retries.RunAsync(cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotRetried(fault);
        }
        catch (OperationCanceledException)
        {
            // The program ends, or the round was told to.
        }
    }

    [LoggerMessage(EventId = 247, Level = LogLevel.Error, Message = "What failed in a sweep could not be tried again before the next one.")]
    private partial void NotRetried(Exception fault);
}
