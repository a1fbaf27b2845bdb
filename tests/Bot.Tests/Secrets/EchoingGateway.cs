using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatOpsCampaigns.Bot.Tests.Secrets;

/// <summary>A gateway on loopback that takes nothing: it answers 500 and says every header and the body back.</summary>
internal sealed class EchoingGateway : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly Task _serving;

    public EchoingGateway()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port { get; }

    /// <summary>Requests, headers and body, in the order of arrival.</summary>
    public IReadOnlyList<string> Seen => [.. _seen];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                await AnswerAsync(await _listener.GetContextAsync());
        }
        catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
        {
            // The gateway is closed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var headers = string.Join('\n', context.Request.Headers.AllKeys.Select(name => $"{name}: {context.Request.Headers[name]}"));
        var seen = $"{context.Request.Url}\n{headers}\n{await reader.ReadToEndAsync()}";
        _seen.Enqueue(seen);
        context.Response.StatusCode = 500;
        context.Response.StatusDescription = "no";
        context.Response.Headers["X-Echo"] = context.Request.Headers["Authorization"] ?? "";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(seen));
        context.Response.Close();
    }
}
