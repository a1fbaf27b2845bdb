using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Inbox;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Bot.Endpoints;

/// <summary>
/// The part of Direct Line 3.0 that Microsoft's Web Chat uses. One conversation for each local person; who is speaking is decided by
/// the token and never by the body.
/// </summary>
internal static class DirectLineEndpoints
{
    private const int LargestActivity = 256 * 1024;

    private const string NoActivity = "An activity has to be one object in JSON, smaller than 256 KB.";

    private const string TooLarge = "A message has to be smaller than 256 KB.";

    private const int MostShownAtFirst = 150;

    /// <summary>Of two properties with one name every reader takes another.</summary>
    private static readonly JsonDocumentOptions Unambiguous = new() { AllowDuplicateProperties = false };

    public static void MapDirectLine(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v3/directline");
        group.MapPost("/tokens/generate", GenerateAsync).Behind(Door.Session);
        group.MapPost("/tokens/refresh", RefreshAsync).Behind(Door.Token);
        group.MapPost("/conversations", OpenAsync).Behind(Door.Token);
        group.MapGet("/conversations/{id}", ReopenAsync).Behind(Door.Token);
        group.MapGet("/conversations/{id}/activities", ListAsync).Behind(Door.Token);
        group.MapPost("/conversations/{id}/activities", PostAsync).Behind(Door.Token);
        group.MapPost("/conversations/{id}/upload", DirectLineUpload.ReceiveAsync).Behind(Door.Token);
        group.MapGet("/conversations/{id}/stream", DirectLineStream.ConnectAsync).Behind(Door.Ticket);
    }

    /// <summary>The person that a request's token belongs to, when the conversation in the address is theirs.</summary>
    public static PersonId? Speaker(HttpContext context, string? conversation)
    {
        var sessions = context.RequestServices.GetRequiredService<LocalSessions>();
        var header = context.Request.Headers.Authorization.ToString();
        var token = header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..] : null;
        return sessions.FindToken(token) is { } person && (conversation is null || conversation == AddressOf(person)) ? person : null;
    }

    /// <summary>The conversation's name in addresses: its id without the slash.</summary>
    public static string AddressOf(PersonId person) => LocalSessions.ConversationOf(person).Value.Replace('/', '-');

    public static IResult Fault(int status, string code, string says) =>
        Results.Json(new { error = new { code, message = says } }, statusCode: status);

    public static IResult NotYours() => Fault(StatusCodes.Status403Forbidden, "BadArgument", "The token is missing, expired or for another conversation.");

    /// <summary>Logs what a person sent, shows it back to them, and has it handled.</summary>
    public static async Task<string> TakeAsync(
        HttpContext context, PersonId person, JsonObject activity, IReadOnlyList<ChatFile> files, CancellationToken cancellationToken)
    {
        var services = context.RequestServices;
        var machine = services.GetRequiredService<TimeProvider>();
        var conversation = LocalSessions.ConversationOf(person);
        var clientId = activity.Text("channelData", "clientActivityID");
        var id = $"p{Guid.CreateVersion7():N}";

        activity["id"] = id;
        activity["timestamp"] = machine.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        activity["channelId"] = "directline";
        activity["conversation"] = new JsonObject { ["id"] = AddressOf(person) };
        activity["from"] = new JsonObject { ["id"] = $"local-{person.Key}", ["name"] = person.ToString(), ["role"] = "user" };

        var turn = activity.Text("type") == "message" ? WebChatTurnReader.Read(id, conversation, person, activity, [.. files], machine.GetUtcNow()) : null;
        try
        {
            var logging = services.GetRequiredService<IActivityLog>().AppendAsync(conversation, id, clientId, activity, cancellationToken);
            id = (await (turn is null ? logging : TurnDispatcher.KeptAsync(turn, logging, machine, cancellationToken))).Id;
        }
        catch (Exception fault) when (turn is not null && TurnDispatcher.WaitsForNobody(turn) && fault is not OperationCanceledException)
        {
            // A stop is shown and carried out also when nothing can be kept, and does not wait for the next thing that would be.
            services.GetRequiredService<JournalStanding>().Failed();
            services.GetRequiredService<ConversationHub>().Tell(conversation, new ConversationHub.Frame(activity, null));
        }

        // Also when it was logged before: a crash between logging and keeping the turn is mended by the browser's next try.
        if (turn is not null)
            await services.GetRequiredService<Reception>().TakeAsync(turn with { Id = id }, cancellationToken);

        return id;
    }

    /// <summary>What a person sent cannot be kept, so nothing is done about it: that and why is shown to whoever looks at the conversation.</summary>
    public static async Task<IResult> NotKeptAsync(HttpContext context, PersonId person, string sentence, CancellationToken cancellationToken)
    {
        var says = $"I could not write down what you sent, so nothing was done about it. {sentence} \"stop everything\" works all the same.";
        try
        {
            await context.RequestServices.GetRequiredService<ChatDesk>().PostAsync(LocalSessions.ConversationOf(person), new ChatMessage(says), cancellationToken);
        }
        catch (NotKeptException)
        {
            // Shown to whoever looks; the answer says it too.
        }

        return Fault(StatusCodes.Status503ServiceUnavailable, "ServiceError", says);
    }

    /// <summary>What a page is sent first: everything after its watermark, and of a whole conversation the newest part, since a page with a thousand cards is slow.</summary>
    public static Task<IReadOnlyList<LoggedActivity>> ShownAsync(
        IActivityLog log, ConversationId conversation, long watermark, CancellationToken cancellationToken) => watermark > 0
            ? log.SinceAsync(conversation, watermark, cancellationToken)
            : log.LatestAsync(conversation, MostShownAtFirst, cancellationToken);

    private static IResult GenerateAsync(HttpContext context, LocalSessions sessions) => context.Person() is { } person
        ? Token(sessions, person)
        : Fault(StatusCodes.Status401Unauthorized, "Unauthorized", "Open the page first; it sets the session.");

    private static IResult RefreshAsync(HttpContext context, LocalSessions sessions) => Speaker(context, null) is { } person
        ? Token(sessions, person)
        : Fault(StatusCodes.Status403Forbidden, "TokenExpired", "The token is missing or expired.");

    private static IResult Token(LocalSessions sessions, PersonId person) => Results.Json(new
    {
        conversationId = AddressOf(person),
        token = sessions.GiveToken(person),
        expires_in = (int)LocalSessions.TokenLife.TotalSeconds,
    });

    private static async Task<IResult> OpenAsync(HttpContext context, LocalSessions sessions, IActivityLog log, CancellationToken cancellationToken)
    {
        if (Speaker(context, null) is not { } person)
            return NotYours();

        var known = (await log.LatestAsync(LocalSessions.ConversationOf(person), 1, cancellationToken)).Count > 0;
        return Conversation(context, sessions, person, "0", known ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }

    private static IResult ReopenAsync(HttpContext context, string id, string? watermark, LocalSessions sessions) =>
        Speaker(context, id) is { } person ? Conversation(context, sessions, person, watermark, StatusCodes.Status200OK) : NotYours();

    private static IResult Conversation(HttpContext context, LocalSessions sessions, PersonId person, string? watermark, int status)
    {
        var address = AddressOf(person);
        var stream = $"ws://{context.Request.Host}/v3/directline/conversations/{address}/stream?watermark={Watermark(watermark)}&t={sessions.GiveTicket(person)}";
        return Results.Json(
            new
            {
                conversationId = address,
                token = sessions.GiveToken(person),
                expires_in = (int)LocalSessions.TokenLife.TotalSeconds,
                streamUrl = stream,
            },
            statusCode: status);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string id, string? watermark, IActivityLog log, CancellationToken cancellationToken)
    {
        if (Speaker(context, id) is not { } person)
            return NotYours();

        var after = Watermark(watermark);
        var logged = await ShownAsync(log, LocalSessions.ConversationOf(person), after, cancellationToken);
        return Results.Json(new
        {
            activities = logged.Select(one => one.Activity),
            watermark = logged.Select(one => one.Number).DefaultIfEmpty(after).Max().ToString(CultureInfo.InvariantCulture),
        });
    }

    private static async Task<IResult> PostAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        if (Speaker(context, id) is not { } person)
            return NotYours();

        if (context.Request.ContentLength is > LargestActivity)
            return Fault(StatusCodes.Status413PayloadTooLarge, "BadArgument", TooLarge);

        var (activity, refused) = await ActivityAsync(context.Request.Body, cancellationToken);
        if (activity is null)
            return refused;

        try
        {
            return Results.Json(new { id = await TakeAsync(context, person, activity, [], cancellationToken) });
        }
        catch (Exception fault) when (FileFault.SentenceOf(fault, "The database") is { } sentence)
        {
            return await NotKeptAsync(context, person, sentence, cancellationToken);
        }
    }

    /// <summary>One activity read from a body, or the answer to one that cannot be taken.</summary>
    public static async Task<(JsonObject? Activity, IResult Refused)> ActivityAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[LargestActivity + 1];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read > LargestActivity
            ? (null, Fault(StatusCodes.Status413PayloadTooLarge, "BadArgument", TooLarge))
            : (ActivityIn(buffer.AsSpan(0, read)), Fault(StatusCodes.Status400BadRequest, "BadArgument", NoActivity));
    }

    private static JsonObject? ActivityIn(ReadOnlySpan<byte> json)
    {
        try
        {
            return HasOnlyText(json) ? JsonNode.Parse(json, documentOptions: Unambiguous) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Half a character, such as <c>"\ud800"</c>, is valid JSON and no text: whoever reads it later fails.</summary>
    private static bool HasOnlyText(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    reader.GetString();
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Everything up to here was seen; anything unreadable is the beginning.</summary>
    public static long Watermark(string? text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 0;
}
