using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Bot.Tests.Start;

public sealed class DemoAccountTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_campaign_that_was_left_stopped_is_resumed_by_its_name()
    {
        await using var bot = await BotProcess.StartAsync(Patience);
        using var client = await ChatClient.OpenAsync(bot.Address, "olga", Patience);

        await client.SayAsync("resume Puzzle Quest playables", Patience);

        var answer = await client.WaitForAsync(activity => activity.ToJsonString().Contains("was stopped by incident", StringComparison.Ordinal), Patience);
        var says = (string)answer["text"]!;
        says.ShouldContain("missing installs");
        says.ShouldContain("resumed by olga");
        await client.SayAsync("status Puzzle Quest playables", Patience);
        await client.WaitForAsync(activity => activity.ToJsonString().Contains("running since", StringComparison.Ordinal), Patience);
    }
}
