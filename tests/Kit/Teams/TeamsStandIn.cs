using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Kit.Teams;

/// <summary>
/// Teams on loopback, driven from outside the process that talks to it: the Bot Connector with its limits, the authority that signs what it sends, and Entra's
/// tokens. What Teams would refuse is refused in its words.
/// </summary>
public sealed class TeamsStandIn : IAsyncDisposable
{
    public const string Secret = "stand-in-secret";

    private const int Largest = 100 * 1024;

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(int Status, string Code)>> _refusals = new();
    private readonly ConcurrentDictionary<string, (int Seconds, DateTimeOffset Until)> _limits = new();
    private readonly ConcurrentDictionary<(string Chat, DateTimeOffset Until), bool> _limited = new();
    private readonly ConcurrentDictionary<string, bool> _tokens = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private int _given;

    private TeamsStandIn(WebApplication app) => _app = app;

    public TeamsDesk Desk { get; } = new();

    public TeamsKeys Keys { get; } = new();

    /// <summary>What Entra signs people's tokens with.</summary>
    public TeamsKeys SignIns { get; } = TeamsKeys.OfEntra();

    /// <summary>Every call of the Connector: its method and path, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Calls that came although their conversation had been told to wait.</summary>
    public ConcurrentQueue<string> Impatient { get; } = new();

    /// <summary>How often Entra was asked for a token.</summary>
    public int TokensGiven => _given;

    /// <summary>How often the keys were asked for.</summary>
    public int KeysAsked { get; private set; }

    /// <summary>Whether messages that one member sees are taken.</summary>
    public bool TakesTargeted { get; set; } = true;

    /// <summary>What the authority waits for before it answers.</summary>
    public Task KeysWait { get; set; } = Task.CompletedTask;

    /// <summary>The authority does not answer.</summary>
    public bool KeysAreAway { get; set; }

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>As activities name it.</summary>
    public string Service => $"{Address}emea/";

    /// <summary>Where the bot's door is.</summary>
    public Uri? Door { get; set; }

    /// <summary>What the bot is given to reach it.</summary>
    public string[] Arguments =>
    [
        "--Teams:AppId", TeamsDesk.App, "--Teams:TenantId", TeamsDesk.Tenant, "--Teams:ClientSecret", Secret,
        "--Teams:OpenIdMetadataUrl", $"{Address}v1/.well-known/openidconfiguration", "--Teams:TokenUrl", $"{Address}token", "--Teams:SignInMetadataUrl", $"{Address}entra/.well-known/openid-configuration", "--People:Defaults", "true",
    ];

    public static async Task<TeamsStandIn> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var teams = new TeamsStandIn(app);
        app.MapGet("/v1/.well-known/openidconfiguration", teams.MetadataAsync);
        app.MapGet("/keys", () => Results.Text(teams.Keys.Published.ToJsonString(), "application/json"));
        app.MapGet("/entra/.well-known/openid-configuration", () => teams.KeysAreAway
            ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : Results.Json(new { issuer = $"https://login.microsoftonline.com/{TeamsDesk.Tenant}/v2.0", jwks_uri = $"{teams.Address}entra/keys" }));
        app.MapGet("/entra/keys", () => Results.Text(teams.SignIns.Published.ToJsonString(), "application/json"));
        app.MapPost("/token", teams.TokenAsync);
        app.MapPost("/emea/v3/conversations", teams.BeginAsync);
        app.MapPost("/emea/v3/conversations/{id}/activities", teams.SendAsync);
        app.MapPut("/emea/v3/conversations/{id}/activities/{message}", teams.EditAsync);
        app.MapGet("/emea/v3/conversations/{id}/members/{user}", teams.Member);
        app.MapGet("/emea/v3/teams/{id}/conversations", teams.Channels);
        app.MapGet("/emea/v3/attachments/{name}", teams.Picture);
        app.MapGet("/files/{name}", teams.Download);
        await app.StartAsync(cancellationToken);
        teams.Address = new Uri(app.Urls.Single() + "/");
        return teams;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Keys.Dispose();
        SignIns.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>The next call to a conversation, or to create one, is answered so.</summary>
    public void RefuseNext(string chat, int status, string code) => _refusals.GetOrAdd(chat, _ => new ConcurrentQueue<(int, string)>()).Enqueue((status, code));

    /// <summary>From now on for so many seconds a conversation is answered that it was called too often.</summary>
    public void Limit(string chat, int seconds) => _limits[chat] = (seconds, TimeProvider.System.GetUtcNow().AddSeconds(seconds));

    /// <summary>No token that was given so far is taken any more.</summary>
    public void RevokeTokens() => _tokens.Clear();

    /// <summary>Brings an activity to the bot with a good token, up to four times until it is taken.</summary>
    public async Task<(int Status, JsonObject? Body)> DeliverAsync(JsonObject activity, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var answer = await DeliverOnceAsync(activity, Keys.Sign(TeamsKeys.Claims(TeamsDesk.App, Service, TimeProvider.System.GetUtcNow())), cancellationToken);
                if (answer.Status < 500 || answer.Status == 501 || attempt == 3)
                    return answer;
            }
            catch (HttpRequestException) when (attempt < 30)
            {
                // Nobody is there; it is brought again.
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        }
    }

    /// <param name="token">Null: none.</param>
    public async Task<(int Status, JsonObject? Body)> DeliverOnceAsync(JsonObject activity, string? token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Door!, "api/messages")) { Content = new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json") };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        using var answer = await _http.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return ((int)answer.StatusCode, text is ['{', ..] ? JsonNode.Parse(text) as JsonObject : null);
    }

    private async Task<IResult> MetadataAsync(CancellationToken cancellationToken)
    {
        KeysAsked++;
        await KeysWait.WaitAsync(cancellationToken);
        return KeysAreAway
            ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : Results.Json(new { issuer = TeamsKeys.Issuer, jwks_uri = $"{Address}keys", id_token_signing_alg_values_supported = new[] { "RS256" } });
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (form["client_id"] != TeamsDesk.App || form["client_secret"] != Secret || form["scope"] != "https://api.botframework.com/.default" || form["grant_type"] != "client_credentials")
            return Results.Json(new { error = "invalid_client" }, statusCode: StatusCodes.Status401Unauthorized);

        var token = $"token-{Interlocked.Increment(ref _given)}";
        _tokens[token] = true;
        return Results.Json(new { token_type = "Bearer", expires_in = 3599, access_token = token });
    }

    private async Task<IResult> BeginAsync(HttpRequest request)
    {
        var asked = await BodyAsync(request);
        var channel = (string?)asked["channelData"]?["channel"]?["id"];
        if (Fault(request, channel ?? "new", asked) is { } fault)
            return fault;

        if (channel is null)
        {
            var user = (string)asked["members"]![0]!["id"]!;
            var person = user.StartsWith("29:", StringComparison.Ordinal) ? user[3..] : user;
            return Results.Json(new { id = $"a:{person}" });
        }

        var activity = (JsonObject)asked["activity"]!;
        var message = Desk.Add(channel, null, activity);
        return Results.Json(new { id = $"{channel};messageid={message.Id}", activityId = message.Id });
    }

    private async Task<IResult> SendAsync(HttpRequest request, string id)
    {
        var activity = await BodyAsync(request);
        var (chat, thread) = Parted(id);
        if (Fault(request, chat, activity) is { } fault)
            return fault;

        if (request.Query["isTargetedActivity"] == "true")
        {
            if (!TakesTargeted)
                return Refusal(StatusCodes.Status400BadRequest, "BadArgument");

            Desk.Targeted.Enqueue((chat, (string)activity["recipient"]!["id"]!, new TeamsMessage(chat, "", thread, activity, Edited: false).Words));
            return Results.Json(new { id = Desk.Next() });
        }

        if ((string?)activity["type"] == "typing")
        {
            Desk.Typing.Enqueue(chat);
            return Results.Json(new { id = Desk.Next() });
        }

        return Results.Json(new { id = Desk.Add(chat, thread, activity).Id });
    }

    private async Task<IResult> EditAsync(HttpRequest request, string id, string message)
    {
        var activity = await BodyAsync(request);
        var (chat, _) = Parted(id);
        if (Fault(request, chat, activity) is { } fault)
            return fault;

        return Desk.Change(chat, message, activity) ? Results.Json(new { id = message }) : Refusal(StatusCodes.Status404NotFound, "ActivityNotFoundInConversation");
    }

    private IResult Member(HttpRequest request, string id, string user) => Fault(request, Parted(id).Chat, [])
        ?? (Desk.Left.ContainsKey((Parted(id).Chat, user)) ? Refusal(StatusCodes.Status404NotFound, "MemberNotFoundInConversation") : Results.Json(new
        {
            id = user,
            name = Desk.Names.GetValueOrDefault(user, user),
            tenantId = TeamsDesk.Tenant,
            email = Desk.Emails.GetValueOrDefault(user),
            userPrincipalName = Desk.SignIns.GetValueOrDefault(user)
                ?? $"{user.Replace("29:", "", StringComparison.Ordinal)}@{(Desk.Emails.TryGetValue(user, out var mail) ? mail.Split('@')[^1] : "tenant.example")}",
            userRole = Desk.Guests.ContainsKey(user) ? "guest" : "user",
        }));

    private IResult Channels(HttpRequest request, string id) => Fault(request, id, [])
        ?? (Desk.Teams.TryGetValue(id, out var channels)
            ? Results.Json(new { conversations = channels.Select(channel => new { id = channel.Id, name = channel.Name }) })
            : Refusal(StatusCodes.Status404NotFound, "TeamNotFound"));

    private IResult Picture(HttpRequest request, string name) =>
        IsOurs(request) && Desk.Files.TryGetValue(name, out var bytes) ? Results.Bytes(bytes, "application/octet-stream") : Results.Unauthorized();

    /// <summary>Such an address is its own pass: who shows a token besides has shown it to a stranger.</summary>
    private IResult Download(HttpRequest request, string name) =>
        request.Headers.Authorization.Count == 0 && Desk.Files.TryGetValue(name, out var bytes) ? Results.Bytes(bytes, "application/octet-stream") : Results.BadRequest();

    private IResult? Fault(HttpRequest request, string chat, JsonObject body)
    {
        Calls.Enqueue($"{request.Method} {request.Path.Value}");
        if (!IsOurs(request))
            return Refusal(StatusCodes.Status401Unauthorized, "Unauthorized");

        if (_limits.TryGetValue(chat, out var limit) && limit.Until > TimeProvider.System.GetUtcNow())
        {
            if (!_limited.TryAdd((chat, limit.Until), true))
                Impatient.Enqueue(chat);

            request.HttpContext.Response.Headers.RetryAfter = limit.Seconds.ToString(CultureInfo.InvariantCulture);
            return Refusal(StatusCodes.Status429TooManyRequests, "TooManyRequests");
        }

        if (_refusals.TryGetValue(chat, out var refusals) && refusals.TryDequeue(out var refusal))
            return Refusal(refusal.Status, refusal.Code);

        if (Desk.Closed.TryGetValue(chat, out var closed))
            return Refusal(StatusCodes.Status403Forbidden, closed);

        return body.ToJsonString().Length * sizeof(char) > Largest ? Refusal(StatusCodes.Status413PayloadTooLarge, "MessageSizeTooBig") : null;
    }

    private bool IsOurs(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.Ordinal) && _tokens.ContainsKey(header["Bearer ".Length..]);

    private static IResult Refusal(int status, string code) => Results.Json(new { error = new { code, message = $"{code} (stand-in)" } }, statusCode: status);

    private static async Task<JsonObject> BodyAsync(HttpRequest request) => (JsonObject)(await JsonNode.ParseAsync(request.Body))!;

    private static (string Chat, string? Thread) Parted(string id) => id.Split(";messageid=") is [var chat, var thread] ? (chat, thread) : (id, null);
}
