using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Bot.Tests.Chat;

public sealed class StreamTests(RunningBot bot)
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_that_comes_back_gets_what_it_missed_exactly_once()
    {
        using var client = await bot.OpenAsync("missed", Patience);
        string watermark;
        using (var first = await client.ListenAsync(Patience))
        {
            await client.SayAsync("one", Patience);
            watermark = await WatermarkOfAsync(first, activity => IsSaid(activity, "one"));
        }

        await client.SayAsync("two", Patience);
        await client.SayAsync("three", Patience);
        using var second = await client.ListenAsync(Patience, watermark);
        await client.SayAsync("four", Patience);
        var came = await second.UntilAsync(activity => IsSaid(activity, "four"), Patience);

        came.Where(activity => Role(activity) == "user").Select(activity => (string?)activity["text"]).ShouldBe(["two", "three", "four"]);
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_while_others_talk_during_the_replay()
    {
        using var client = await bot.OpenAsync("crowd", Patience);
        for (var number = 0; number < 20; number++)
            await client.SayAsync($"before {number}", Patience);

        var talking = Task.WhenAll(Enumerable.Range(0, 30).Select(number => client.SayAsync($"during {number}", Patience)));
        using var socket = await client.ListenAsync(Patience);
        await talking;
        await client.SayAsync("the end", Patience);
        var came = await socket.UntilAsync(activity => IsSaid(activity, "the end"), Patience);

        var said = came.Where(activity => Role(activity) == "user").Select(activity => (string)activity["text"]!).ToList();
        said.Count.ShouldBe(51);
        said.Distinct().Count().ShouldBe(51);
    }

    [Fact]
    public async Task The_socket_and_the_list_tell_the_same()
    {
        using var client = await bot.OpenAsync("same", Patience);
        await client.SayAsync("who am i", Patience);
        await client.WaitForAsync(activity => Role(activity) == "bot", Patience);

        using var socket = await client.ListenAsync(Patience);
        var listed = (await client.ActivitiesAsync(Patience)).Select(activity => (string?)activity["id"]).ToList();
        var came = await socket.UntilAsync(activity => (string?)activity["id"] == listed[^1], Patience);

        came.Select(activity => (string?)activity["id"]).ShouldBe(listed);
    }

    [Fact]
    public async Task A_ticket_opens_one_socket()
    {
        using var client = await bot.OpenAsync("ticket", Patience);
        var address = await client.StreamAddressAsync(Patience);
        using var first = await ChatSocket.ConnectAsync(address, Patience);

        await Should.ThrowAsync<WebSocketException>(ChatSocket.ConnectAsync(address, Patience));
    }

    [Fact]
    public async Task A_ticket_of_one_conversation_opens_no_other()
    {
        using var mine = await bot.OpenAsync("mine", Patience);
        using var yours = await bot.OpenAsync("yours", Patience);
        var address = (await mine.StreamAddressAsync(Patience)).AbsoluteUri.Replace(mine.Conversation, yours.Conversation, StringComparison.Ordinal);

        await Should.ThrowAsync<WebSocketException>(ChatSocket.ConnectAsync(new Uri(address), Patience));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("nonsense")]
    [InlineData("99999999999999999999")]
    public async Task A_watermark_that_says_nothing_means_from_the_start(string watermark)
    {
        using var client = await bot.OpenAsync($"start{watermark.Length}", Patience);
        await client.SayAsync("one", Patience);

        using var socket = await client.ListenAsync(Patience, watermark);

        (await socket.UntilAsync(activity => IsSaid(activity, "one"), Patience)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Empty_frames_keep_the_line_open_and_do_nothing()
    {
        using var client = await bot.OpenAsync("quiet", Patience);
        using var socket = await client.ListenAsync(Patience);

        await socket.SendAsync("", Patience);
        await socket.SendAsync("noise", Patience);
        await client.SayAsync("one", Patience);

        (await socket.UntilAsync(activity => IsSaid(activity, "one"), Patience)).ShouldNotBeEmpty();
    }

    private static bool IsSaid(JsonObject activity, string text) => (string?)activity["text"] == text && Role(activity) == "user";

    private static string? Role(JsonObject activity) => (string?)activity["from"]?["role"];

    private static async Task<string> WatermarkOfAsync(ChatSocket socket, Func<JsonObject, bool> isAsAsked)
    {
        while (await socket.NextAsync(Patience) is { } frame)
        {
            if (frame["activities"]!.AsArray().Any(activity => isAsAsked(activity!.AsObject())))
                return (string)frame["watermark"]!;
        }

        throw new InvalidOperationException("The socket was closed.");
    }
}
