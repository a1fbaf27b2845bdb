// Long because a connection and its successor, from the first hello to every reason for its end, are one story.
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

/// <summary>
/// Socket Mode: we connect to Slack, so that no public address is needed. Two sockets are kept open; before one is closed by Slack its
/// successor is open. What arrives is kept, then acknowledged on the socket that it came by; what could not be kept is not, and an event comes again.
/// </summary>
internal sealed partial class SlackSocket(SlackApi api, SlackSettings settings, SlackIntake intake, TimeProvider machine, ILogger<SlackSocket> log) : IEar
{
    private const string NotOpened = "no connection to it stands; number 413 of the log says why";
    private const string Off = "Socket Mode is switched off in the app's settings; switch it on there";

    private const int Sockets = 2;
    private const int LargestFrame = 1024 * 1024;

    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan SwitchedOffWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(10);
    /// <summary>Until a connection is open, and until Slack says hello on it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan NoPong = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private int _open;
    private long _closedSince = machine.GetTimestamp();
    private volatile string _why = NotOpened;

    /// <summary>How many sockets have said hello and are still open.</summary>
    public int Open => Volatile.Read(ref _open);

    public string Chat => "Slack";

    public string Why => _why;

    public TimeSpan? DeafFor
    {
        get
        {
            lock (_gate)
                return _open > 0 ? null : machine.GetElapsedTime(_closedSince);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var slots = new List<Task>();
        for (var slot = 0; slot < Sockets; slot++)
        {
            if (slot > 0)
                await Task.Delay(Apart, machine, cancellationToken);

            slots.Add(KeepOpenAsync(cancellationToken));
        }

        await Task.WhenAll(slots);
    }

    /// <summary>Opens one connection until Slack says hello on it, and lets go of it.</summary>
    /// <exception cref="SlackException">Slack does not let us open one.</exception>
    /// <exception cref="WebSocketException">It does not come about, or nothing is said on it.</exception>
    public static async Task ProveAsync(SlackApi api, SlackSettings settings, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, api.Machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var connection = await ConnectAsync(api, settings, either.Token);
            while (await connection.ReceiveAsync(either.Token) is { } bytes)
            {
                if (SlackPayload.Read(bytes).Content.Word("type") == "hello")
                    return;
            }
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WebSocketException(Said(fault), fault);
        }

        throw new WebSocketException("Slack closed it before it said hello");
    }

    private async Task KeepOpenAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var ending = Ending.Broken;
            var began = machine.GetTimestamp();
            try
            {
                var connection = await ConnectAsync(api, settings, cancellationToken);
                var served = ServeAsync(connection, cancellationToken);

                // The successor takes over while this one is served to its end.
                var isRefreshed = await Task.WhenAny(served, connection.Refresh.Task) != served;
                if (!isRefreshed)
                    ending = await served;

                // One that is taken away as soon as it is open is waited for longer each time.
                failures = connection.SaidHello && machine.GetElapsedTime(began) > Settled ? 0 : failures + 1;
                if (isRefreshed && failures == 0)
                    continue;
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                failures++;
                NotConnected(Said(fault));
                if (fault is SlackException { Kind: SlackFault.Workspace } refused)
                    (ending, _why) = (Ending.SwitchedOff, $"Slack refuses Slack:AppToken ({refused.Error}); set one that it takes");
            }

            await Task.Delay(ending == Ending.SwitchedOff ? SwitchedOffWait : Wait(failures), machine, cancellationToken);
        }
    }

    private static async Task<Connection> ConnectAsync(SlackApi api, SlackSettings settings, CancellationToken cancellationToken)
    {
        var answer = await api.CallAsync(new SlackCall("apps.connections.open", settings.AppToken!, "app", [], IsForm: true), cancellationToken);
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = Ping;
        socket.Options.KeepAliveTimeout = NoPong;
        using var patience = new CancellationTokenSource(Patience, api.Machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(new Uri(answer.Word("url")!), either.Token);
            return new Connection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<Ending> ServeAsync(Connection connection, CancellationToken cancellationToken)
    {
        using (connection)
        {
            try
            {
                return await ReadAsync(connection, cancellationToken);
            }
            catch (Exception fault) when (fault is WebSocketException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                NotConnected(Said(fault));
                return Ending.Broken;
            }
            finally
            {
                if (connection.SaidHello)
                    Count(-1);
            }
        }
    }

    private void Count(int more)
    {
        lock (_gate)
        {
            _open += more;
            _closedSince = machine.GetTimestamp();
            if (more > 0)
                _why = NotOpened;
        }
    }

    private async Task<Ending> ReadAsync(Connection connection, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        while (await connection.ReceiveAsync(connection.SaidHello ? cancellationToken : either.Token) is { } bytes)
        {
            var read = SlackPayload.Read(bytes);
            if (read.Content is not { } frame)
            {
                SlackRefusals.NotRead(log, read.Wrong);
                continue;
            }

            switch (frame.Word("type"))
            {
                case "hello" when !connection.SaidHello:
                    connection.SaidHello = true;
                    Count(1);
                    break;
                case "disconnect" when frame.Word("reason") == "link_disabled":
                    SwitchedOff();
                    _why = Off;
                    return Ending.SwitchedOff;
                case "disconnect" when frame.Word("reason") == "too_many_websockets":
                    return Ending.Broken;
                case "disconnect":
                    connection.Refresh.TrySetResult();
                    break;
                default:
                    _ = TakeAsync(connection, frame, cancellationToken);
                    break;
            }
        }

        return Ending.Broken;
    }

    /// <summary>Kept, then acknowledged. Side by side, so that a slow one delays no other's three seconds.</summary>
    private async Task TakeAsync(Connection connection, JsonObject frame, CancellationToken cancellationToken)
    {
        if (frame.Word("envelope_id") is not { } envelope)
            return;

        try
        {
            var sent = frame.Object("payload") is { } payload ? SlackPayload.Of(payload) : null;
            if (sent is { Content: null })
                SlackRefusals.NotRead(log, sent.Wrong);

            var answer = sent?.Content is { } content ? await intake.TakeAsync(content, cancellationToken) : null;
            var told = new JsonObject { ["envelope_id"] = envelope };
            if (answer is not null && frame.Flag("accepts_response_payload"))
                told["payload"] = answer;

            await connection.SendAsync(told, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotTaken(fault);
        }
    }

    /// <summary>Without a stack: it is written every time, for as long as Slack cannot be reached.</summary>
    private static string Said(Exception fault) => fault is OperationCanceledException ? $"nothing came in {Patience.TotalSeconds:0} s" : fault.Message;

    private static TimeSpan Wait(int failures)
    {
        var longest = Math.Min(LongestWait.TotalSeconds, ShortestWait.TotalSeconds * Math.Pow(2, Math.Min(failures, 10)));
        return TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)(longest * 500), (int)(longest * 1000) + 1));
    }

    private enum Ending
    {
        Broken,
        SwitchedOff,
    }

    private sealed class Connection(ClientWebSocket socket) : IDisposable
    {
        private readonly SemaphoreSlim _sending = new(1);

        public TaskCompletionSource Refresh { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool SaidHello { get; set; }

        /// <summary>The next frame, whole; null when the socket is closed.</summary>
        public async Task<byte[]?> ReceiveAsync(CancellationToken cancellationToken)
        {
            using var whole = new MemoryStream();
            var part = new byte[16 * 1024];
            while (true)
            {
                var received = await socket.ReceiveAsync(part.AsMemory(), cancellationToken);
                if (received.MessageType == WebSocketMessageType.Close)
                    return null;

                whole.Write(part, 0, received.Count);
                if (whole.Length > LargestFrame)
                    throw new WebSocketException(WebSocketError.HeaderError, "Slack sent a frame that is larger than 1 MB.");

                if (received.EndOfMessage)
                    return whole.ToArray();
            }
        }

        public async Task SendAsync(JsonObject frame, CancellationToken cancellationToken)
        {
            await _sending.WaitAsync(cancellationToken);
            try
            {
                await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            }
            finally
            {
                _sending.Release();
            }
        }

        public void Dispose()
        {
            socket.Dispose();
            _sending.Dispose();
        }
    }

    [LoggerMessage(EventId = 413, Level = LogLevel.Warning, Message = "No connection to Slack; it is tried again: {Why}")]
    private partial void NotConnected(string why);

    [LoggerMessage(EventId = 414, Level = LogLevel.Error, Message = "Socket Mode is switched off in the app's settings; nothing arrives from Slack until it is on again.")]
    private partial void SwitchedOff();

    [LoggerMessage(EventId = 415, Level = LogLevel.Error, Message = "What Slack sent could not be kept; it was not acknowledged. An event comes again; whoever pressed or commanded something is told to do it once more.")]
    private partial void NotTaken(Exception fault);
}
