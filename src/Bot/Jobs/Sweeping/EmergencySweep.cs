using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Options;
using Microsoft.Extensions.Options;

namespace ChatOpsCampaigns.Bot.Jobs.Sweeping;

/// <summary>
/// Sweeps once at start and then by its own timer on campaign time. A sweep that still waits for a network does not keep the next one from
/// looking at the others, also when many wait; one that fails is reported.
/// </summary>
internal sealed partial class EmergencySweep(
    EmergencyMonitor monitor, ActRecorder acts, CampaignClock clock, TimeProvider machine, IOptions<SafetyOptions> options, ILogger<EmergencySweep> logger)
    : TirelessWorker(machine, logger)
{
    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepEvery, clock);
        var places = new SweepPlaces(Machine);
        do
        {
            if (places.Begin(SweepAsync, stoppingToken) is > 0 and var left)
                LeftBehind(left);
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
            // The program ends, or the sweep was told to.
        }
    }

    [LoggerMessage(EventId = 243, Level = LogLevel.Critical, Message = "{Count} sweeps have been under way for more than a minute; the next ones go on without them.")]
    private partial void LeftBehind(int count);

    [LoggerMessage(EventId = 224, Level = LogLevel.Critical, Message = "A sweep failed as a whole.")]
    private partial void Failed(Exception fault);
}
