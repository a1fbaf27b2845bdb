using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>At start and every ten minutes of campaign time: what no checkpoint of the audit trail has seen for an hour gets one.</summary>
internal sealed class CheckpointWorker(CheckpointMaker maker, CampaignClock clock, TimeProvider machine, ILogger<CheckpointWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            await maker.MakeOverdueAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
