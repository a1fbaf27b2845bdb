using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>A gateway on loopback that takes everything and keeps the key of every message that reached it, also of one sent twice.</summary>
internal sealed class CountingGateway : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<string> _keys = new();
    private readonly Task _serving;

    public CountingGateway()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public IReadOnlyList<string> Keys => [.. _keys];

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
            {
                var context = await _listener.GetContextAsync();
                _keys.Enqueue(context.Request.Headers["Idempotency-Key"] ?? "");
                context.Response.StatusCode = 200;
                context.Response.Close();
            }
        }
        catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
        {
            // The gateway is closed.
        }
    }
}
