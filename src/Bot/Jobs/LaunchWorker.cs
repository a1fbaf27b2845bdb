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
    : TirelessWorker(machine, logger)
{
    private const int AtOnce = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _places = new(AtOnce, AtOnce);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        foreach (var campaign in await campaigns.LaunchingAsync(stoppingToken))
            queue.Add(campaign.Id);

        var finishing = AgainAsync(() => FinishAsync(stoppingToken), stoppingToken);
        await foreach (var campaign in queue.TakeAsync(stoppingToken))
            _ = AgainAsync(() => LaunchAsync(campaign, stoppingToken), stoppingToken);

        await finishing;
    }

    /// <summary>Again after growing pauses until it is done. A launch that waits takes no place from others.</summary>
    private async Task AgainAsync(Func<Task<bool>> isDone, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!await isDone())
        {
            await Task.Delay(pause, Machine, cancellationToken);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    private async Task<bool> FinishAsync(CancellationToken cancellationToken)
    {
        try
        {
            var failed = await approvals.FinishAsync(cancellationToken);
            foreach (var (approval, fault) in failed)
                NotCarriedOut(approval.Handle, fault);

            return failed.Count == 0;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotFinished(fault);
            return false;
        }
    }

    private async Task<bool> LaunchAsync(CampaignId campaign, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await engine.ContinueAsync(campaign, cancellationToken) != LaunchProgress.ToBeContinued;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Interrupted(campaign, fault);
            return false;
        }
        finally
        {
            _places.Release();
        }
    }

    [LoggerMessage(EventId = 120, Level = LogLevel.Error, Message = "Launch of {Campaign} was interrupted and is tried again.")]
    private partial void Interrupted(CampaignId campaign, Exception fault);

    [LoggerMessage(EventId = 121, Level = LogLevel.Error, Message = "{Approval} was approved but could not be carried out; it is tried again.")]
    private partial void NotCarriedOut(string approval, Exception fault);

    [LoggerMessage(EventId = 122, Level = LogLevel.Error, Message = "What was approved could not be looked up; it is tried again.")]
    private partial void NotFinished(Exception fault);
}
