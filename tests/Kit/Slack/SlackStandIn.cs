// Long because every method of Slack that is called is answered here as Slack would.
using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Kit.Slack;

/// <summary>
/// Slack on loopback, driven from outside the process that talks to it: the Web API with its limits, Socket Mode with acknowledgements and
/// redelivery, files. What Slack would refuse is refused in Slack's words.
/// </summary>
public sealed class SlackStandIn : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Slack tells the person after three seconds that it failed; what a slow machine answers later is seen by the tests all the same.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);

    private const int Again = 3;

    /// <summary>Messages in one page, fewer than Slack's so that pages are turned.</summary>
    private const int MostListed = 50;

    /// <summary>How long a click can open a window.</summary>
    private static readonly TimeSpan TriggersHold = TimeSpan.FromSeconds(3);

    /// <summary>Of a message that is posted, and of one that is changed.</summary>
    private const int LongestText = 40_000;
    private const int LongestChange = 4000;

    /// <summary>Methods that take no JSON.</summary>
    private static readonly HashSet<string> FormOnly =
    [
        "conversations.info", "conversations.list", "conversations.members", "conversations.history", "conversations.replies", "users.info", "files.info", "files.getUploadURLExternal",
        "oauth.v2.access",
    ];

    public const string BotToken = "xoxb-stand-in";
    public const string AppToken = "xapp-stand-in";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, WebSocket> _sockets = new();
    private readonly ConcurrentDictionary<string, (string Socket, TaskCompletionSource<JsonObject?> Answer)> _unanswered = new();
    private readonly ConcurrentDictionary<string, Queue<JsonObject>> _refusals = new();
    private readonly ConcurrentDictionary<string, (int Seconds, DateTimeOffset Until)> _limits = new();
    private readonly ConcurrentDictionary<(string Method, DateTimeOffset Until), bool> _limited = new();
    private readonly ConcurrentDictionary<string, bool> _exchanged = new();
    private readonly SemaphoreSlim _sending = new(1);
    private int _connected;
    private int _turn;

    private readonly SlackStandIn? _host;

    private SlackStandIn(WebApplication app, SlackStandIn? host = null) => (_app, _host) = (app, host);

    public SlackDesk Desk { get; } = new();

    /// <summary>The workspace: the configured token's, or another of the same Slack.</summary>
    public string Team { get; private init; } = SlackDesk.Workspace;

    public string Name { get; private init; } = "Campaigns";

    /// <summary>Tokens that workspaces give when they install the app.</summary>
    public SlackGrants Grants { get; private init; } = new();

    /// <summary>Ways to answer that are given along.</summary>
    public SlackResponseUrls Responses { get; private init; } = new();

    /// <summary>What the workspace's tokens may, as it is said with every answer.</summary>
    public string Scopes { get; set; } = SlackGrants.Scopes;

    /// <summary>What tells how old a click or a way to answer is.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>What was never acknowledged.</summary>
    public ConcurrentQueue<JsonObject> Lost { get; } = new();

    /// <summary>Every call of the Web API: its method, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>What the bot is given to reach it.</summary>
    public string[] Arguments => ["--Slack:ApiBaseUrl", $"{Address}api/", "--Slack:BotToken", BotToken, "--Slack:AppToken", AppToken, "--People:Defaults", "true"];

    public static async Task<SlackStandIn> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var slack = new SlackStandIn(app);
        app.UseWebSockets();
        app.MapPost("/api/{method}", slack.CallAsync);
        app.MapPost("/upload/{file}", slack.UploadAsync);
        app.MapGet("/files/{file}", slack.DownloadAsync);
        app.MapPost("/actions/{id}", slack.RespondAsync);
        app.MapGet("/socket", slack.ConnectAsync);
        await app.StartAsync(cancellationToken);
        slack.Address = new Uri(app.Urls.Single() + "/");
        return slack;
    }

    /// <summary>Another workspace of the same Slack, with people, channels and messages of its own, and the same ids as anywhere. It ends with this one.</summary>
    public SlackStandIn Other(string team, string name) => new(_app, this) { Team = team, Name = name, Grants = Grants, Responses = Responses, Clock = Clock, Address = Address };

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets.Values)
            socket.Abort();

        await _app.DisposeAsync();
        _sending.Dispose();
    }

    /// <summary>The next call of <paramref name="method"/> is answered so.</summary>
    public void RefuseNext(string method, string error) =>
        _refusals.GetOrAdd(method, _ => new Queue<JsonObject>()).Enqueue(new JsonObject { ["ok"] = false, ["error"] = error });

    /// <summary>From now on for so many seconds <paramref name="method"/> is answered that it was called too often.</summary>
    public void Limit(string method, int seconds) => _limits[method] = (seconds, TimeProvider.System.GetUtcNow().AddSeconds(seconds));

    /// <summary>Calls that came although they had been told to wait.</summary>
    public ConcurrentQueue<string> Impatient { get; } = new();

    /// <summary>Clicks that were too old to open a window.</summary>
    public ConcurrentQueue<string> Expired { get; } = new();

    /// <summary>Sockets that are open now.</summary>
    public int Sockets => _sockets.Count;

    /// <summary>The sockets that something was acknowledged on, in order.</summary>
    public ConcurrentQueue<string> Acknowledged { get; } = new();

    /// <summary>Where requests go, and what they are signed with, when the bot takes them over HTTP; null: over its socket.</summary>
    public (Uri Address, string Secret)? Requests { get; set; }

    /// <summary>What the bot is given to be reached over HTTP.</summary>
    public string[] HttpArguments(string secret) => ["--Slack:ApiBaseUrl", $"{Address}api/", "--Slack:BotToken", BotToken, "--Slack:SigningSecret", secret, "--People:Defaults", "true"];

    /// <summary>
    /// Brings a payload to one of the sockets and returns what it is answered with. An event that is not acknowledged within three seconds comes again, at most
    /// three times; a click, a command or a window comes once, whatever becomes of it.
    /// </summary>
    public async Task<JsonObject?> DeliverAsync(string type, JsonObject payload, CancellationToken cancellationToken)
    {
        if ((string?)payload["trigger_id"] is { } trigger)
            Desk.Triggers[trigger] = Clock.GetUtcNow();

        if (_host is not null)
            return await _host.DeliverAsync(type, payload, cancellationToken);

        var isEvent = type == "events_api";
        if (Requests is { } requests)
        {
            var (taken, answer) = await SlackRequests.SendAsync(requests, type, payload, isEvent ? (Patience, Again) : (LongestAnswer, 0), cancellationToken);
            if (!taken)
                Lost.Enqueue(payload);

            return answer;
        }

        for (var attempt = 0; ; attempt++)
        {
            var envelope = Guid.NewGuid().ToString("N");
            var answered = new TaskCompletionSource<JsonObject?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var frame = new JsonObject { ["type"] = type, ["envelope_id"] = envelope, ["accepts_response_payload"] = !isEvent, ["payload"] = payload.DeepClone() };
            if (isEvent)
                (frame["retry_attempt"], frame["retry_reason"]) = (attempt, attempt == 0 ? "" : "timeout");

            var (id, socket) = await SocketAsync(cancellationToken);
            _unanswered[envelope] = (id, answered);
            await SendAsync(socket, frame, cancellationToken);
            if (await Task.WhenAny(answered.Task, Task.Delay(isEvent ? Patience : LongestAnswer, TimeProvider.System, cancellationToken)) == answered.Task)
                return await answered.Task;

            cancellationToken.ThrowIfCancellationRequested();
            if (!isEvent || attempt == Again)
            {
                Lost.Enqueue(payload);
                return null;
            }
        }
    }

    /// <summary>Says what Slack says before it closes a socket, and closes it.</summary>
    public async Task DropAsync(string reason, CancellationToken cancellationToken) => await CloseAsync(await WarnAsync(reason, cancellationToken), cancellationToken);

    /// <summary>Says what Slack says a while before it closes a socket; until then it is used as before.</summary>
    /// <returns>Which one it is.</returns>
    public async Task<string> WarnAsync(string reason, CancellationToken cancellationToken)
    {
        var (id, socket) = _sockets.First();
        await SendAsync(socket, new JsonObject { ["type"] = "disconnect", ["reason"] = reason }, cancellationToken);
        return id;
    }

    public async Task CloseAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            if (_sockets.TryRemove(id, out var socket) && socket.State == WebSocketState.Open)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "closed", cancellationToken);
        }
        catch (Exception fault) when (fault is WebSocketException or ObjectDisposedException)
        {
            // The other side closed it first.
        }
    }

    /// <summary>Any one of those that are open, in turn.</summary>
    private async Task<(string Id, WebSocket Socket)> SocketAsync(CancellationToken cancellationToken)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        do
        {
            var open = _sockets.Where(socket => socket.Value.State == WebSocketState.Open).ToList();
            if (open.Count > 0)
            {
                var next = open[(int)((uint)Interlocked.Increment(ref _turn) % (uint)open.Count)];
                return (next.Key, next.Value);
            }
        }
        while (await every.WaitForNextTickAsync(cancellationToken));

        throw new OperationCanceledException(cancellationToken);
    }

    private async Task SendAsync(WebSocket socket, JsonObject frame, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            // In two pieces, as any proxy on the way may make of it.
            var bytes = JsonSerializer.SerializeToUtf8Bytes(frame).AsMemory();
            await socket.SendAsync(bytes[..(bytes.Length / 2)], WebSocketMessageType.Text, false, cancellationToken);
            await socket.SendAsync(bytes[(bytes.Length / 2)..], WebSocketMessageType.Text, true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ConnectAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var id = Guid.NewGuid().ToString("N");
        await SendAsync(socket, new JsonObject { ["type"] = "hello", ["num_connections"] = Interlocked.Increment(ref _connected) }, context.RequestAborted);
        _sockets[id] = socket;
        var part = new byte[64 * 1024];
        try
        {
            while (await socket.ReceiveAsync(part, context.RequestAborted) is { MessageType: WebSocketMessageType.Text } received)
            {
                var answer = JsonNode.Parse(part.AsSpan(0, received.Count));
                if (answer?["envelope_id"]?.GetValue<string>() is not { } envelope || !_unanswered.TryGetValue(envelope, out var waiting) || waiting.Socket != id)
                    continue;

                // An acknowledgement counts on the socket that it is of, and on no other.
                Acknowledged.Enqueue(id);
                _unanswered.TryRemove(envelope, out _);
                waiting.Answer.TrySetResult(answer["payload"] as JsonObject);
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException)
        {
            // The other side went away.
        }
        finally
        {
            _sockets.TryRemove(id, out _);
            Interlocked.Decrement(ref _connected);
        }
    }

    private async Task<IResult> CallAsync(HttpContext context, string method)
    {
        Calls.Enqueue(method);
        if (!context.Request.HasFormContentType && context.Request.ContentLength > 0 && FormOnly.Contains(method))
            return Results.Json(Refusal("invalid_form_data"));

        var arguments = await ArgumentsAsync(context.Request);
        if (method == "oauth.v2.access")
            return Results.Json(_refusals.TryGetValue(method, out var given) && given.TryDequeue(out var no) ? no : Grants.Access(arguments));

        var error = "invalid_auth";
        var token = TokenOf(context);
        var team = method == "apps.connections.open" ? (token == AppToken ? this : null) : token == BotToken ? this : Grants.Find(token, out error);
        if (team is null)
            return Results.Json(new { ok = false, error });

        context.Response.Headers["x-oauth-scopes"] = token == AppToken ? "connections:write" : team.Scopes;
        if (method == "auth.revoke")
            return Results.Json(Grants.Revoke(token));

        if (_limits.TryGetValue(method, out var limit) && limit.Until > TimeProvider.System.GetUtcNow())
        {
            if (!_limited.TryAdd((method, limit.Until), true))
                Impatient.Enqueue(method);

            context.Response.Headers.RetryAfter = limit.Seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        return _refusals.TryGetValue(method, out var refusals) && refusals.TryDequeue(out var refusal) ? Results.Json(refusal) : Results.Json(team.Answer(method, arguments));
    }

    private static string TokenOf(HttpContext context) => context.Request.Headers.Authorization.ToString() is { Length: > 7 } bearer ? bearer["Bearer ".Length..] : "";

    private JsonObject Answer(string method, JsonObject call) => method switch
    {
        "auth.test" => Ok(("team_id", Team), ("user_id", SlackDesk.Bot), ("bot_id", "B0BOT")),
        "apps.connections.open" => Ok(("url", $"ws://{Address.Authority}/socket?ticket={Guid.NewGuid():N}")),
        "chat.postMessage" => Post(call),
        "chat.update" => Update(call),
        "chat.postEphemeral" => Whisper(call),
        "users.info" => About(call),
        "conversations.open" => OpenDirect(call),
        "conversations.info" => ChannelInfo(call),
        "conversations.list" => ChannelList(call),
        "conversations.history" => History(call, [.. Desk.Messages.Where(message => message.Thread is null).Reverse()]),
        "conversations.replies" => History(call, [.. Desk.Messages.Where(message => (message.Thread ?? message.Stamp) == (string?)call["ts"])]),
        "views.open" => OpenWindow(call),
        "views.publish" => ShowHome(call),
        "files.info" => FileInfo(call),
        "files.getUploadURLExternal" => Place(call),
        "files.completeUploadExternal" => Share(call),
        _ => Refusal("unknown_method"),
    };

    private JsonObject Post(JsonObject call)
    {
        if ((Fault(call) ?? Unmarked(call) ?? Closed((string)call["channel"]!) ?? Threadless(call)) is { } fault)
            return Refusal(fault);

        var message = Desk.Add((string)call["channel"]!, (string?)call["thread_ts"], SlackDesk.Bot, (string)call["text"]!, BlocksOf(call), call["metadata"] as JsonObject);
        return Ok(("channel", message.Channel), ("ts", message.Stamp));
    }

    private JsonObject Update(JsonObject call) => (Fault(call) ?? (Closed((string)call["channel"]!) is "is_archived" and var archived ? archived : null)) is { } fault
        ? Refusal(fault)
        : ((string)call["text"]!).Length > LongestChange
            ? Refusal("msg_too_long")
            : Desk.Change((string)call["channel"]!, (string)call["ts"]!, (string)call["text"]!, call["blocks"] is null && call["attachments"] is null ? null : BlocksOf(call)) ? Ok(("ts", (string)call["ts"]!)) : Refusal("message_not_found");

    private JsonObject About(JsonObject call)
    {
        var id = (string)call["user"]!;
        var about = Ok();
        about["user"] = new JsonObject
        {
            ["id"] = id, ["team_id"] = Team, ["is_restricted"] = Desk.Guests.Contains(id), ["is_email_confirmed"] = Desk.Emails.ContainsKey(id),
            ["profile"] = new JsonObject { ["display_name"] = Desk.Names.GetValueOrDefault(id, ""), ["real_name"] = id, ["email"] = Desk.Emails.GetValueOrDefault(id) },
        };
        return about;
    }

    private static JsonObject OpenDirect(JsonObject call)
    {
        var opened = Ok();
        opened["channel"] = new JsonObject { ["id"] = $"D{((string)call["users"]!)[1..]}" };
        return opened;
    }

    private JsonObject ChannelInfo(JsonObject call)
    {
        var id = (string)call["channel"]!;
        if (Desk.Channels.GetValueOrDefault(id, SlackChannelState.Joined) is not (not SlackChannelState.Unseen and var state))
            return Refusal("channel_not_found");

        var about = Ok();
        about["channel"] = new JsonObject
        {
            ["id"] = id, ["name"] = id[2..].ToLowerInvariant(), ["is_member"] = state == SlackChannelState.Joined, ["is_archived"] = state == SlackChannelState.Archived,
        };
        return about;
    }

    /// <summary>One to a page, so that whoever looks for one has to turn pages. A private channel that the bot is not in is not among them.</summary>
    private JsonObject ChannelList(JsonObject call)
    {
        var all = Desk.Channels.Where(channel => channel.Value != SlackChannelState.Unseen).Select(channel => channel.Key).Order(StringComparer.Ordinal).ToList();
        var at = int.TryParse((string?)call["cursor"], out var page) ? page : 0;
        var listed = Ok();
        listed["channels"] = new JsonArray([.. all.Skip(at).Take(1).Select(id => new JsonObject { ["id"] = id, ["name"] = id[2..].ToLowerInvariant() })]);
        listed["response_metadata"] = new JsonObject { ["next_cursor"] = at + 1 < all.Count ? $"{at + 1}" : "" };
        return listed;
    }

    /// <summary>A thread needs the message above it.</summary>
    private string? Threadless(JsonObject call) => (string?)call["thread_ts"] is { } thread && !Desk.Messages.Any(message => message.Channel == (string)call["channel"]! && message.Stamp == thread) ? "thread_not_found" : null;

    /// <summary>A channel tells its newest first, a thread its oldest; page by page, with what our messages are marked with.</summary>
    private JsonObject History(JsonObject call, IReadOnlyList<SlackMessage> all)
    {
        var channel = (string)call["channel"]!;
        if (Closed(channel) is { } closed and not "is_archived")
            return Refusal(closed);

        var there = all.Where(message => message.Channel == channel).ToList();
        var from = int.TryParse((string?)call["cursor"], out var cursor) ? cursor : 0;
        var most = int.TryParse((string?)call["limit"], out var limit) ? Math.Min(limit, MostListed) : MostListed;
        var told = Ok();
        told["response_metadata"] = new JsonObject { ["next_cursor"] = from + most < there.Count ? $"{from + most}" : "" };
        told["messages"] = new JsonArray(
        [
            .. there.Skip(from).Take(most).Select(message => new JsonObject
            {
                ["type"] = "message", ["ts"] = message.Stamp, ["user"] = message.User, ["text"] = message.Text, ["thread_ts"] = message.Thread,
                ["metadata"] = (string?)call["include_all_metadata"] == "true" ? message.Mark?.DeepClone() : null,
            }),
        ]);
        return told;
    }

    private JsonObject Whisper(JsonObject call)
    {
        if ((Fault(call) ?? Closed((string)call["channel"]!) ?? Threadless(call)) is { } fault)
            return Refusal(fault);

        Desk.Whispers.Enqueue(((string)call["channel"]!, (string)call["user"]!, (string)call["text"]!));
        return Ok(("message_ts", Desk.Next()));
    }

    private JsonObject OpenWindow(JsonObject call)
    {
        var window = call["view"]!.AsObject();
        if ((string?)call["trigger_id"] is not { } trigger || !Desk.Triggers.TryGetValue(trigger, out var at))
            return Refusal("invalid_trigger_id");

        if (!_exchanged.TryAdd(trigger, true))
            return Refusal("exchanged_trigger_id");

        if (Clock.GetUtcNow() - at > TriggersHold)
        {
            Expired.Enqueue(trigger);
            return Refusal("expired_trigger_id");
        }

        if (BlockLimits.BrokenWindow(window).FirstOrDefault() is { } fault)
            return Refusal("invalid_arguments", fault);

        Desk.Windows.Enqueue((JsonObject)window.DeepClone());
        return Ok();
    }

    private JsonObject ShowHome(JsonObject call)
    {
        var blocks = call["view"]!["blocks"]!.AsArray();
        if (BlockLimits.BrokenHome(call["view"]!.AsObject()).FirstOrDefault() is { } fault)
            return Refusal("invalid_arguments", fault);

        var person = (string)call["user_id"]!;
        if ((string?)call["hash"] is { } hash && Desk.Homes.TryGetValue(person, out var shown) && shown.Stamp != hash)
            return Refusal("hash_conflict");

        var home = Desk.Homes[person] = new SlackMessage("home", Desk.Next(), null, SlackDesk.Bot, "", (JsonArray)blocks.DeepClone(), Edited: false);
        var answer = Ok();
        answer["view"] = new JsonObject { ["id"] = $"V{person}", ["hash"] = home.Stamp };
        return answer;
    }

    private JsonObject FileInfo(JsonObject call)
    {
        var id = (string)call["file"]!;
        if (!Desk.Files.TryGetValue(id, out var file))
            return Refusal("file_not_found");

        var about = Ok();
        about["file"] = new JsonObject { ["id"] = id, ["name"] = file.Name, ["mode"] = "hosted", ["size"] = file.Bytes.Length, ["url_private_download"] = $"{Address}files/{id}" };
        return about;
    }

    private JsonObject Place(JsonObject call) => (string?)call["length"] is null or "0"
        ? Refusal("missing_argument")
        : Desk.Next().Replace(".", "", StringComparison.Ordinal) is var number ? Ok(("upload_url", $"{Address}upload/F{number}"), ("file_id", $"F{number}")) : Refusal("fatal_error");

    /// <summary>A file that is shared in a conversation is a message there with its name.</summary>
    private JsonObject Share(JsonObject call)
    {
        if ((string?)call["channel_id"] is { } channel)
            Desk.Add(channel, (string?)call["thread_ts"], SlackDesk.Bot, $"file {call["files"]![0]!["title"]}: {call["files"]![0]!["id"]}", []);

        return Ok();
    }

    private async Task<IResult> RespondAsync(HttpContext context, string id) =>
        Responses.Use(id, await ArgumentsAsync(context.Request)) is { } refused ? Results.Json(Refusal(refused), statusCode: StatusCodes.Status404NotFound) : Results.Text("ok");

    private async Task<IResult> UploadAsync(HttpContext context, string file)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        Desk.Files[file] = ("picture.png", bytes.ToArray());
        return Results.Text($"OK - {bytes.Length}");
    }

    private IResult DownloadAsync(HttpContext context, string file) =>
        (TokenOf(context) is BotToken ? this : Grants.Find(TokenOf(context), out _))?.Desk.Files.TryGetValue(file, out var known) == true
            ? Results.Bytes(known.Bytes, "application/octet-stream")
            : Results.Content("<html>Sign in</html>", "text/html");

    private string? Closed(string channel) => Desk.Channels.GetValueOrDefault(channel, SlackChannelState.Joined) switch
    {
        SlackChannelState.Archived => "is_archived",
        SlackChannelState.NotJoined => "not_in_channel",
        SlackChannelState.Unseen => "channel_not_found",
        _ => null,
    };

    /// <summary>What a message is marked with has a name and an object.</summary>
    private static string? Unmarked(JsonObject call) =>
        call["metadata"] is not { } mark ? null
        : (string?)mark["event_type"] is not { Length: > 0 } ? "invalid_metadata_format"
        : mark["event_payload"] is JsonObject ? null : "invalid_metadata_schema";

    internal static string? Fault(JsonObject call)
    {
        if (string.IsNullOrEmpty((string?)call["text"]) && call["blocks"] is null)
            return "no_text";

        if (((string?)call["text"])?.Length > LongestText)
            return "msg_too_long";

        if (BlocksOf(call) is not { Count: > 0 } blocks)
            return null;

        return BlockLimits.IsTooLong(blocks) ? "msg_blocks_too_long" : BlockLimits.BrokenMessage(blocks).Any() ? "invalid_blocks" : null;
    }

    internal static JsonArray BlocksOf(JsonObject call) =>
        [.. ((call["blocks"] as JsonArray) ?? []).Concat((call["attachments"] as JsonArray ?? []).SelectMany(attachment => attachment?["blocks"] as JsonArray ?? [])).Select(block => block!.DeepClone())];

    private static async Task<JsonObject> ArgumentsAsync(HttpRequest request)
    {
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync();
            return new JsonObject(form.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.ToString())));
        }

        using var body = new StreamReader(request.Body);
        return await body.ReadToEndAsync() is { Length: > 0 } json ? JsonNode.Parse(json)!.AsObject() : [];
    }

    private static JsonObject Ok(params (string Name, string Value)[] fields)
    {
        var answer = new JsonObject { ["ok"] = true };
        foreach (var (name, value) in fields)
            answer[name] = value;

        return answer;
    }

    private static JsonObject Refusal(string error, string? details = null) => details is null
        ? new JsonObject { ["ok"] = false, ["error"] = error }
        : new JsonObject { ["ok"] = false, ["error"] = error, ["response_metadata"] = new JsonObject { ["messages"] = new JsonArray(details) } };
}
