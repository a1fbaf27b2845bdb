using ChatOpsCampaigns.Bot.Operating;
using ChatOpsCampaigns.Dialogs.Announcing.Hearing;

namespace ChatOpsCampaigns.Bot.Endpoints;

/// <summary>For orchestrators: alive, and able to do its work. Tells no secret.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("alive")).Behind(Door.Open, alsoPublic: true);
        routes.MapGet("/health/ready", ReadyAsync).Behind(Door.Open, alsoPublic: true);
    }

    /// <summary>200 and one line, with one for each chat that nothing is heard from, since starting again mends none; or 503 and a line for each thing that is missing.</summary>
    private static async Task<IResult> ReadyAsync(Readiness readiness, DeafChats deaf, CancellationToken cancellationToken)
    {
        var missing = await readiness.MissingAsync(cancellationToken);
        return missing.Count == 0
            ? Results.Text(string.Join('\n', deaf.Now.Select(one => $"degraded: {one}").Prepend($"ready, {readiness.LastSweep}")))
            : Results.Text(string.Join('\n', missing.Select(one => $"not ready: {one}")), statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
