using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Options;
using Microsoft.Extensions.Options;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>
/// Sweeps once at start and then by its own timer on campaign time. A sweep that still waits for a network does not keep the next one from
/// looking at the others; one that fails is reported.
/// </summary>
internal sealed partial class EmergencySweep(
    EmergencyMonitor monitor, ActRecorder acts, CampaignClock clock, TimeProvider machine, IOptions<SafetyOptions> options, ILogger<EmergencySweep> logger)
    : TirelessWorker(machine, logger)
{
    private const int MostUnderWay = 8;

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepEvery, clock);
        var underWay = new List<Task>();
        do
        {
            underWay.RemoveAll(sweep => sweep.IsCompleted);
            if (underWay.Count < MostUnderWay)
                underWay.Add(SweepAsync(stoppingToken));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await monitor.SweepAsync(cancellationToken);
            await acts.CatchUpAsync(cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(fault);
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }

    [LoggerMessage(EventId = 224, Level = LogLevel.Critical, Message = "A sweep failed as a whole.")]
    private partial void Failed(Exception fault);
}
