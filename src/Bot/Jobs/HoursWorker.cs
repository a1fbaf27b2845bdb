using ChatOpsCampaigns.Automation.Hours;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>Keeps the hours of campaigns whose network keeps none: at start and every minute of campaign time.</summary>
internal sealed partial class HoursWorker(HoursSwitch hours, CampaignClock clock, ILogger<HoursWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                await hours.TurnAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                NotKept(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 161, Level = LogLevel.Error, Message = "The hours of campaigns were not looked at; tried again in a minute of campaign time.")]
    private partial void NotKept(Exception fault);
}
