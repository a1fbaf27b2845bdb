using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatOpsCampaigns.Bot.Endpoints.Public;

/// <summary>
/// Slack over HTTP: the signature first, over the bytes as they came; then what was sent is kept; then Slack is told that it arrived. What is not signed by
/// Slack, is older than five minutes or was answered before is 401 and has no effect.
/// </summary>
internal static class SlackEndpoints
{
    private const int LargestBody = 1024 * 1024;

    public static void MapSlack(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/slack/events", (HttpContext context, CancellationToken cancellationToken) => TakeAsync(context, Json, cancellationToken)).Behind(Door.Signed);
        routes.MapPost("/slack/interactivity", (HttpContext context, CancellationToken cancellationToken) => TakeAsync(context, Payload, cancellationToken)).Behind(Door.Signed);
        routes.MapPost("/slack/options", (HttpContext context, CancellationToken cancellationToken) => TakeAsync(context, Payload, cancellationToken)).Behind(Door.Signed);
        routes.MapPost("/slack/commands", (HttpContext context, CancellationToken cancellationToken) => TakeAsync(context, Fields, cancellationToken)).Behind(Door.Signed);
    }

    private static async Task<IResult> TakeAsync(HttpContext context, Func<byte[], JsonObject?> read, CancellationToken cancellationToken)
    {
        var services = context.RequestServices;
        if (services.GetService<SlackSettings>() is not { SigningSecret: { Length: > 0 } secret })
            return Results.NotFound();

        var request = context.Request;
        if (await SentBytes.ReadAsync(request, LargestBody, cancellationToken) is not { } body)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);

        var (stamp, signature) = (request.Headers[SlackSignature.TimestampHeader].ToString(), request.Headers[SlackSignature.SignatureHeader].ToString());
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var answered = services.GetRequiredService<AnsweredRequests>();
        if (!SlackSignature.IsGenuine(secret, stamp, signature, body, now) || answered.Knows(signature, now))
            return Results.StatusCode(StatusCodes.Status401Unauthorized);

        if (read(body) is not { } payload)
            return Results.BadRequest();

        if (payload.Word("type") == "url_verification")
            return Results.Text(payload.Word("challenge") ?? "");

        var answer = await services.GetRequiredService<SlackIntake>().TakeAsync(payload, cancellationToken);
        answered.Keep(signature, now);
        return answer is null ? Results.Ok() : Results.Text(answer.ToJsonString(), "application/json");
    }

    private static JsonObject? Json(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject? Payload(byte[] body) => Fields(body)?.Word("payload") is { } payload ? Json(Encoding.UTF8.GetBytes(payload)) : null;

    private static JsonObject? Fields(byte[] body)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)))
            fields[name] = value.ToString();

        return fields;
    }
}

/// <summary>Signatures of requests that were answered: the same one again is somebody else's copy. Kept for as long as they would be genuine.</summary>
internal sealed class AnsweredRequests
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _known = new();

    public bool Knows(string signature, DateTimeOffset now) => _known.TryGetValue(signature, out var until) && until > now;

    public void Keep(string signature, DateTimeOffset now)
    {
        _known[signature] = now + Kept;
        foreach (var (old, until) in _known)
        {
            if (until <= now)
                _known.TryRemove(old, out _);
        }
    }
}
