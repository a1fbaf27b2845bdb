using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Files;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>What people drop in Slack is fetched from Slack's own host, with the token shown to nobody else.</summary>
public sealed class SlackFilesTests : IDisposable
{
    private const string Download = "https://files.slack.com/files-pri/T0CAMP001-F0ONE/download/spring.png";

    private readonly FileHost _host = new();
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly MemoryMedia _media = new();
    private readonly HttpClient _http;
    private readonly SlackFiles _files;

    public SlackFilesTests()
    {
        var settings = new SlackSettings { BotToken = "xoxb-stand-in", AppToken = "xapp-stand-in" };
        _http = new HttpClient(_host);
        var api = new SlackApi(_http, settings, new SlackPace(_machine), _machine);
        _files = new SlackFiles(api, new SlackWorkspaces(api, settings), new SlackDownloads(_http, settings, _machine), _media);
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task A_dropped_file_is_fetched_with_the_bots_token()
    {
        var digest = await FetchAsync();

        _media.All[digest].ShouldBe("a picture"u8.ToArray());
        _host.Asked.ShouldHaveSingleItem().ShouldBe((Download, "Bearer xoxb-stand-in"));
    }

    [Fact]
    public async Task Several_at_once_are_each_their_own()
    {
        _host.Answer = address => FileHost.Found(address.Segments[^1]);
        _host.About = id => new JsonObject { ["mode"] = "hosted", ["url_private_download"] = $"https://files.slack.com/{id}" };

        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => _files.FetchAsync(new ChatFile($"{number}.png", $"T0CAMP001/F{number}", 1), Now)));

        all.Select(digest => System.Text.Encoding.ASCII.GetString(_media.All[digest])).ShouldBe(Enumerable.Range(0, 10).Select(number => $"F{number}"));
    }

    [Fact]
    public async Task One_that_is_not_ready_yet_is_waited_for()
    {
        var tries = 0;
        _host.Answer = _ => ++tries < 3 ? new HttpResponseMessage(HttpStatusCode.NotFound) : FileHost.Found("a picture");

        var fetching = FetchAsync();
        while (!fetching.IsCompleted)
        {
            _machine.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        _media.All[await fetching].ShouldBe("a picture"u8.ToArray());
        tries.ShouldBe(3);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "does not hand out spring.png just now")]
    [InlineData(HttpStatusCode.TooManyRequests, "does not hand out spring.png just now")]
    [InlineData(HttpStatusCode.NotFound, "I may lack the scope files:read")]
    public async Task One_that_does_not_come_is_asked_for_four_times_and_then_said(HttpStatusCode status, string says)
    {
        _host.Answer = _ => new HttpResponseMessage(status);

        var fetching = FetchAsync();
        while (!fetching.IsCompleted)
        {
            _machine.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await Should.ThrowAsync<SlackFileException>(() => fetching)).Message.ShouldContain(says);
        _host.Asked.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("""{ "mode": "external", "is_external": true, "url_private": "https://drive.example.com/1" }""", "is a link to a file elsewhere; download it")]
    [InlineData("""{ "mode": "hosted", "is_external": true }""", "is a link to a file elsewhere; download it")]
    [InlineData("""{ "mode": "tombstone" }""", "was deleted in Slack. Drop it again")]
    [InlineData("""{ "mode": "hidden_by_limit" }""", "Slack hides spring.png")]
    [InlineData("""{ "mode": "snippet", "url_private_download": "https://files.slack.com/1" }""", "is a text or a page of Slack")]
    [InlineData("""{ "file_access": "access_denied", "mode": "hosted" }""", "Slack does not let me open spring.png")]
    [InlineData("""{ "mode": "hosted", "url_private_download": "https://files.slack.com.example.com/1" }""", "does not lie with Slack itself")]
    [InlineData("""{ "mode": "hosted", "url_private_download": "http://files.slack.com/1" }""", "does not lie with Slack itself")]
    [InlineData("""{ "mode": "hosted", "url_private_download": "https://me@files.slack.com/1" }""", "does not lie with Slack itself")]
    [InlineData("""{ "mode": "hosted", "url_private_download": "file:///etc/passwd" }""", "does not lie with Slack itself")]
    [InlineData("""{ "mode": "hosted" }""", "does not lie with Slack itself")]
    [InlineData("""{ "mode": "hosted", "size": 600000000, "url_private_download": "https://files.slack.com/1" }""", "is larger than 500 MB")]
    public async Task What_cannot_be_had_is_said_with_what_to_do_and_nobody_is_shown_the_token(string about, string says)
    {
        _host.About = _ => JsonNode.Parse(about)!.AsObject();

        (await Should.ThrowAsync<SlackFileException>(FetchAsync)).Message.ShouldContain(says);

        _host.Asked.ShouldBeEmpty();
        _media.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sign_in_page_and_a_redirect_are_no_file()
    {
        _host.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<html>", null, "text/html") };
        (await Should.ThrowAsync<SlackFileException>(FetchAsync)).Message.ShouldContain("I may lack the scope files:read");

        _host.Answer = _ => new HttpResponseMessage(HttpStatusCode.Redirect) { Headers = { Location = new Uri("https://example.com/") } };
        (await Should.ThrowAsync<SlackFileException>(FetchAsync)).Message.ShouldContain("I may lack the scope files:read");
        _media.All.ShouldBeEmpty();
    }

    private Task<Digest> FetchAsync() => _files.FetchAsync(new ChatFile("spring.png", "T0CAMP001/F0ONE", 9), Now);

    /// <summary>Slack's API and its file host.</summary>
    private sealed class FileHost : HttpMessageHandler
    {
        public ConcurrentQueue<(string Address, string? Authorization)> Asked { get; } = new();

        public Func<string, JsonObject> About { get; set; } = _ => new JsonObject { ["mode"] = "hosted", ["size"] = 9, ["url_private_download"] = Download };

        public Func<Uri, HttpResponseMessage> Answer { get; set; } = _ => Found("a picture");

        public static HttpResponseMessage Found(string content) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes(content)) };

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri!;
            if (address.Host != "slack.com")
            {
                Asked.Enqueue((address.AbsoluteUri, request.Headers.Authorization?.ToString()));
                return Answer(address);
            }

            var said = await request.Content!.ReadAsStringAsync(cancellationToken);
            var answer = address.Segments[^1] == "files.info"
                ? new JsonObject { ["ok"] = true, ["file"] = About(said.Split("file=")[1].Split('&')[0]) }
                : new JsonObject { ["ok"] = true, ["team_id"] = "T0CAMP001", ["user_id"] = "U0BOT", ["bot_id"] = "B0BOT" };
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(answer) };
        }
    }
}
