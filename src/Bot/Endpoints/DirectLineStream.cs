using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Bot.Endpoints;

/// <summary>The socket: first everything after the watermark, then what comes, each exactly once.</summary>
internal static class DirectLineStream
{
    public static async Task ConnectAsync(
        HttpContext context, string id, string? watermark, string? t, LocalSessions sessions, IActivityLog log, ConversationHub hub,
        IHostApplicationLifetime lifetime)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (sessions.UseTicket(t) is not { } person || DirectLineEndpoints.AddressOf(person) != id)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var reading = DrainAsync(socket, ends);
        try
        {
            await SendAllAsync(socket, LocalSessions.ConversationOf(person), DirectLineEndpoints.Watermark(watermark), log, hub, ends.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException)
        {
            // The page went away or the program ends.
        }

        await CloseAsync(socket);
        await ends.CancelAsync();
        await reading;
    }

    private static async Task SendAllAsync(
        WebSocket socket, ConversationId conversation, long watermark, IActivityLog log, ConversationHub hub, CancellationToken cancellationToken)
    {
        // Listening begins before the log is read, so that nothing falls between; what comes twice is told by its number.
        using var listener = hub.Listen(conversation);
        var seen = watermark;
        var missed = await DirectLineEndpoints.ShownAsync(log, conversation, watermark, cancellationToken);
        if (missed.Count > 0)
        {
            // All in one frame: the page lays it out once and stands at its end at once.
            seen = missed[^1].Number;
            await SendAsync(socket, missed.Select(logged => logged.Activity), seen, cancellationToken);
        }

        await foreach (var frame in listener.Frames.ReadAllAsync(cancellationToken))
        {
            if (frame.Watermark is { } number)
            {
                if (number <= seen)
                    continue;

                seen = number;
            }

            await SendAsync(socket, [frame.Activity], frame.Watermark, cancellationToken);
        }
    }

    private static Task SendAsync(WebSocket socket, IEnumerable<JsonObject> activities, long? watermark, CancellationToken cancellationToken)
    {
        var frame = new JsonObject { ["activities"] = new JsonArray([.. activities.Select(activity => activity.DeepClone())]) };
        if (watermark is { } number)
            frame["watermark"] = number.ToString(CultureInfo.InvariantCulture);

        return socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame), WebSocketMessageType.Text, true, cancellationToken);
    }

    /// <summary>The page sends empty frames to keep the line open; they are read away until it closes.</summary>
    private static async Task DrainAsync(WebSocket socket, CancellationTokenSource ends)
    {
        var buffer = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer, ends.Token)).MessageType != WebSocketMessageType.Close)
            {
                // Nothing is said on this line by the page.
            }

            await ends.CancelAsync();
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // Closed from either side.
        }
    }

    private static async Task CloseAsync(WebSocket socket)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            return;

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException)
        {
            // Gone already.
        }
    }
}
