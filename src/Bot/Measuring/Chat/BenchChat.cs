using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ChatOpsCampaigns.Bot.Inbox;

namespace ChatOpsCampaigns.Bot.Measuring.Chat;

/// <summary>A browser without its page: session, token, socket, and the calls that Web Chat makes. Everything that comes is stamped by the machine's clock.</summary>
internal sealed class BenchChat : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(100);

    private readonly BenchHost _host;
    private readonly HttpClient _http;
    private readonly ClientWebSocket _socket = new();
    private readonly Channel<Shown> _came = Channel.CreateUnbounded<Shown>();
    private Task _listening = Task.CompletedTask;
    private string _conversation = "";

    private BenchChat(BenchHost host) =>
        (_host, _http) = (host, new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), UseProxy = false }) { BaseAddress = host.Address });

    public static async Task<BenchChat> OpenAsync(BenchHost host, string person, CancellationToken cancellationToken)
    {
        var chat = new BenchChat(host);
        using var page = await chat._http.GetAsync($"/?user={person}", cancellationToken);
        page.EnsureSuccessStatusCode();
        var session = await chat.AskAsync(new HttpRequestMessage(HttpMethod.Post, "/v3/directline/tokens/generate"), cancellationToken);
        chat._conversation = (string)session["conversationId"]!;
        chat._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)session["token"]!);

        var opened = await chat.AskAsync(new HttpRequestMessage(HttpMethod.Get, $"/v3/directline/conversations/{chat._conversation}"), cancellationToken);
        await chat._socket.ConnectAsync(new Uri((string)opened["streamUrl"]!), cancellationToken);
        chat._listening = chat.ListenAsync(cancellationToken);
        return chat;
    }

    /// <summary>Says one line and waits until the bot has nothing more to say to it.</summary>
    /// <param name="replies">How many different messages of the bot count as its answer.</param>
    public async Task<Answered> SayAsync(string text, CancellationToken cancellationToken, int replies = 1)
    {
        var body = new StringContent(Message(text).ToJsonString(), Encoding.UTF8, "application/json");
        return await SendAsync("activities", body, () => null, replies, cancellationToken);
    }

    /// <summary>Drops files, as Web Chat does it: one form, the activity first.</summary>
    public async Task<Answered> DropAsync(IReadOnlyList<(string Name, byte[] Bytes)> files, CancellationToken cancellationToken)
    {
        var form = new MultipartFormDataContent { { new StringContent(Message("").ToJsonString(), Encoding.UTF8, "application/vnd.microsoft.activity"), "activity", "blob" } };
        foreach (var (name, bytes) in files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(part, "file", name);
        }

        var body = new StampedContent(form, _host.Machine);
        return await SendAsync("upload", body, () => body.LastByte, files.Count, cancellationToken);
    }

    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
        _http.Dispose();
    }

    private async Task<Answered> SendAsync(string path, HttpContent body, Func<long?> lastByte, int replies, CancellationToken cancellationToken)
    {
        await QuietAsync(cancellationToken);
        var sent = _host.Machine.GetTimestamp();
        await AskAsync(new HttpRequestMessage(HttpMethod.Post, $"/v3/directline/conversations/{_conversation}/{path}") { Content = body }, cancellationToken);
        var posted = _host.Machine.GetTimestamp();

        var shown = new HashSet<string>();
        var at = posted;
        while (shown.Count < replies)
        {
            var one = await _came.Reader.ReadAsync(cancellationToken);
            if (one.IsByBot && shown.Add(one.Id))
                at = one.At;
        }

        return new Answered(sent, lastByte() ?? posted, posted, at);
    }

    /// <summary>Until no turn is under way and nothing has come for a moment; what came is not part of the next answer.</summary>
    private async Task QuietAsync(CancellationToken cancellationToken)
    {
        var turns = _host.Get<TurnWorker>();
        using var looks = new PeriodicTimer(Look, _host.Machine);
        var since = _host.Machine.GetTimestamp();
        while (turns.Busy > 0 || _host.Machine.GetElapsedTime(since) < Silence)
        {
            if (turns.Busy > 0)
                since = _host.Machine.GetTimestamp();

            while (_came.Reader.TryRead(out _))
                since = _host.Machine.GetTimestamp();

            await looks.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                using var text = new MemoryStream();
                ValueWebSocketReceiveResult read;
                do
                {
                    read = await _socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                    text.Write(buffer, 0, read.Count);
                }
                while (!read.EndOfMessage);

                Keep(text.ToArray(), _host.Machine.GetTimestamp());
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            _came.Writer.TryComplete(fault);
        }
    }

    private void Keep(byte[] frame, long at)
    {
        if (frame.Length == 0 || JsonNode.Parse(frame)?["activities"] is not JsonArray activities)
            return;

        foreach (var activity in activities)
        {
            var byBot = (string?)activity!["type"] == "message" && (string?)activity["from"]?["role"] == "bot";
            _came.Writer.TryWrite(new Shown((string?)activity["id"] ?? "", byBot, at));
        }
    }

    private async Task<JsonNode> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
        }
    }

    private static JsonObject Message(string text) => new()
    {
        ["type"] = "message",
        ["text"] = text,
        ["channelData"] = new JsonObject { ["clientActivityID"] = Guid.NewGuid().ToString("N") },
    };

    /// <summary>One activity of the socket. Only messages of the bot can be seen by people; typing is none.</summary>
    private sealed record Shown(string Id, bool IsByBot, long At);

    /// <summary>Notes when its last byte was handed over.</summary>
    private sealed class StampedContent : HttpContent
    {
        private readonly HttpContent _inner;
        private readonly TimeProvider _machine;

        public StampedContent(HttpContent inner, TimeProvider machine)
        {
            (_inner, _machine) = (inner, machine);
            foreach (var (name, values) in inner.Headers)
                Headers.TryAddWithoutValidation(name, values);
        }

        public long? LastByte { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await _inner.CopyToAsync(stream);
            await stream.FlushAsync();
            LastByte = _machine.GetTimestamp();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _inner.Headers.ContentLength ?? 0;
            return _inner.Headers.ContentLength is not null;
        }

        protected override void Dispose(bool disposing)
        {
            _inner.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>One turn in the machine's timestamps: the call was made, its last byte was sent, it was answered, the bot's answer was there.</summary>
internal sealed record Answered(long Sent, long LastByte, long Posted, long Shown);
