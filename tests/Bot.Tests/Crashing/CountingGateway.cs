using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Net;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>A gateway and a mail server on loopback that take everything and keep the key of every message that reached them, also of one sent twice.</summary>
internal sealed class CountingGateway : IAsyncDisposable
{
    private const string MessageId = "Message-Id:";

    private readonly HttpListener _listener = new();
    private readonly LoopbackMailbox _mail = new();
    private readonly ConcurrentQueue<string> _keys = new();
    private readonly Task _serving;
    private readonly string _address;

    public CountingGateway()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            _address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(_address);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>What tells the program of them.</summary>
    public string[] Arguments =>
    [
        "--Alerts:Sms:Url", _address, "--Alerts:Email:Host", "127.0.0.1", "--Alerts:Email:Port", _mail.Port.ToString(CultureInfo.InvariantCulture),
        "--Alerts:Email:UseTls", "false", "--Alerts:Email:From", "campaigns@example.com", "--Alerts:Email:To", "oncall@example.com",
    ];

    /// <summary>Of the text messages.</summary>
    public IReadOnlyList<string> Keys => [.. _keys];

    /// <summary>Of the mails.</summary>
    public IReadOnlyList<string> Mails =>
        [.. _mail.Messages.Select(mail => mail.Split('\n').First(line => line.StartsWith(MessageId, StringComparison.OrdinalIgnoreCase))[MessageId.Length..].Trim())];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        await _mail.DisposeAsync();
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
