using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>
/// Creates campaigns in the background. At start and every minute it finishes what was approved and goes on with every launch that
/// is under way; a launch that the network keeps waiting is tried again after growing pauses. All on the machine's clock.
/// </summary>
internal sealed partial class LaunchWorker(
    CampaignCreationEngine engine, ApprovalDesk approvals, ICampaignStore campaigns, LaunchQueue queue, TimeProvider machine, ILogger<LaunchWorker> logger)
    : TirelessWorker(machine, logger)
{
    private const int AtOnce = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _places = new(AtOnce, AtOnce);

    /// <summary>Launches that are gone on with, and what ends when somebody asks for one again: never two at once of one campaign.</summary>
    private readonly Dictionary<CampaignId, TaskCompletionSource> _underWay = [];

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        foreach (var campaign in await campaigns.LaunchingAsync(stoppingToken))
            queue.Add(campaign.Id);

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var looking = Task.WhenAll(EveryMinuteAsync(FinishAsync, ends.Token), EveryMinuteAsync(QueueAsync, ends.Token));
        try
        {
            await foreach (var campaign in queue.TakeAsync(stoppingToken))
                _ = GoOnAsync(campaign, stoppingToken);
        }
        finally
        {
            await ends.CancelAsync();
            await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task EveryMinuteAsync(Func<CancellationToken, Task<bool>> isDone, CancellationToken cancellationToken)
    {
        while (true)
        {
            await AgainAsync(() => isDone(cancellationToken), cancellationToken);
            await Task.Delay(LookEvery, Machine, cancellationToken);
        }
    }

    /// <summary>Launches that nothing in the queue stands for, because a fault came between. One that waits for a person's choice is left to it.</summary>
    private async Task<bool> QueueAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var campaign in (await campaigns.LaunchingAsync(cancellationToken)).Where(campaign => !campaign.WaitsForChoice && !IsUnderWay(campaign.Id)))
                queue.Add(campaign.Id);

            return true;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotLookedUp(fault);
            return false;
        }
    }

    /// <summary>Until it is done, with growing pauses that end as soon as it is asked for again. A launch that waits takes no place from others.</summary>
    private async Task GoOnAsync(CampaignId campaign, CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_underWay)
        {
            if (_underWay.TryGetValue(campaign, out var running))
            {
                running.TrySetResult();
                return;
            }

            _underWay[campaign] = asked;
        }

        var pause = FirstPause;
        while (!(await LaunchAsync(campaign, cancellationToken) && IsLast(campaign)))
        {
            await Task.WhenAny(Task.Delay(pause, Machine, cancellationToken), asked.Task);
            pause = asked.Task.IsCompleted ? FirstPause : Longer(pause);
            if (asked.Task.IsCompleted)
                asked = Renewed(campaign);
        }
    }

    private bool IsUnderWay(CampaignId campaign)
    {
        lock (_underWay)
            return _underWay.ContainsKey(campaign);
    }

    /// <summary>Nobody asked for it again while it was worked on; it is forgotten then.</summary>
    private bool IsLast(CampaignId campaign)
    {
        lock (_underWay)
            return !_underWay[campaign].Task.IsCompleted && _underWay.Remove(campaign);
    }

    private TaskCompletionSource Renewed(CampaignId campaign)
    {
        lock (_underWay)
            return _underWay[campaign] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static TimeSpan Longer(TimeSpan pause) => TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));

    /// <summary>Again after growing pauses until it is done.</summary>
    private async Task AgainAsync(Func<Task<bool>> isDone, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!await isDone())
        {
            await Task.Delay(pause, Machine, cancellationToken);
            pause = Longer(pause);
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

    [LoggerMessage(EventId = 123, Level = LogLevel.Error, Message = "Launches under way could not be looked up; it is tried again.")]
    private partial void NotLookedUp(Exception fault);

    [LoggerMessage(EventId = 121, Level = LogLevel.Error, Message = "{Approval} was approved but could not be carried out; it is tried again.")]
    private partial void NotCarriedOut(string approval, Exception fault);

    [LoggerMessage(EventId = 122, Level = LogLevel.Error, Message = "Requests, whether approved or without a point by now, could not be looked up; it is tried again.")]
    private partial void NotFinished(Exception fault);
}
