using ChatOpsCampaigns.Adapters.Persistence.Retention;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>At start and every hour of campaign time rolls up and deletes what is past its time and gives its room back, with a breath after each small part.</summary>
internal sealed class OldRecordsWorker(Housekeeping housekeeping, CampaignClock clock, TimeProvider machine, ILogger<OldRecordsWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            while (await housekeeping.DoSomeAsync(clock.GetUtcNow(), Machine.GetUtcNow(), stoppingToken))
                await Task.Delay(Breath, Machine, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
