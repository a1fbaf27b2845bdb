using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>At start and every day of campaign time deletes what is past its time, with a breath after each small part.</summary>
internal sealed class OldRecordsWorker(OldRecords old, CampaignClock clock, TimeProvider machine, ILogger<OldRecordsWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            while (await old.DeleteSomeAsync(clock.GetUtcNow(), Machine.GetUtcNow(), stoppingToken) > 0)
                await Task.Delay(Breath, Machine, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
