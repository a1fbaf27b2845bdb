using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Bot.Tests.Chat;

public sealed class DirectLineTests(RunningBot bot)
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_opens_its_own_conversation_and_no_other()
    {
        using var left = await bot.OpenAsync("left", Patience);
        using var right = await bot.OpenAsync("right", Patience);
        foreach (var path in new[] { "", "/activities", "/stream" })
        {
            using var answer = await left.SendAsync(HttpMethod.Get, $"/v3/directline/conversations/{right.Conversation}{path}", null, Patience);
            answer.IsSuccessStatusCode.ShouldBeFalse(path);
        }

        foreach (var path in new[] { "/activities", "/upload" })
        {
            using var answer = await left.SendAsync(
                HttpMethod.Post, $"/v3/directline/conversations/{right.Conversation}{path}", ChatClient.Json(ChatClient.Message("hello")), Patience);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }

        (await right.ActivitiesAsync(Patience)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_token_nothing_is_told()
    {
        using var known = await bot.OpenAsync("known", Patience);
        using var stranger = ChatClient.Stranger(bot.Address);

        using var answer = await stranger.Http.GetAsync($"/v3/directline/conversations/{known.Conversation}/activities", Patience);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_was_said_comes_back_as_said_by_the_holder_of_the_token()
    {
        using var client = await bot.OpenAsync("echo", Patience);
        using var socket = await client.ListenAsync(Patience);

        var id = await client.SayAsync("hello", Patience, "browser-1");

        var echo = (await socket.UntilAsync(activity => (string?)activity["id"] == id, Patience))[^1];
        ((string?)echo["channelData"]!["clientActivityID"]).ShouldBe("browser-1");
        ((string?)echo["from"]!["id"]).ShouldBe("local-echo");
        ((string?)echo["from"]!["role"]).ShouldBe("user");
        ((string?)echo["timestamp"]).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_long_conversation_opens_with_its_newest_part()
    {
        using var client = await bot.OpenAsync("long", Patience);
        for (var number = 0; number < 160; number++)
        {
            using var posted = await client.PostAsync(new JsonObject { ["type"] = "event", ["name"] = $"{number}" }, Patience);
        }

        var shown = await client.ActivitiesAsync(Patience);

        shown.Select(activity => (string?)activity["name"]).ShouldBe(Enumerable.Range(10, 150).Select(number => $"{number}"));
    }

    [Fact]
    public async Task What_was_said_is_answered()
    {
        using var client = await bot.OpenAsync("asks", Patience);

        await client.SayAsync("who am i", Patience);

        var answer = await client.WaitForAsync(activity => (string?)activity["from"]!["role"] == "bot", Patience);
        answer.ToJsonString().ShouldContain("asks");
    }

    [Fact]
    public async Task The_same_message_sent_again_is_one_message()
    {
        using var client = await bot.OpenAsync("again", Patience);

        var ids = new List<string>();
        for (var time = 0; time < 4; time++)
            ids.Add(await client.SayAsync("who am i", Patience, "browser-7"));

        ids.Distinct().ShouldHaveSingleItem();
        await client.SayAsync("help", Patience);
        await client.WaitForAsync(activity => (string?)activity["from"]!["role"] == "bot" && activity.ToJsonString().Contains("new campaign", StringComparison.Ordinal), Patience);
        var all = await client.ActivitiesAsync(Patience);
        all.Count(activity => (string?)activity["text"] == "who am i").ShouldBe(1);
        all.Count(activity => (string?)activity["from"]!["role"] == "bot").ShouldBe(2);
    }

    [Theory]
    [InlineData("this is no json", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("""{"type":"message","text":"drafts","text":"stop everything"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"type":"message","text":"half a character \ud800"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"type":"message","channelData":{"half \udfff":1}}""", HttpStatusCode.BadRequest)]
    public async Task What_is_no_activity_is_refused_with_a_sentence(string body, HttpStatusCode expected)
    {
        using var client = await bot.OpenAsync("noise", Patience);

        using var answer = await client.SendAsync(
            HttpMethod.Post, $"/v3/directline/conversations/{client.Conversation}/activities", new StringContent(body, Encoding.UTF8, "application/json"), Patience);

        answer.StatusCode.ShouldBe(expected);
        ((string?)(await ChatClient.ReadAsync(answer, Patience))["error"]!["message"]).ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task A_message_of_300_KB_is_too_large_however_it_is_sent()
    {
        using var client = await bot.OpenAsync("large", Patience);
        var large = ChatClient.Message(new string('x', 300 * 1024)).ToJsonString();
        foreach (var chunked in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/v3/directline/conversations/{client.Conversation}/activities")
            {
                Content = new StringContent(large, Encoding.UTF8, "application/json"),
            };
            request.Headers.Authorization = new("Bearer", client.Token);
            request.Headers.TransferEncodingChunked = chunked;

            using var answer = await client.Http.SendAsync(request, Patience);

            answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge, $"chunked: {chunked}");
        }

        (await client.ActivitiesAsync(Patience)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Odd_but_well_formed_activities_break_nothing()
    {
        using var client = await bot.OpenAsync("odd", Patience);
        JsonObject[] oddities =
        [
            new() { ["type"] = "message", ["channelData"] = "text" },
            new() { ["type"] = "message", ["channelData"] = new JsonObject { ["clientActivityID"] = 7 } },
            new() { ["type"] = 7, ["text"] = new JsonObject() },
            new() { ["type"] = "message", ["replyToId"] = 7, ["value"] = new JsonArray(1) },
            new() { ["type"] = "message", ["value"] = new JsonObject { ["_verb"] = new JsonObject() } },
            [],
        ];
        foreach (var oddity in oddities)
        {
            using var answer = await client.PostAsync(oddity, Patience);
            ((int)answer.StatusCode).ShouldBeLessThan(500, oddity.ToJsonString());
        }
    }

    [Fact]
    public async Task Another_browser_of_the_same_person_sees_the_same_conversation()
    {
        using var here = await bot.OpenAsync("twice", Patience);
        await here.SayAsync("hello from here", Patience);

        using var there = await bot.OpenAsync("twice", Patience);

        there.Conversation.ShouldBe(here.Conversation);
        there.Token.ShouldNotBe(here.Token);
        (await there.ActivitiesAsync(Patience)).ShouldContain(activity => (string?)activity["text"] == "hello from here");
    }

    [Fact]
    public async Task A_refreshed_token_serves_like_the_first()
    {
        using var client = await bot.OpenAsync("fresh", Patience);

        using var answer = await client.SendAsync(HttpMethod.Post, "/v3/directline/tokens/refresh", null, Patience);

        var refreshed = await ChatClient.ReadAsync(answer, Patience);
        ((string?)refreshed["conversationId"]).ShouldBe(client.Conversation);
        ((string?)refreshed["token"])!.Length.ShouldBe(64);
        ((int)refreshed["expires_in"]!).ShouldBe(1800);
    }
}
