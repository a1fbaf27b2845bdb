using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Bot.Tests;

/// <summary>One browser of one person, without the page: session cookie, token, and the calls that Web Chat makes.</summary>
internal sealed class ChatClient : IDisposable
{
    /// <summary>How long an answer is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly HttpClient _http;

    private ChatClient(Uri address) =>
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), UseProxy = false }) { BaseAddress = address };

    public string Conversation { get; private set; } = "";

    public string Token { get; private set; } = "";

    public HttpClient Http => _http;

    /// <summary>Opens the page as a person and takes a token.</summary>
    public static async Task<ChatClient> OpenAsync(Uri address, string person, CancellationToken cancellationToken)
    {
        var client = new ChatClient(address);
        using var page = await client._http.GetAsync($"/?user={person}", cancellationToken);
        page.EnsureSuccessStatusCode();
        using var generated = await client._http.PostAsJsonAsync("/v3/directline/tokens/generate", new { }, cancellationToken);
        generated.EnsureSuccessStatusCode();
        client.Take(await ReadAsync(generated, cancellationToken));
        return client;
    }

    /// <summary>A client that has opened no page: no cookie, no token.</summary>
    public static ChatClient Stranger(Uri address) => new(address);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return _http.SendAsync(request, cancellationToken);
    }

    /// <summary>Says something and returns the activity's id.</summary>
    public async Task<string> SayAsync(string text, CancellationToken cancellationToken, string? clientId = null)
    {
        using var answer = await PostAsync(Message(text, clientId), cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (string)(await ReadAsync(answer, cancellationToken))["id"]!;
    }

    public Task<HttpResponseMessage> PostAsync(JsonObject activity, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"/v3/directline/conversations/{Conversation}/activities", Json(activity), cancellationToken);

    /// <summary>As Web Chat does it: the activity is a file part, and comes first. Returns the attachment as it is shown.</summary>
    public async Task<JsonObject> UploadAsync(byte[] bytes, string name, string contentType, CancellationToken cancellationToken, string? clientId = null)
    {
        var activity = Message("", clientId);
        activity["attachments"] = new JsonArray(new JsonObject { ["name"] = name, ["contentType"] = contentType });
        var described = new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/vnd.microsoft.activity");
        described.Headers.ContentDisposition = ContentDispositionHeaderValue.Parse("form-data; name=\"activity\"; filename=\"blob\"");
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{name.Replace("\\", "\\\\", StringComparison.Ordinal)}\"");
        using var form = new MultipartFormDataContent("B") { described, file };

        using var answer = await SendAsync(HttpMethod.Post, $"/v3/directline/conversations/{Conversation}/upload?userId=somebody-else", form, cancellationToken);

        answer.EnsureSuccessStatusCode();
        var id = (string)(await ReadAsync(answer, cancellationToken))["id"]!;
        var shown = (await ActivitiesAsync(cancellationToken)).Single(logged => (string?)logged["id"] == id);
        return shown["attachments"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
    }

    public async Task<IReadOnlyList<JsonObject>> ActivitiesAsync(CancellationToken cancellationToken, string watermark = "")
    {
        using var answer = await SendAsync(HttpMethod.Get, $"/v3/directline/conversations/{Conversation}/activities?watermark={watermark}", null, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return [.. (await ReadAsync(answer, cancellationToken))["activities"]!.AsArray().Select(activity => activity!.AsObject())];
    }

    /// <summary>Polls until an activity is as asked, for at most the test's own patience.</summary>
    public async Task<JsonObject> WaitForAsync(Func<JsonObject, bool> isAsAsked, CancellationToken cancellationToken)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        do
        {
            if ((await ActivitiesAsync(cancellationToken)).FirstOrDefault(isAsAsked) is { } found)
                return found;
        }
        while (await every.WaitForNextTickAsync(cancellationToken));

        throw new OperationCanceledException(cancellationToken);
    }

    /// <summary>Until the bot has said something that contains a text.</summary>
    public async Task<JsonObject> SeesAsync(string text, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await WaitForAsync(
                activity => (string?)activity["from"]?["role"] == "bot" && activity.ToJsonString().Contains(text, StringComparison.Ordinal), patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"Nothing with \"{text}\" was said within {Patience.TotalMinutes:0} minutes.");
        }
    }

    /// <summary>A fresh one-time address for the socket.</summary>
    public async Task<Uri> StreamAddressAsync(CancellationToken cancellationToken, string watermark = "")
    {
        using var answer = await SendAsync(HttpMethod.Get, $"/v3/directline/conversations/{Conversation}?watermark={watermark}", null, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return new Uri((string)(await ReadAsync(answer, cancellationToken))["streamUrl"]!);
    }

    public async Task<ChatSocket> ListenAsync(CancellationToken cancellationToken, string watermark = "") =>
        await ChatSocket.ConnectAsync(await StreamAddressAsync(cancellationToken, watermark), cancellationToken);

    public static JsonObject Message(string text, string? clientId = null) => new()
    {
        ["type"] = "message",
        ["text"] = text,
        ["from"] = new JsonObject { ["id"] = "somebody-else" },
        ["channelData"] = new JsonObject { ["clientActivityID"] = clientId ?? Guid.NewGuid().ToString("N") },
    };

    public static async Task<JsonObject> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        (await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!;

    public static StringContent Json(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    public void Dispose() => _http.Dispose();

    private void Take(JsonObject generated)
    {
        Conversation = (string)generated["conversationId"]!;
        Token = (string)generated["token"]!;
    }
}

/// <summary>The socket of a conversation.</summary>
internal sealed class ChatSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();

    public static async Task<ChatSocket> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var socket = new ChatSocket();
        await socket._socket.ConnectAsync(address, cancellationToken);
        return socket;
    }

    public Task SendAsync(string text, CancellationToken cancellationToken) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, cancellationToken);

    /// <summary>The next frame, or null when the other side has closed.</summary>
    public async Task<JsonObject?> NextAsync(CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        WebSocketReceiveResult read;
        do
        {
            read = await _socket.ReceiveAsync(buffer, cancellationToken);
            if (read.MessageType == WebSocketMessageType.Close)
                return null;

            text.Write(buffer, 0, read.Count);
        }
        while (!read.EndOfMessage);

        return JsonSerializer.Deserialize<JsonObject>(text.ToArray());
    }

    /// <summary>Reads on until an activity is as asked; everything that came, in order, ends with it.</summary>
    public async Task<IReadOnlyList<JsonObject>> UntilAsync(Func<JsonObject, bool> isAsAsked, CancellationToken cancellationToken)
    {
        var came = new List<JsonObject>();
        while (await NextAsync(cancellationToken) is { } frame)
        {
            foreach (var activity in frame["activities"]!.AsArray())
                came.Add(activity!.AsObject());

            if (came.Any(isAsAsked))
                return came;
        }

        throw new InvalidOperationException($"The socket was closed after {came.Count} activities.");
    }

    public void Dispose() => _socket.Dispose();
}
