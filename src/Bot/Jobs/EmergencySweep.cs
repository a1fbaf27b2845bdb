using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Options;
using Microsoft.Extensions.Options;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>Sweeps once at start and then by its own timer on campaign time. A sweep that fails is reported and the next one comes.</summary>
internal sealed partial class EmergencySweep(
    EmergencyMonitor monitor, ActRecorder acts, CampaignClock clock, TimeProvider machine, IOptions<SafetyOptions> options, ILogger<EmergencySweep> logger)
    : TirelessWorker(machine, logger)
{
    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepEvery, clock);
        do
        {
            try
            {
                await monitor.SweepAsync(stoppingToken);
                await acts.CatchUpAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 224, Level = LogLevel.Critical, Message = "A sweep failed as a whole.")]
    private partial void Failed(Exception fault);
}
