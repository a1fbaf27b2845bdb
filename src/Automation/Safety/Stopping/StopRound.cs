using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Standing;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety.Stopping;

/// <summary>How far a stop of everything is.</summary>
/// <param name="Paused">Campaigns that it paused and that were read back.</param>
/// <param name="Launches">Launches that this round took back; nothing of them runs.</param>
/// <param name="Open">Campaigns whose pause is not confirmed.</param>
public sealed record StopStanding(int Paused, int Launches, int Open)
{
    /// <summary>Accounts that did not answer: whether something runs there that is at rest here, nobody can tell.</summary>
    public int Unseen { get; init; }

    /// <summary>Of the paused ones those that stood still before it was said.</summary>
    public int Before { get; init; }

    public bool IsDone => Open == 0 && Unseen == 0;

    public string Words => $"{Stand}{Counted(Launches, ", 1 launch taken back", "launches taken back")}{Counted(
        Unseen, ", 1 account does not answer", "accounts do not answer")}";

    private string Stand => this switch
    {
        { Paused: > 0, Open: 0 } when Before == Paused => Paused == 1 ? "1 campaign stands still already" : $"all {Paused} stand still already",
        { Before: > 0 } => $"{Paused} paused, {Before} of them before, {Open} not confirmed",
        _ => $"{Paused} paused, {Open} not confirmed",
    };

    private static string Counted(int count, string one, string many) => count switch { 0 => "", 1 => one, _ => $", {count} {many}" };
}

/// <summary>
/// One round over everything that runs or is about to: running, waiting for its start, resting outside its hours, being launched. Side by
/// side, each for itself. Rounds are repeated with every sweep, so that one which a crash cut off goes on and one more costs nothing.
/// </summary>
public sealed partial class StopRound(WatchList watch, EmergencyStop stop, LaunchBrake brake, IncidentBook book, ILogger<StopRound> logger)
{
    private const int AtOnce = 20;

    public async Task<StopStanding> CarryOutAsync(SwitchState order, CancellationToken cancellationToken)
    {
        var failed = new ConcurrentDictionary<CampaignId, bool>();
        var launches = 0;
        // A database that hangs is waited for once, and not for one list after the other.
        var lists = await Task.WhenAll(watch.LaunchesAsync(cancellationToken), watch.SpendersAsync(cancellationToken));
        var all = lists.SelectMany(campaigns => campaigns).DistinctBy(campaign => campaign.Id);
        await Parallel.ForEachAsync(
            all,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (campaign, token) =>
            {
                if (await TryStopAsync(campaign, order, token) is not { } isLaunch)
                    failed[campaign.Id] = true;
                else if (isLaunch)
                    Interlocked.Increment(ref launches);
            });

        var standing = await StandingAsync(order, cancellationToken);
        var stopping = await OpenAsync(cancellationToken);
        return standing with { Launches = launches, Open = standing.Open + failed.Keys.Count(campaign => !stopping.Contains(campaign)) };
    }

    public static SafetyVerdict.Breach Why(SwitchState order) => new(
        SafetyRules.StopEverything, Remedy.PauseCampaign, new Evidence("asked for by", order.By.Name, ""));

    /// <summary>As the incidents tell it now.</summary>
    public async Task<StopStanding> StandingAsync(SwitchState order, CancellationToken cancellationToken)
    {
        var paused = (await book.OpenAsync(cancellationToken))
            .Where(open => open is { Remedy: Remedy.PauseCampaign, PauseConfirmed: true } && (open.Cause == SafetyRules.StopEverything || open.ConfirmedAt >= order.At))
            .GroupBy(open => open.Campaign)
            .ToDictionary(open => open.Key, open => open.All(one => one.ConfirmedAt < order.At));
        var stopping = await OpenAsync(cancellationToken);
        var still = paused.Where(campaign => !stopping.Contains(campaign.Key)).ToList();
        return new StopStanding(still.Count, 0, stopping.Count) { Before = still.Count(campaign => campaign.Value) };
    }

    private async Task<HashSet<CampaignId>> OpenAsync(CancellationToken cancellationToken) => [.. (await book.OpenAsync(cancellationToken))
        .Where(open => open is { Remedy: Remedy.PauseCampaign, PauseConfirmed: false })
        .Select(open => open.Campaign)];

    /// <summary>Whether it was a launch that is at rest now; false for a campaign that was paused or is being paused; null when that could not even be begun.</summary>
    private async Task<bool?> TryStopAsync(Campaign campaign, SwitchState order, CancellationToken cancellationToken)
    {
        try
        {
            if (campaign.Status == CampaignStatus.Launching
                && await brake.PullAsync(campaign, $"stop everything, asked for by {order.By.Name}", cancellationToken) == BrakedLaunch.AtRest)
                return true;

            await stop.StopForPersonAsync(campaign, Why(order), cancellationToken);
            return false;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotStopped(campaign.Id, fault);
            return null;
        }
    }

    [LoggerMessage(EventId = 234, Level = LogLevel.Critical, Message = "{Campaign} could not be stopped.")]
    private partial void NotStopped(CampaignId campaign, Exception fault);
}
