// Long because the file host that Slack has is here whole, beside everything that can go wrong with a file of it.
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Files;
using ChatOpsCampaigns.Adapters.Chat.Slack.Installing;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
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

    [Theory]
    [InlineData("snippet", "text/html")]
    [InlineData("hosted", "text/html")]
    [InlineData("snippet", "text/plain")]
    public async Task A_playable_that_is_one_page_is_fetched_though_Slack_makes_a_text_of_it(string mode, string comesAs)
    {
        _host.About = _ => new JsonObject { ["mode"] = mode, ["filetype"] = "html", ["mimetype"] = "text/html", ["size"] = 13, ["url_private_download"] = Download };
        _host.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<html></html>", null, comesAs) };

        _media.All[await FetchAsync()].ShouldBe("<html></html>"u8.ToArray());
    }

    [Fact]
    public async Task A_page_of_another_length_is_Slacks_own_and_it_is_said_how_a_playable_can_be_dropped_all_the_same()
    {
        _host.About = _ => new JsonObject { ["mode"] = "snippet", ["filetype"] = "html", ["size"] = 4711, ["url_private_download"] = Download };
        _host.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<html></html>", null, "text/html") };

        (await Should.ThrowAsync<SlackFileException>(FetchAsync)).Message.ShouldBe("Slack did not give me spring.png as it is; I may lack the scope files:read. Pack the playable as a .zip and drop that.");
        _media.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("file_not_found", "is not in Slack any more")]
    [InlineData("missing_scope", "an Admin has to install the app again")]
    [InlineData("invalid_arguments", "Slack does not give me spring.png (invalid_arguments)")]
    public async Task What_slack_says_against_a_file_is_told_to_whoever_dropped_it(string error, string says)
    {
        _host.Refuses = error;

        (await Should.ThrowAsync<SlackFileException>(FetchAsync)).Message.ShouldContain(says);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_told()
    {
        _host.Answer = _ => throw new HttpRequestException("reset");

        (await Should.ThrowAsync<SlackFileException>(FetchAsync)).Message.ShouldBe("The connection to Slack broke while spring.png was fetched. Drop it again.");
    }

    [Fact(Timeout = 60_000)]
    public async Task One_that_does_not_come_to_its_end_is_given_up()
    {
        _host.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Endless()) };

        var fetching = _files.FetchAsync(new ChatFile("spring.png", "T0CAMP001/F0ONE", 9), TestContext.Current.CancellationToken);
        _machine.Advance(TimeSpan.FromSeconds(51));

        (await Should.ThrowAsync<SlackFileException>(() => fetching)).Message.ShouldContain("did not come from Slack within 50 seconds");
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Redirect)]
    public async Task One_that_the_token_no_longer_opens_is_fetched_with_the_renewed_one_once(HttpStatusCode status)
    {
        var settings = new SlackSettings { ClientId = "1.2", ClientSecret = "secret", AllowedWorkspaces = ["T2"] };
        var api = new SlackApi(_http, settings, new SlackPace(_machine), _machine);
        var store = new OneInstallation();
        var installed = new SlackInstalled(new SlackOAuth(api, settings, _machine), store, new Bench().Acts, _machine, NullLogger<SlackInstalled>.Instance);
        var files = new SlackFiles(api, new SlackWorkspaces(api, settings, installed), new SlackDownloads(_http, settings, _machine), _media);
        _host.Answer = _ =>
        {
            // Renewed by another node while this one has asked.
            var isRenewed = store.Token == "xoxe-1";
            store.Token = "xoxe-1";
            if (!isRenewed)
                _machine.Advance(TimeSpan.FromSeconds(31));

            return isRenewed ? FileHost.Found("a picture") : new HttpResponseMessage(status);
        };

        await files.FetchAsync(new ChatFile("spring.png", "T2/F0ONE", 9), Now);

        _host.Asked.Select(asked => asked.Authorization).ShouldBe(["Bearer xoxe-0", "Bearer xoxe-1"]);
    }

    [Fact]
    public async Task A_file_of_ours_is_put_where_slack_says_without_the_token_and_shared_in_its_conversation()
    {
        var digest = await _media.KeepAsync(new MemoryStream("row,campaign"u8.ToArray()), Now);

        (await SendAsync(digest)).ShouldBeNull();

        _host.Asked.ShouldHaveSingleItem().ShouldBe(("https://files.slack.com/upload/1", null));
        _host.Put.ShouldBe("row,campaign"u8.ToArray());
        _host.Said.Last().ShouldContain("\"channel_id\":\"D0ANA\"");
        _host.Said.Last().ShouldContain("\"title\":\"campaigns-2026-03-01.csv\"");
    }

    [Fact]
    public async Task One_that_slack_does_not_take_is_said_and_a_conversation_that_takes_nothing_is_a_fault()
    {
        var digest = await _media.KeepAsync(new MemoryStream("row,campaign"u8.ToArray()), Now);

        _host.Refuses = "file_uploads_disabled";
        (await SendAsync(digest)).ShouldBe("Slack does not take it (file_uploads_disabled): say the same in the browser chat.");

        _host.Refuses = "is_archived";
        await Should.ThrowAsync<SlackException>(() => SendAsync(digest));

        _host.Refuses = null;
        _host.UploadTo = "https://example.com/upload";
        (await SendAsync(digest))!.ShouldContain("did not get to Slack");
        _host.Asked.ShouldBeEmpty();
    }

    private Task<string?> SendAsync(Digest digest) => _files.SendAsync(
        new SlackAccess(new SlackSelf("T0CAMP001", "U0BOT", "B0BOT"), "xoxb-stand-in"), new SlackPlace(null, "D0ANA", null), new ChatDownload("campaigns-2026-03-01.csv", digest), Now);

    private Task<Digest> FetchAsync() => _files.FetchAsync(new ChatFile("spring.png", "T0CAMP001/F0ONE", 9), Now);

    /// <summary>A film of which nothing comes.</summary>
    private sealed class Endless : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return 0;
        }
    }

    /// <summary>One workspace that installed us, whose token is renewed elsewhere.</summary>
    private sealed class OneInstallation : ISlackInstallations
    {
        public string Token { get; set; } = "xoxe-0";

        public Task<IReadOnlyList<KeptInstallation>> AllAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<KeptInstallation>>(
            [new KeptInstallation(new SlackInstallation("T2", "Acme", "A0", "U0BOT", "B0BOT", new PersonId("slack:T2:U0EVA"), A.Noon), new SlackTokens(Token), Token == "xoxe-0" ? 1 : 2)]);

        public Task KeepAsync(SlackGrant grant, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> TryHoldAsync(KeptInstallation kept, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> TryRenewAsync(KeptInstallation kept, SlackTokens tokens, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> TryEndAsync(KeptInstallation kept, SlackEnd end, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    /// <summary>Slack's API and its file host.</summary>
    private sealed class FileHost : HttpMessageHandler
    {
        public ConcurrentQueue<(string Address, string? Authorization)> Asked { get; } = new();

        public Func<string, JsonObject> About { get; set; } = _ => new JsonObject { ["mode"] = "hosted", ["size"] = 9, ["url_private_download"] = Download };

        /// <summary>What the methods about files are refused with.</summary>
        public string? Refuses { get; set; }

        public string UploadTo { get; set; } = "https://files.slack.com/upload/1";

        public byte[]? Put { get; private set; }

        public ConcurrentQueue<string> Said { get; } = new();

        public Func<Uri, HttpResponseMessage> Answer { get; set; } = _ => Found("a picture");

        public static HttpResponseMessage Found(string content) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes(content)) };

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri!;
            if (address.Host != "slack.com")
            {
                Asked.Enqueue((address.AbsoluteUri, request.Headers.Authorization?.ToString()));
                if (request.Content is { } put)
                    Put = await put.ReadAsByteArrayAsync(cancellationToken);

                return Answer(address);
            }

            var said = await request.Content!.ReadAsStringAsync(cancellationToken);
            Said.Enqueue(said);
            var answer = address.Segments[^1].StartsWith("files.", StringComparison.Ordinal) && Refuses is { } error ? SlackWire.Refusal(error)
                : address.Segments[^1] == "files.getUploadURLExternal" ? new JsonObject { ["ok"] = true, ["file_id"] = "F0CSV", ["upload_url"] = UploadTo }
                : address.Segments[^1] == "files.info"
                ? new JsonObject { ["ok"] = true, ["file"] = About(said.Split("file=")[1].Split('&')[0]) }
                : new JsonObject { ["ok"] = true, ["team_id"] = "T0CAMP001", ["user_id"] = "U0BOT", ["bot_id"] = "B0BOT" };
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(answer) };
        }
    }
}
