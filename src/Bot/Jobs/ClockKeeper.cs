using ChatOpsCampaigns.Automation.Settings;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>Keeps campaign time every few seconds of machine time and at the end, so that it never runs backwards.</summary>
internal sealed partial class ClockKeeper(KeptClock kept, TimeProvider machine, ILogger<ClockKeeper> logger)
    : TirelessWorker(machine, logger)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, Machine);
        do
        {
            try
            {
                await kept.KeepAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                NotKept(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 130, Level = LogLevel.Warning, Message = "Campaign time could not be kept; tried again in two seconds.")]
    private partial void NotKept(Exception fault);
}
