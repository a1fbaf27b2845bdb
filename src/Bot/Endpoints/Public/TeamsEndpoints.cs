using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;

namespace ChatOpsCampaigns.Bot.Endpoints.Public;

/// <summary>
/// The Bot Connector's door: the token first, over what the activity says of itself; then what was sent is kept; then Teams is told that it arrived. What is not
/// from the Connector is 401, what is not for us 403, and neither has an effect.
/// </summary>
internal static partial class TeamsEndpoints
{
    private const string Route = "/api/messages";
    private const int LargestBody = 1024 * 1024;
    private const int Deepest = 64;

    /// <summary>A playground on this machine comes by the listener that serves this machine alone; Teams by the public one.</summary>
    public static void MapTeams(this IEndpointRouteBuilder routes) => routes
        .MapPost(Route, TakeAsync)
        .Behind(routes.ServiceProvider.GetService<TeamsSettings>() is { AllowLocalClients: true } ? Door.Playground : Door.Signed);

    private static async Task<IResult> TakeAsync(HttpContext context, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var services = context.RequestServices;
        if (services.GetService<TeamsSettings>() is not { } settings)
            return Results.NotFound();

        if (await SentBytes.ReadAsync(context.Request, LargestBody, cancellationToken) is not { } body)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);

        if (Parsed(body) is not { } activity)
            return Results.BadRequest();

        if (!settings.AllowLocalClients)
        {
            var trust = await services.GetRequiredService<InboundTokens>().CheckAsync([.. context.Request.Headers.Authorization], activity, cancellationToken);
            if (!trust.IsGenuine)
            {
                NotTaken(loggers.CreateLogger(nameof(TeamsEndpoints)), trust.Why);
                return Results.StatusCode(!trust.CanBeTold ? StatusCodes.Status503ServiceUnavailable : trust.IsKnown ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized);
            }
        }

        var answer = await services.GetRequiredService<TeamsIntake>().TakeAsync(activity, cancellationToken);
        return answer.Body is { } says ? Results.Text(says.ToJsonString(), "application/json", statusCode: answer.Status) : Results.StatusCode(answer.Status);
    }

    private static JsonObject? Parsed(byte[] body)
    {
        try
        {
            // A name that stands twice would be one thing here and another elsewhere.
            return JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { MaxDepth = Deepest, AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(EventId = 475, Level = LogLevel.Warning, Message = "What came to /api/messages was refused: {Why}.")]
    private static partial void NotTaken(ILogger logger, string why);
}
