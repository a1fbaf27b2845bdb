using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatOpsCampaigns.Kit;

/// <summary>A mail server on loopback that keeps what it is given: EHLO, MAIL, RCPT, DATA, QUIT and no more.</summary>
public sealed class LoopbackMailbox : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _signedIn = new();
    private readonly CancellationTokenSource _ends = new();
    private readonly ConcurrentQueue<string> _messages = new();
    private readonly Task _serving;

    public LoopbackMailbox()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whole messages, headers and text, in the order of arrival.</summary>
    public IReadOnlyList<string> Messages => [.. _messages];

    /// <summary>Lets nobody send who has not signed in, and offers no way to do so.</summary>
    public bool WantsSignIn { get; set; }

    /// <summary>Lets people sign in, and then takes nothing and says what they signed in with back.</summary>
    public bool SaysSignInBack { get; set; }

    /// <summary>What was sent to sign in, as it came.</summary>
    public IReadOnlyList<string> SignedIn => [.. _signedIn];

    /// <summary>Recipients that it refuses.</summary>
    public string? Refuses { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        _listener.Stop();
        await _serving;
        _ends.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (!_ends.IsCancellationRequested)
            {
                using var client = await _listener.AcceptTcpClientAsync(_ends.Token);
                await HearAsync(client);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The box is closed.
        }
    }

    private async Task HearAsync(TcpClient client)
    {
        try
        {
            await TalkAsync(client);
        }
        catch (IOException)
        {
            // Whoever talked was killed; the next one may come.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 loopback");
        while (await reader.ReadLineAsync(_ends.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    if (await BodyAsync(reader) is not { } whole)
                        return;

                    _messages.Enqueue(whole);
                    await writer.WriteLineAsync("250 kept");
                    break;
                case "EHLO" when SaysSignInBack:
                    await writer.WriteLineAsync("250-loopback");
                    await writer.WriteLineAsync("250 AUTH PLAIN");
                    break;
                case "AUTH":
                    _signedIn.Enqueue(line.Split(' ')[^1]);
                    await writer.WriteLineAsync("235 come in");
                    break;
                case "MAIL" when SaysSignInBack:
                    var said = _signedIn.Last();
                    await writer.WriteLineAsync($"550 5.7.1 not for {said} {Encoding.UTF8.GetString(Convert.FromBase64String(said)).Replace('\0', ' ')}");
                    break;
                case "MAIL" when WantsSignIn:
                    await writer.WriteLineAsync("530 5.7.0 sign in first");
                    break;
                case "RCPT" when Refuses is { } refused && line.Contains(refused, StringComparison.Ordinal):
                    await writer.WriteLineAsync("550 no such person");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 ok");
                    break;
            }
        }
    }

    /// <summary>Null when it broke off before its end: it was not taken.</summary>
    private async Task<string?> BodyAsync(StreamReader reader)
    {
        var body = new StringBuilder();
        while (await reader.ReadLineAsync(_ends.Token) is { } line)
        {
            if (line == ".")
                return body.ToString();

            body.AppendLine(line);
        }

        return null;
    }
}
