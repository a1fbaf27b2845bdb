using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ChatOpsCampaigns.Bot.Options;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Bot.Tests.Operating;

/// <summary>Strangers who connect and say little or nothing, over real sockets at both addresses: they are let go, and the rest of the program notices nothing.</summary>
public sealed class CrowdTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task Who_sends_a_header_byte_by_byte_is_told_that_the_time_is_up_while_others_are_served()
    {
        var outside = FreeAddress();
        await using var bot = await BotProcess.StartAsync(TestContext.Current.CancellationToken, "--empty", "--Public:Urls", outside.AbsoluteUri);
        Uri[] both = [bot.Address, outside];

        var slow = both.Select(address => DripAsync(address, "GET /health/live HTTP/1.1\r\nX-Slow: ")).ToList();
        foreach (var address in both)
            (await StatusAsync(address, "health/live")).ShouldBe(HttpStatusCode.OK);

        foreach (var answer in await Task.WhenAll(slow))
            answer.ShouldStartWith("HTTP/1.1 408 ");
    }

    [Fact(Timeout = 600_000)]
    public async Task Who_sends_a_body_byte_by_byte_is_told_that_the_time_is_up()
    {
        var outside = FreeAddress();
        await using var bot = await BotProcess.StartAsync(
            TestContext.Current.CancellationToken, "--empty", "--Public:Urls", outside.AbsoluteUri, "--Slack:BotToken", "xoxb-1", "--Slack:SigningSecret", "secret", "--Slack:ApiBaseUrl", "http://127.0.0.1:9/api/", "--People:Defaults", "true");

        (await DripAsync(outside, $"POST /slack/events HTTP/1.1\r\nHost: {outside.Authority}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n")).ShouldStartWith("HTTP/1.1 408 ");
    }

    [Fact(Timeout = 600_000)]
    public async Task Ten_thousand_idle_connections_keep_nobody_from_being_served_and_those_beyond_the_most_are_closed()
    {
        var outside = FreeAddress();
        await using var bot = await BotProcess.StartAsync(TestContext.Current.CancellationToken, "--empty", "--Public:Urls", outside.AbsoluteUri);
        await ReadyAsync(bot);
        using var crowd = new Crowd();

        await crowd.ComeAsync(bot.Address, 2_000);
        await crowd.ComeAsync(outside, 2_000);
        foreach (var address in new[] { bot.Address, outside })
            (await StatusAsync(address, "health/live")).ShouldBe(HttpStatusCode.OK);

        var late = await crowd.ComeAsync(outside, 6_000);
        await ClosedAsync(late, atLeast: 2_000 + 6_000 - ListenerLimits.Connections);
        (await StatusAsync(bot.Address, "health/live")).ShouldBe(HttpStatusCode.OK);
        await ReadyAsync(bot);
        bot.Output.ShouldNotContain("Too many open files");
    }

    [Fact]
    public async Task A_line_or_headers_of_a_request_that_are_too_long_are_refused()
    {
        await using var bot = InProcessBot.Start();
        using var http = new HttpClient { BaseAddress = bot.Address };
        using var lengthy = await http.GetAsync($"/health/live?{new string('x', ListenerLimits.Line)}", Patience);
        lengthy.StatusCode.ShouldBe(HttpStatusCode.RequestUriTooLong);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Add("Cookie", new string('x', ListenerLimits.AllHeaders));
        using var heavy = await http.SendAsync(request, Patience);
        heavy.StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
    }

    /// <summary>Says a beginning, and then a byte a second, until there is an answer or the connection ends. Kestrel's own patience with headers is 30 seconds.</summary>
    private static async Task<string> DripAsync(Uri address, string begins)
    {
        using var socket = await ConnectAsync(address);
        await socket.SendAsync(Encoding.ASCII.GetBytes(begins), Patience);
        var answer = AnswerAsync(socket);
        using var every = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        for (var sent = 0; !answer.IsCompleted; sent++)
        {
            sent.ShouldBeLessThan(25, "nobody ended it");
            await every.WaitForNextTickAsync(Patience);
            if (!answer.IsCompleted)
                await socket.SendAsync("x"u8.ToArray(), Patience);
        }

        return await answer;
    }

    private static async Task<string> AnswerAsync(Socket socket)
    {
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, Patience));
    }

    private static async Task<Socket> ConnectAsync(Uri address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, Patience);
        return socket;
    }

    private static async Task<HttpStatusCode> StatusAsync(Uri address, string path)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var answer = await http.GetAsync(path, Patience);
        return answer.StatusCode;
    }

    /// <summary>Ready again by itself, which it is only while sweeps go on.</summary>
    private static async Task ReadyAsync(BotProcess bot)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        while (await StatusAsync(bot.Address, "health/ready") != HttpStatusCode.OK)
            await every.WaitForNextTickAsync(Patience);
    }

    private static async Task ClosedAsync(IReadOnlyList<Socket> late, int atLeast)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        for (var look = 0; late.Count(socket => socket.Poll(0, SelectMode.SelectRead)) < atLeast; look++)
        {
            look.ShouldBeLessThan(300, "those beyond the most stay open");
            await every.WaitForNextTickAsync(Patience);
        }
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}/");
    }

    /// <summary>Connections that stay open and say nothing.</summary>
    private sealed class Crowd : IDisposable
    {
        private readonly List<Socket> _sockets = [];

        public async Task<IReadOnlyList<Socket>> ComeAsync(Uri address, int count)
        {
            var from = _sockets.Count;
            for (var came = 0; came < count; came++)
                _sockets.Add(await ConnectAsync(address));

            return _sockets[from..];
        }

        public void Dispose() => _sockets.ForEach(socket => socket.Dispose());
    }
}
