using System.Text.Json;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Endpoints;

/// <summary>The activity feed beside the chat: the newest first on connecting, then live.</summary>
internal static class FeedEndpoints
{
    private const int ShownAtFirst = 40;

    /// <summary>How far back the first lines are looked for: an open incident reminds people every five minutes.</summary>
    private const int LookedThrough = 1000;

    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(5);

    public static void MapFeed(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/feed", StreamAsync).Behind(Door.Session);
        routes.MapGet("/feed/older", OlderAsync).Behind(Door.Session);
    }

    /// <summary>A page of what came before, the newest first, and from where the next one goes on; null at the beginning of everything.</summary>
    private static async Task<IResult> OlderAsync(long before, IActivityFeed feed, IIncidentStore incidents, CancellationToken cancellationToken)
    {
        var older = await feed.OlderAsync(WorkspaceId.Local, before, LookedThrough, cancellationToken);
        var shown = OnePerReminder(older).Take(ShownAtFirst).ToList();
        var events = new List<object>(shown.Count);
        foreach (var happened in shown)
            events.Add(await ShownAsync(happened, incidents, cancellationToken));

        return Results.Json(new { events, before = shown.Count < ShownAtFirst && older.Count < LookedThrough ? (long?)null : shown[^1].Id });
    }

    private static async Task StreamAsync(
        HttpContext context, IActivityFeed feed, IIncidentStore incidents, CampaignClock clock, TimeProvider machine, IHostApplicationLifetime lifetime)
    {
        if (context.Person() is null)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        // A stream must not hold up shutting down.
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await FollowAsync(context, feed, incidents, clock, machine, ends.Token);
        }
        catch (OperationCanceledException)
        {
            // The page was closed or the program ends.
        }
    }

    private static async Task FollowAsync(
        HttpContext context, IActivityFeed feed, IIncidentStore incidents, CampaignClock clock, TimeProvider machine, CancellationToken cancellationToken)
    {
        await using var heard = feed.ListenAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        using var heartbeat = new PeriodicTimer(HeartbeatEvery, machine);
        var next = heard.MoveNextAsync().AsTask();
        var beat = heartbeat.WaitForNextTickAsync(cancellationToken).AsTask();

        try
        {
            // Listening has begun, so nothing falls between; what comes twice is told by its id.
            foreach (var happened in OnePerReminder(await feed.LatestAsync(WorkspaceId.Local, null, LookedThrough, cancellationToken)).Take(ShownAtFirst).Reverse())
                await SendAsync(context, "feed", await ShownAsync(happened, incidents, cancellationToken), cancellationToken);

            await SendAsync(context, "clock", Clock(clock), cancellationToken);

            while (true)
            {
                var first = await Task.WhenAny(next, beat);
                if (first == next)
                {
                    if (!await next)
                        return;

                    await SendAsync(context, "feed", await ShownAsync(heard.Current, incidents, cancellationToken), cancellationToken);
                    next = heard.MoveNextAsync().AsTask();
                    continue;
                }

                await beat;
                await SendAsync(context, "clock", Clock(clock), cancellationToken);
                beat = heartbeat.WaitForNextTickAsync(cancellationToken).AsTask();
            }
        }
        finally
        {
            // A reader that still waits cannot be put away.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Of one incident's reminders the newest is enough: the others would hide what happened.</summary>
    private static IEnumerable<FeedEvent> OnePerReminder(IReadOnlyList<FeedEvent> newestFirst) => newestFirst
        .DistinctBy(happened => happened.Kind == FeedKind.Incident && happened.Incident is { } incident ? $"reminder {incident}" : $"{happened.Id}");

    private static object Clock(CampaignClock clock) => new { now = clock.GetUtcNow(), speed = clock.Speed };

    private static async Task<object> ShownAsync(FeedEvent happened, IIncidentStore incidents, CancellationToken cancellationToken) => new
    {
        id = happened.Id,
        at = happened.At,
        campaign = happened.CampaignName,
        campaignId = happened.Campaign?.Value,
        kind = happened.Kind.ToString(),
        severity = happened.Severity.ToString(),
        action = happened.Action,
        reason = happened.Reason,
        impact = happened.Impact,
        by = happened.By.Value,
        simulated = happened.Demo || happened.Simulated,
        incident = happened.Incident?.Value,
        handle = happened is { Demo: false, Incident: { } incident } ? (await incidents.FindAsync(incident, cancellationToken))?.Handle : null,
        reminder = happened.Kind == FeedKind.Incident,
    };

    private static async Task SendAsync(HttpContext context, string name, object what, CancellationToken cancellationToken)
    {
        await context.Response.WriteAsync($"event: {name}\ndata: {JsonSerializer.Serialize(what)}\n\n", cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
