using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Incidents;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>
/// Turns what happens into chat messages: incidents to those who must answer, requests to those who may decide, a campaign's own
/// news to its conversation. Low and medium news share one message that is edited quietly. What happened while nobody listened
/// is told after a restart, and what a chat that was away could not be told is told when it is back, collapsed.
/// </summary>
public sealed partial class FeedAnnouncer(
    IActivityFeed feed, IncidentNews incidents, IIncidentStore openIncidents, ApprovalBoard approvals, CampaignNews news, ISettingsStore settings,
    TimeProvider machine, ILogger<FeedAnnouncer> logger)
{
    private const string LastTold = "announced-up-to";
    private const int MostMissed = 200;

    /// <summary>Of so many that were closed last it is looked whether they were told to their end.</summary>
    private const int MostClosed = 20;

    /// <summary>A request that was decided longer ago is not news any more: whoever asked has seen how things stand.</summary>
    private static readonly TimeSpan DecisionsMissed = TimeSpan.FromHours(72);

    /// <summary>What could not be told is tried again after this time, which doubles up to <see cref="LongestPause"/>. 30 seconds of machine time.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>What is shown as it stands then, so that each is kept once. After a restart what is open is shown anyway.</summary>
    private readonly ConcurrentDictionary<string, Func<Task>> _unshown = new();
    private DateTimeOffset _againAt = DateTimeOffset.MinValue;
    private TimeSpan _pause = FirstPause;

    private sealed record Mark(long Id);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var happenings = feed.ListenAsync(ends.Token).GetAsyncEnumerator(ends.Token);
        var next = happenings.MoveNextAsync().AsTask();
        try
        {
            using var timer = new PeriodicTimer(FirstPause, machine);
            await CatchUpAsync(cancellationToken);
            var again = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            while (true)
            {
                await Task.WhenAny(next, again);
                if (again.IsCompleted)
                {
                    await again;
                    await GuardedAsync(() => TellUntoldAsync(cancellationToken));
                    again = timer.WaitForNextTickAsync(cancellationToken).AsTask();
                }

                if (!next.IsCompleted)
                    continue;

                if (!await next)
                    return;

                await TellAsync(happenings.Current, cancellationToken);
                next = happenings.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // What is listened to may be put away only when nothing waits for it any more.
            await ends.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>After a restart: open incidents and waiting requests are shown and stay editable, those decided meanwhile are closed, missed news is told in one message for each campaign.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        foreach (var incident in await openIncidents.OpenAsync(cancellationToken))
            await ShowIncidentAsync(incident.Id, cancellationToken);

        foreach (var closed in (await openIncidents.LatestAsync(WorkspaceId.Local, MostClosed, cancellationToken)).Where(incident => incident is { State: IncidentState.Closed, Demo: false }))
            await ShowAsync($"incident/{closed.Id}/over", () => incidents.FinishAsync(closed.Id, cancellationToken));

        var decidedAfter = machine.GetUtcNow() - DecisionsMissed;
        await ShowAsync("requests", () => approvals.CatchUpAsync(WorkspaceId.Local, decidedAfter, cancellationToken));
        await GuardedAsync(() => news.KeepLaunchesAsync(WorkspaceId.Local, cancellationToken));

        var latest = await feed.LatestAsync(WorkspaceId.Local, null, MostMissed, cancellationToken);
        var mark = await settings.FindAsync<Mark>(WorkspaceId.Local, LastTold, cancellationToken);
        var isTold = mark is null
            || await GuardedAsync(() => news.TellMissedAsync([.. latest.Where(happened => happened.Id > mark.Id && !happened.Demo).Reverse()], cancellationToken));
        if (isTold && latest.Count > 0)
            await settings.SetAsync(WorkspaceId.Local, LastTold, new Mark(latest[0].Id), cancellationToken);
    }

    public async Task TellAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        // What a chat cannot be told is kept for it; only what could not even be kept leaves the mark where it is.
        var isTold = await GuardedAsync(() => RouteAsync(happened, cancellationToken));
        if (happened is { Demo: false, Campaign: { } campaign })
            await ShowAsync($"launch/{campaign}", () => news.KeepLaunchAsync(campaign, cancellationToken));

        if (isTold)
            await GuardedAsync(() => settings.SetAsync(WorkspaceId.Local, LastTold, new Mark(happened.Id), cancellationToken));
    }

    /// <summary>Tries again what could not be told, after growing pauses.</summary>
    public async Task TellUntoldAsync(CancellationToken cancellationToken)
    {
        var now = machine.GetUtcNow();
        if (now < _againAt)
            return;

        var isAll = await news.TellUntoldAsync(cancellationToken);
        foreach (var (subject, show) in _unshown)
            isAll &= await ShowAsync(subject, show);

        _pause = isAll ? FirstPause : _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        _againAt = now + (isAll ? TimeSpan.Zero : _pause);
    }

    private async Task RouteAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        if (happened.Demo)
            return;

        if (happened.Incident is { } incident)
            await ShowIncidentAsync(incident, cancellationToken);
        else if (happened.Kind == FeedKind.Approval)
            await ShowAsync("requests", () => approvals.RefreshAsync(happened.Workspace, cancellationToken));
        else if (happened.Kind == FeedKind.Suggestion)
            await ShowAsync($"suggestion/{happened.Campaign}", () => news.TellAsync(happened, cancellationToken));
        else
            await news.TellAsync(happened, cancellationToken);
    }

    private Task<bool> ShowIncidentAsync(IncidentId incident, CancellationToken cancellationToken) =>
        ShowAsync($"incident/{incident}", () => incidents.ShowAsync(incident, cancellationToken));

    private async Task<bool> ShowAsync(string subject, Func<Task> show)
    {
        var isShown = await GuardedAsync(show);
        if (isShown)
            _unshown.TryRemove(subject, out _);
        else
            _unshown[subject] = show;

        return isShown;
    }

    private async Task<bool> GuardedAsync(Func<Task> tell)
    {
        try
        {
            await tell();
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotTold(fault);
            return false;
        }
    }

    [LoggerMessage(EventId = 337, Level = LogLevel.Error, Message = "Something that happened could not be told in the chat; it is tried again.")]
    private partial void NotTold(Exception fault);
}
