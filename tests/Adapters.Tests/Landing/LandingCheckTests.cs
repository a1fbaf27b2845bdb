using System.Net;
using System.Net.Sockets;
using System.Text;
using ChatOpsCampaigns.Adapters.Landing;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Landing;

/// <summary>A stand-in on the loopback plays the internet: names are found as a test says, and every connection ends there.</summary>
public sealed class LandingCheckTests : IDisposable
{
    /// <summary>The line stays open and nothing is said.</summary>
    private const string Silence = "";

    private static readonly IPAddress Public = IPAddress.Parse("93.184.216.34");

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly Dictionary<string, IPAddress[]> _names = new() { ["example.com"] = [Public] };
    private readonly Dictionary<string, string> _answers = [];
    private readonly List<IPEndPoint> _connected = [];
    private readonly FakeTimeProvider _machine = new();
    private readonly TaskCompletionSource _over = new();
    private readonly LandingCheck _check;

    public LandingCheckTests()
    {
        _server.Start();
        _check = new LandingCheck(new LandingRoutes(ResolveAsync, ConnectAsync), _machine);
        _ = ServeAsync();
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _over.TrySetResult();
        _check.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task A_page_that_answers_is_fine_and_is_not_asked_again_for_a_while()
    {
        _answers["/offer?utm_source=chat"] = "200 OK";

        (await _check.FindProblemAsync("http://example.com/offer?utm_source=chat", Now)).ShouldBeNull();
        (await _check.FindProblemAsync("http://example.com/offer?utm_source=chat", Now)).ShouldBeNull();

        _connected.ShouldBe([new IPEndPoint(Public, 80)]);
        _machine.Advance(TimeSpan.FromMinutes(6));
        await _check.FindProblemAsync("http://example.com/offer?utm_source=chat", Now);
        _connected.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("404 Not Found", "it answers 404")]
    [InlineData("500 Oops", "it answers 500")]
    [InlineData("302 Found\r\nLocation: /", "more than 5 times")]
    [InlineData("302 Found\r\nLocation: ftp://example.com/", "no http or https address")]
    [InlineData("302 Found\r\nLocation: file:///etc/passwd", "no http or https address")]
    [InlineData("302 Found\r\nLocation: http://inside.example/", "no public address")]
    [InlineData("302 Found\r\nLocation: http://127.0.0.1/", "no public address")]
    [InlineData("301 Moved\r\nLocation: http://[::ffff:169.254.169.254]/latest/meta-data", "no public address")]
    [InlineData("301 Moved\r\nLocation: http://2130706433/", "no public address")]
    public async Task What_does_not_work_is_said_in_a_sentence(string answer, string says)
    {
        _names["inside.example"] = [IPAddress.Parse("10.0.0.7")];
        _answers["/"] = answer;

        (await _check.FindProblemAsync("http://example.com/", Now)).ShouldNotBeNull().ShouldContain(says);
        _connected.ShouldAllBe(end => end.Address.Equals(Public));
    }

    [Fact]
    public async Task A_redirect_to_another_public_page_is_followed()
    {
        _names["www.example.com"] = [IPAddress.Parse("2606:2800:220:1::1")];
        _answers["/"] = "301 Moved\r\nLocation: http://www.example.com/offer";
        _answers["/offer"] = "200 OK";

        (await _check.FindProblemAsync("http://example.com/", Now)).ShouldBeNull();
        _connected.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("http://localhost/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://192.168.1.1/")]
    [InlineData("http://mixed.example/")]
    public async Task Nothing_is_ever_sent_inside(string address)
    {
        _names["localhost"] = [IPAddress.Loopback];
        _names["mixed.example"] = [Public, IPAddress.Parse("fd00::1")];

        (await _check.FindProblemAsync(address, Now)).ShouldNotBeNull().ShouldContain("no public address");
        _connected.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user:secret@example.com/")]
    [InlineData("example.com")]
    public async Task Only_plain_http_and_https_addresses_are_asked(string address)
    {
        (await _check.FindProblemAsync(address, Now)).ShouldNotBeNull().ShouldContain("no http or https address");
        _connected.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_nobody_knows_cannot_be_reached() =>
        (await _check.FindProblemAsync("http://nowhere.example/", Now)).ShouldNotBeNull().ShouldContain("it cannot be reached");

    [Fact]
    public async Task Who_is_silent_is_not_waited_for()
    {
        _answers["/slow"] = Silence;
        var asked = _check.FindProblemAsync("http://example.com/slow", Now);
        while (_connected.Count == 0)
            await Task.Yield();

        _machine.Advance(TimeSpan.FromSeconds(3));

        (await asked).ShouldNotBeNull().ShouldContain("did not answer within 3 seconds");
    }

    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1::1", true)]
    [InlineData("::ffff:93.184.216.34", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd12::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:1::1", false)]
    [InlineData("2001:db8::1", false)]
    public void Public_is_what_everybody_reaches(string address, bool isPublic) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBe(isPublic);

    private Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host, out var literal)
            ? Task.FromResult<IPAddress[]>([literal])
            : _names.TryGetValue(host, out var known) ? Task.FromResult(known) : throw new SocketException((int)SocketError.HostNotFound);

    private async Task<Stream> ConnectAsync(IPEndPoint end, CancellationToken cancellationToken)
    {
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)_server.LocalEndpoint, cancellationToken);
        _connected.Add(end);
        return client.GetStream();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _server.AcceptTcpClientAsync());
        }
        catch (Exception fault) when (fault is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream());
        var path = (await reader.ReadLineAsync())?.Split(' ')[1] ?? "";
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
            // The rest of the request's head.
        }

        var answer = _answers.GetValueOrDefault(path, Silence);
        if (answer == Silence)
            await _over.Task;
        else
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    }
}
