using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>What Slack refuses is refused by what stands in for it.</summary>
public sealed class SlackStandInTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(A.Noon);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private SlackStandIn _slack = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _slack = await SlackStandIn.StartAsync(Now);
        _slack.Clock = _clock;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SlackStandIn.BotToken);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _http.Dispose();
        await _slack.DisposeAsync();
    }

    [Theory]
    [InlineData(3.0, null)]
    [InlineData(3.1, "expired_trigger_id")]
    public async Task A_click_opens_a_window_for_three_seconds(double later, string? error)
    {
        Click("9.8");
        _clock.Advance(TimeSpan.FromSeconds(later));

        (await OpenAsync("9.8", Window(1))).ShouldBe(error);
    }

    [Fact]
    public async Task A_click_opens_one_window()
    {
        Click("9.8");

        (await OpenAsync("9.8", Window(1))).ShouldBeNull();
        (await OpenAsync("9.8", Window(1))).ShouldBe("exchanged_trigger_id");
        (await OpenAsync("9.9", Window(1))).ShouldBe("invalid_trigger_id");
    }

    [Theory]
    [InlineData(100, null)]
    [InlineData(101, "invalid_arguments")]
    public async Task A_window_and_a_home_tab_hold_a_hundred_blocks(int blocks, string? error)
    {
        Click("9.8");

        (await OpenAsync("9.8", Window(blocks))).ShouldBe(error);
        (await CallAsync("views.publish", new JsonObject { ["user_id"] = "U0ANA", ["view"] = new JsonObject { ["type"] = "home", ["blocks"] = Dividers(blocks) } })).ShouldBe(error);
    }

    [Theory]
    [InlineData(50, null)]
    [InlineData(51, "invalid_blocks")]
    public async Task A_message_holds_fifty_blocks(int blocks, string? error) => (await PostAsync(Dividers(blocks))).ShouldBe(error);

    [Theory]
    [InlineData("""{"type":"section","block_id":"a","text":{"type":"mrkdwn","text":"twice"}},{"type":"divider","block_id":"a"}""")]
    [InlineData("""{"type":"header","text":{"type":"mrkdwn","text":"no plain text"}}""")]
    [InlineData("""{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"1"}},{"type":"button","action_id":"a","text":{"type":"plain_text","text":"2"}}]}""")]
    [InlineData("""{"type":"actions","elements":[{"type":"overflow","action_id":"a","options":[{"text":{"type":"plain_text","text":"alone"},"value":"1"}]}]}""")]
    [InlineData("""{"type":"input","label":{"type":"plain_text","text":"l"},"element":{"type":"static_select","action_id":"a","options":[{"text":{"type":"plain_text","text":"one"},"value":"1"}],"initial_option":{"text":{"type":"plain_text","text":"two"},"value":"2"}}}""")]
    [InlineData("""{"type":"input","label":{"type":"plain_text","text":"l"},"element":{"type":"plain_text_input","action_id":"a","max_length":3001}}""")]
    [InlineData("""{"type":"section"}""")]
    [InlineData("""{"type":"image","alt_text":"nothing is shown"}""")]
    public async Task Blocks_that_are_none_of_Slack_s_are_refused(string blocks) => (await PostAsync(JsonNode.Parse($"[{blocks}]")!.AsArray())).ShouldBe("invalid_blocks");

    [Theory]
    [InlineData("block_id", 255, null)]
    [InlineData("block_id", 256, "invalid_blocks")]
    [InlineData("action_id", 255, null)]
    [InlineData("action_id", 256, "invalid_blocks")]
    public async Task Ids_have_at_most_255_characters(string id, int length, string? error)
    {
        var button = new JsonObject { ["type"] = "button", ["action_id"] = "a", ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = "1" } };
        var row = new JsonObject { ["type"] = "actions", ["block_id"] = "b", ["elements"] = new JsonArray(button) };
        (id == "block_id" ? row : button)[id] = new string('x', length);

        (await PostAsync(new JsonArray(row))).ShouldBe(error);
    }

    [Fact]
    public async Task Whoever_pressed_is_told_five_things_within_half_an_hour()
    {
        var address = _slack.Responses.Give(_slack, "C0ADS", "U0ANA");
        for (var time = 0; time < 5; time++)
            (await SayAsync(address)).ShouldBe((HttpStatusCode.OK, null));

        (await SayAsync(address)).ShouldBe((HttpStatusCode.NotFound, "used_url"));
        _slack.Desk.Whispers.ShouldBe(Enumerable.Repeat(("C0ADS", "U0ANA", "done"), 5));

        var late = _slack.Responses.Give(_slack, "C0ADS", "U0ANA");
        _clock.Advance(TimeSpan.FromMinutes(30.1));
        (await SayAsync(late)).ShouldBe((HttpStatusCode.NotFound, "expired_url"));
    }

    [Fact]
    public async Task A_channel_tells_its_newest_first_and_a_thread_its_oldest_page_by_page()
    {
        var root = _slack.Desk.Add("C0ADS", null, "U0ANA", "root", []);
        for (var number = 0; number < 3; number++)
        {
            _slack.Desk.Add("C0ADS", null, "U0ANA", $"word {number}", []);
            _slack.Desk.Add("C0ADS", root.Stamp, "U0ANA", $"reply {number}", []);
        }

        (await ToldAsync("conversations.history", ("limit", "2"))).ShouldBe(["word 2", "word 1"]);
        (await ToldAsync("conversations.replies", ("ts", root.Stamp), ("limit", "2"))).ShouldBe(["root", "reply 0"]);
        (await ToldAsync("conversations.replies", ("ts", root.Stamp), ("limit", "2"), ("cursor", "2"))).ShouldBe(["reply 1", "reply 2"]);
    }

    [Fact]
    public async Task Nothing_is_changed_in_a_channel_that_is_archived()
    {
        var said = _slack.Desk.Add("C0ADS", null, SlackDesk.Bot, "spent $1", []);
        _slack.Desk.Channels["C0ADS"] = SlackChannelState.Archived;

        (await CallAsync("chat.update", new JsonObject { ["channel"] = "C0ADS", ["ts"] = said.Stamp, ["text"] = "spent $2" })).ShouldBe("is_archived");
    }

    [Fact]
    public async Task More_than_Slack_takes_in_one_message_is_too_long()
    {
        var lines = Enumerable.Range(0, 6).Select(_ => new JsonObject { ["type"] = "section", ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = new string('x', 2000) } });

        (await PostAsync(new JsonArray([.. lines]))).ShouldBe("msg_blocks_too_long");
    }

    private async Task<IEnumerable<string>> ToldAsync(string method, params (string Name, string Value)[] asked)
    {
        using var form = new FormUrlEncodedContent(asked.Select(one => KeyValuePair.Create(one.Name, one.Value)).Append(KeyValuePair.Create("channel", "C0ADS")));
        using var answer = await _http.PostAsync(new Uri(_slack.Address, $"api/{method}"), form, Now);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Now))!["messages"]!.AsArray().Select(message => (string)message!["text"]!);
    }

    [Fact]
    public async Task An_event_that_is_not_taken_comes_again_with_why_and_how_often_and_a_press_does_not()
    {
        using var listener = new HttpListener();
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}/");
        listener.Prefixes.Add(address.AbsoluteUri);
        listener.Start();
        var came = new ConcurrentQueue<(string? Number, string? Reason)>();
        var answering = AnswerAsync();

        (await SlackRequests.SendAsync((address, "secret"), "events_api", [], (TimeSpan.FromSeconds(3), 1), Now)).ShouldBe((false, null));
        (await SlackRequests.SendAsync((address, "secret"), "interactive", [], (TimeSpan.FromSeconds(3), 0), Now)).ShouldBe((false, null));

        came.ShouldBe([(null, null), ("1", "http_error"), (null, null)]);
        listener.Stop();
        await Task.WhenAny(answering);

        async Task AnswerAsync()
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                came.Enqueue((context.Request.Headers["X-Slack-Retry-Num"], context.Request.Headers["X-Slack-Retry-Reason"]));
                context.Response.StatusCode = 500;
                context.Response.Close();
            }
        }
    }

    private void Click(string trigger) => _slack.Desk.Triggers[trigger] = _clock.GetUtcNow();

    private Task<string?> OpenAsync(string trigger, JsonObject window) => CallAsync("views.open", new JsonObject { ["trigger_id"] = trigger, ["view"] = window });

    private Task<string?> PostAsync(JsonArray blocks) => CallAsync("chat.postMessage", new JsonObject { ["channel"] = "C0ADS", ["text"] = "hi", ["blocks"] = blocks });

    /// <returns>Why it is refused; null when it is not.</returns>
    private async Task<string?> CallAsync(string method, JsonObject call)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(_slack.Address, $"api/{method}"), call, Now);
        return (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(Now))!["error"];
    }

    private async Task<(HttpStatusCode Status, string? Error)> SayAsync(string address)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(address), new JsonObject { ["text"] = "done", ["response_type"] = "ephemeral" }, Now);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? null : (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(Now))!["error"]);
    }

    private static JsonObject Window(int blocks) => new() { ["type"] = "modal", ["title"] = new JsonObject { ["type"] = "plain_text", ["text"] = "Targeting" }, ["blocks"] = Dividers(blocks) };

    private static JsonArray Dividers(int blocks) => [.. Enumerable.Range(0, blocks).Select(_ => (JsonNode)new JsonObject { ["type"] = "divider" })];
}
