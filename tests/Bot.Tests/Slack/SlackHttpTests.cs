using System.Globalization;
using System.Net;
using System.Text;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;

namespace ChatOpsCampaigns.Bot.Tests.Slack;

/// <summary>Slack over HTTP: what is signed counts, once; nothing else of the bot is there for others.</summary>
public sealed class SlackHttpTests : IAsyncLifetime
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Challenge = """{"type":"url_verification","challenge":"c-4711"}""";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private SlackStandIn _slack = null!;
    private BotProcess _bot = null!;
    private Uri _public = null!;

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _public = new Uri($"http://127.0.0.1:{Ports.Free().ToString(CultureInfo.InvariantCulture)}/");
        _slack = await SlackStandIn.StartAsync(Patience);
        _slack.Requests = (_public, Secret);
        _bot = await BotProcess.StartAsync(
            Patience, ["--empty", .. _slack.HttpArguments(Secret), "--Public:Urls", _public.AbsoluteUri, "--People:Roles:slack:U0ANA:0", "Marketer", "--People:Roles:slack:U0ROOT:0", "Admin"]);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _http.Dispose();
        await _bot.DisposeAsync();
        await _slack.DisposeAsync();
    }

    [Fact(Timeout = 600_000)]
    public async Task Words_clicks_and_the_command_are_answered_over_http()
    {
        var ana = new SlackUser(_slack, "U0ANA");
        await ana.SayAsync("new campaign", TestContext.Current.CancellationToken);
        await ana.PressAsync(await ana.SeesAsync("Step 1 of 7", TestContext.Current.CancellationToken), "Cancel", TestContext.Current.CancellationToken);
        await ana.SeesAsync("nothing was launched", TestContext.Current.CancellationToken);

        await ana.CommandAsync("C0ANYWHERE", "who am i", TestContext.Current.CancellationToken);
        await ana.SeesAsync("Marketer", TestContext.Current.CancellationToken);

        _slack.Desk.Messages.ShouldAllBe(message => message.Channel == ana.Direct);
        _slack.Calls.ShouldNotContain("apps.connections.open");
    }

    [Fact(Timeout = 600_000)]
    public async Task Who_is_named_in_the_command_gets_the_role_and_nobody_who_is_called_so()
    {
        _slack.Desk.Names["U0EVE"] = "max";
        var (root, eve) = (new SlackUser(_slack, "U0ROOT"), new SlackUser(_slack, "U0EVE"));
        await eve.SayAsync("who am i", TestContext.Current.CancellationToken);
        await eve.SeesAsync("Viewer", TestContext.Current.CancellationToken);

        await root.CommandAsync("C0ANYWHERE", "people grant approver <@U0MAX>", TestContext.Current.CancellationToken);

        await root.SeesAsync("(slack:U0MAX) is Approver from now on.", TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 600_000)]
    public async Task Doctor_asks_the_listener_and_the_address_as_slack_does_and_names_the_one_that_does_not_answer()
    {
        var nobody = $"http://127.0.0.1:{Ports.Free().ToString(CultureInfo.InvariantCulture)}/";

        var (_, output) = await BotProcess.RunAsync(TestContext.Current.CancellationToken, ["doctor", .. _slack.HttpArguments(Secret), "--Public:Urls", _public.AbsoluteUri, "--Public:BaseUrl", nobody]);
        output.ShouldContain($"ok    Slack: Public:Urls: {_public}slack/events answers what Slack asks");
        output.ShouldContain($"Public:BaseUrl: nobody answers at {nobody}slack/events");

        (_, output) = await BotProcess.RunAsync(TestContext.Current.CancellationToken, ["doctor", .. _slack.HttpArguments("c0ffee"), "--Public:Urls", _public.AbsoluteUri]);
        output.ShouldContain($"Public:Urls: {_public}slack/events does not believe Slack:SigningSecret as it is set here");
        output.ShouldNotContain("c0ffee");
    }

    [Fact(Timeout = 600_000)]
    public async Task What_is_not_signed_stale_altered_or_said_twice_is_refused_and_has_no_effect()
    {
        var ana = new SlackUser(_slack, "U0ANA");
        var said = ana.Saying("who am i").ToJsonString();
        var events = new Uri(_public, "slack/events");

        (await StatusAsync(new HttpRequestMessage(HttpMethod.Post, events) { Content = new StringContent(said) }, TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(Signed(events, "another secret", said, Now), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(Signed(events, Secret, said, Now.AddMinutes(-6)), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(Signed(events, Secret, said, Now.AddMinutes(6)), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.Unauthorized);
        using (var altered = Signed(events, Secret, said, Now))
        {
            altered.Content = new StringContent(said.Replace("who am i", "stop everything", StringComparison.Ordinal));
            (await StatusAsync(altered, TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.Unauthorized);
        }

        // What comes after them in the same conversation is answered, so that they would have been.
        await ana.SayAsync("approvals", TestContext.Current.CancellationToken);
        var only = await ana.SeesAsync("request", TestContext.Current.CancellationToken);
        _slack.Desk.Messages.Where(message => message.User == SlackDesk.Bot).ShouldHaveSingleItem().Stamp.ShouldBe(only.Stamp);

        var at = Now;
        (await StatusAsync(Signed(events, Secret, said, at), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(Signed(events, Secret, said, at), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.Unauthorized);
        // Sent again by Slack itself: newly signed, and answered once.
        (await StatusAsync(Signed(events, Secret, said, at.AddSeconds(60)), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.OK);
        await ana.SeesAsync("Marketer", TestContext.Current.CancellationToken);
        await ana.SayAsync("drafts", TestContext.Current.CancellationToken);
        await ana.SeesAsync("drafts", TestContext.Current.CancellationToken);
        _slack.Desk.Messages.Count(message => message.Words.Contains("Marketer", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact(Timeout = 600_000)]
    public async Task The_address_is_confirmed_as_slack_asks()
    {
        using var answer = await _http.SendAsync(Signed(new Uri(_public, "slack/events"), Secret, Challenge, Now), TestContext.Current.CancellationToken);

        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("c-4711");
    }

    [Fact(Timeout = 600_000)]
    public async Task Others_find_nothing_but_slack_and_health_and_the_local_page_has_no_slack()
    {
        foreach (var path in new[] { "", "?user=you", "app.js", "whoami", "feed", "metrics", "cards", "v3/directline/conversations", "media/x", "slack/nowhere" })
            (await StatusAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_public, path)), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.NotFound, path);

        using (var generate = new HttpRequestMessage(HttpMethod.Post, new Uri(_public, "v3/directline/tokens/generate")))
        {
            generate.Headers.Host = "localhost";
            (await StatusAsync(generate, TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.NotFound);
        }

        (await StatusAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_public, "health/live")), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(Signed(new Uri(_bot.Address, "slack/events"), Secret, Challenge, Now), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(new HttpRequestMessage(HttpMethod.Get, _bot.Address), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact(Timeout = 600_000)]
    public async Task What_is_too_large_or_cannot_be_read_is_refused()
    {
        var events = new Uri(_public, "slack/events");
        (await StatusAsync(Signed(events, Secret, new string(' ', 1024 * 1024 + 1), Now), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await StatusAsync(Signed(events, Secret, "{", Now), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(Signed(new Uri(_public, "slack/interactivity"), Secret, "payload=%7B", Now), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(Signed(events, Secret, """{"type":"event_callback"}""", Now), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.OK);

        const string Twice = """{"type":"block_actions","type":"block_actions"}""";
        const string Half = """{"type":"event_callback","event":{"type":"message","text":"\ud83d"}}""";
        const string Window = """{"type":"view_submission","user":{"id":"U0ANA"},"view":{"private_metadata":"garbage"}}""";
        foreach (var (path, body) in new[] { ("events", Twice), ("events", Half), ("interactivity", Form(Twice)), ("interactivity", Form(Half)), ("interactivity", Form(Window)), ("options", Form(Twice + " ")), ("commands", "team_id=T0%2F1") })
            (await StatusAsync(Signed(new Uri(_public, $"slack/{path}"), Secret, body, Now), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.BadRequest, body);

        foreach (var path in new[] { "events", "interactivity", "options", "commands" })
            (await StatusAsync(SlackRequests.Signed(new Uri(_public, $"slack/{path}"), Secret, [.. Encoding.UTF8.GetBytes($"payload={path}"), 0xFF], Now), TestContext.Current.CancellationToken)).ShouldBe(HttpStatusCode.BadRequest, path);

        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (_bot.Output.Split('\n').Count(line => line.Contains("Slack sent something that cannot be read", StringComparison.Ordinal)) < 13)
            await every.WaitForNextTickAsync(TestContext.Current.CancellationToken);

        _bot.Output.ShouldNotContain("Exception");
    }

    private static string Form(string payload) => $"payload={Uri.EscapeDataString(payload)}";

    private static HttpRequestMessage Signed(Uri address, string secret, string body, DateTimeOffset at) => SlackRequests.Signed(address, secret, body, "application/json", at);

    private async Task<HttpStatusCode> StatusAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            return answer.StatusCode;
        }
    }
}
