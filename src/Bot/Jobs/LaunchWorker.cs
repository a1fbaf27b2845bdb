using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>
/// Creates campaigns in the background. At start it finishes what was approved and goes on with every launch that was under way;
/// a launch that the network keeps waiting is tried again after growing pauses on the machine's clock.
/// </summary>
internal sealed partial class LaunchWorker(
    CampaignCreationEngine engine, ApprovalDesk approvals, ICampaignStore campaigns, LaunchQueue queue, TimeProvider machine, ILogger<LaunchWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await approvals.FinishAsync(stoppingToken);
        foreach (var campaign in await campaigns.LaunchingAsync(stoppingToken))
            queue.Add(campaign.Id);

        await Parallel.ForEachAsync(
            queue.TakeAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = stoppingToken },
            async (campaign, cancellationToken) => await LaunchAsync(campaign, cancellationToken));
    }

    private async Task LaunchAsync(CampaignId campaign, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (await ContinueAsync(campaign, cancellationToken) == LaunchProgress.ToBeContinued)
        {
            await Task.Delay(pause, machine, cancellationToken);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    private async Task<LaunchProgress> ContinueAsync(CampaignId campaign, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.ContinueAsync(campaign, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Interrupted(campaign, fault);
            return LaunchProgress.ToBeContinued;
        }
    }

    [LoggerMessage(EventId = 120, Level = LogLevel.Error, Message = "Launch of {Campaign} was interrupted and is tried again.")]
    private partial void Interrupted(CampaignId campaign, Exception fault);
}
