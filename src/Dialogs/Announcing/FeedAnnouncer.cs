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
/// is told after a restart, collapsed.
/// </summary>
public sealed class FeedAnnouncer(
    IActivityFeed feed, IncidentBoard incidents, IIncidentStore openIncidents, ApprovalBoard approvals, CampaignNews news, ISettingsStore settings,
    ILogger<FeedAnnouncer> log)
{
    private const string LastTold = "announced-up-to";
    private const int MostMissed = 200;

    private sealed record Mark(long Id);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var happenings = feed.ListenAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = happenings.MoveNextAsync();
        await CatchUpAsync(cancellationToken);
        while (await next)
        {
            await TellAsync(happenings.Current, cancellationToken);
            next = happenings.MoveNextAsync();
        }
    }

    /// <summary>After a restart: open incidents and waiting requests are shown and stay editable, missed news is told in one message for each campaign.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        foreach (var incident in await openIncidents.OpenAsync(cancellationToken))
            await GuardedAsync(() => incidents.ShowAsync(incident.Id, cancellationToken));

        await GuardedAsync(() => approvals.ShowWaitingAsync(WorkspaceId.Local, cancellationToken));
        await GuardedAsync(() => news.KeepLaunchesAsync(WorkspaceId.Local, cancellationToken));

        var latest = await feed.LatestAsync(WorkspaceId.Local, null, MostMissed, cancellationToken);
        if (await settings.FindAsync<Mark>(WorkspaceId.Local, LastTold, cancellationToken) is { } mark)
            await GuardedAsync(() => news.TellMissedAsync([.. latest.Where(happened => happened.Id > mark.Id && !happened.Demo).Reverse()], cancellationToken));

        if (latest.Count > 0)
            await settings.SetAsync(WorkspaceId.Local, LastTold, new Mark(latest[0].Id), cancellationToken);
    }

    public async Task TellAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        await GuardedAsync(() => RouteAsync(happened, cancellationToken));
        if (happened is { Demo: false, Campaign: { } campaign })
            await GuardedAsync(() => news.KeepLaunchAsync(campaign, cancellationToken));

        await GuardedAsync(() => settings.SetAsync(WorkspaceId.Local, LastTold, new Mark(happened.Id), cancellationToken));
    }

    private Task RouteAsync(FeedEvent happened, CancellationToken cancellationToken)
    {
        if (happened.Demo)
            return Task.CompletedTask;

        if (happened.Incident is { } incident)
            return incidents.ShowAsync(incident, cancellationToken);

        return happened.Kind == FeedKind.Approval
            ? approvals.RefreshAsync(happened.Workspace, cancellationToken)
            : news.TellAsync(happened, cancellationToken);
    }

    private async Task GuardedAsync(Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Something that happened could not be told in the chat");
        }
    }
}
