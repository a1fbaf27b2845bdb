using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Bot.Tests.Chat;

public sealed class EditTests
{
    private static readonly ConversationId Ana = new("local/ana");

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edited_message_keeps_its_id_and_its_first_time_so_that_it_stays_in_its_place()
    {
        await using var bot = InProcessBot.Start();
        using var client = await ChatClient.OpenAsync(bot.Address, "ana", Patience);
        using var socket = await client.ListenAsync(Patience);
        var chat = bot.Get<ChatDesk>();
        await chat.ShowAsync(Ana, "a subject", new ChatMessage("first"), Patience);
        var first = (await socket.UntilAsync(activity => (string?)activity["text"] == "first", Patience))[^1];

        bot.Machine.Advance(TimeSpan.FromMinutes(5));
        await chat.ShowAsync(Ana, "a subject", new ChatMessage("second"), Patience);

        var second = (await socket.UntilAsync(activity => (string?)activity["text"] == "second", Patience))[^1];
        ((string?)second["id"]).ShouldBe((string?)first["id"]);
        ((string?)second["timestamp"]).ShouldBe((string?)first["timestamp"]);
        (await client.ActivitiesAsync(Patience)).ShouldHaveSingleItem()["text"]!.GetValue<string>().ShouldBe("second");
    }

    [Fact]
    public async Task Typing_is_shown_and_not_kept()
    {
        await using var bot = InProcessBot.Start();
        using var client = await ChatClient.OpenAsync(bot.Address, "ana", Patience);
        using var socket = await client.ListenAsync(Patience);
        await client.SayAsync("who am i", Patience);
        await socket.UntilAsync(activity => (string?)activity["type"] == "typing", Patience);

        (await client.ActivitiesAsync(Patience)).ShouldNotContain(activity => (string?)activity["type"] == "typing");
    }
}
