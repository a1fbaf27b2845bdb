using System.Text;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatOpsCampaigns.Bot.Endpoints.Public;

/// <summary>
/// Slack over HTTP: the signature first, over the bytes as they came; then what was sent is kept; then Slack is told that it arrived. What is not signed by
/// Slack, is older than five minutes or was answered before is 401 and has no effect; what is signed and cannot be read is 400 and a line in the log.
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

    private static async Task<IResult> TakeAsync(HttpContext context, Func<byte[], SlackPayload> read, CancellationToken cancellationToken)
    {
        var services = context.RequestServices;
        if (services.GetService<SlackSettings>() is not { SigningSecret: { Length: > 0 } secret })
            return Results.NotFound();

        var request = context.Request;
        if (await SentBytes.ReadAsync(request, LargestBody, cancellationToken) is not { } body)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);

        var (stamp, signature) = (request.Headers[SlackSignature.TimestampHeader].ToString(), request.Headers[SlackSignature.SignatureHeader].ToString());
        var answered = services.GetRequiredService<AnsweredRequests>();
        if (!SlackSignature.IsGenuine(secret, stamp, signature, body, services.GetRequiredService<TimeProvider>().GetUtcNow()) || !answered.TryBegin(signature))
            return Results.StatusCode(StatusCodes.Status401Unauthorized);

        try
        {
            var answer = await AnswerAsync(services, read(body), cancellationToken);
            _ = answered.AnsweredAsync(signature);
            return answer;
        }
        catch
        {
            answered.Failed(signature);
            throw;
        }
    }

    private static async Task<IResult> AnswerAsync(IServiceProvider services, SlackPayload sent, CancellationToken cancellationToken)
    {
        if (sent.Content is not { } payload)
        {
            SlackRefusals.NotRead(services.GetRequiredService<ILogger<SlackIntake>>(), sent.Wrong);
            return Results.BadRequest();
        }

        if (payload.Word("type") == "url_verification")
            return Results.Text(payload.Word("challenge") ?? "");

        var answer = await services.GetRequiredService<SlackIntake>().TakeAsync(payload, cancellationToken);
        return answer is null ? Results.Ok() : Results.Text(answer.ToJsonString(), "application/json");
    }

    private static SlackPayload Json(byte[] body) => SlackPayload.Read(body);

    private static SlackPayload Payload(byte[] body) => Form(body) is not { } form ? SlackPayload.None("it is not UTF-8")
        : form.Word("payload") is { } payload ? SlackPayload.Read(Encoding.UTF8.GetBytes(payload))
        : SlackPayload.None("it has no payload");

    private static SlackPayload Fields(byte[] body) => Form(body) is { } form ? SlackPayload.Of(form) : SlackPayload.None("it is not UTF-8");

    /// <summary>Null when its bytes are no text.</summary>
    private static JsonObject? Form(byte[] body)
    {
        if (!Utf8.IsValid(body))
            return null;

        var fields = new JsonObject();
        foreach (var (name, value) in QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)))
            fields[name] = value.ToString();

        return fields;
    }
}
