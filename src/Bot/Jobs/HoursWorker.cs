using ChatOpsCampaigns.Automation.Hours;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>Keeps the hours of campaigns whose network keeps none: at start and every minute of campaign time.</summary>
internal sealed class HoursWorker(HoursSwitch hours, CampaignClock clock, TimeProvider machine, ILogger<HoursWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            await hours.TurnAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
