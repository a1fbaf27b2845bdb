using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;

namespace ChatOpsCampaigns.Bot.Tests.Slack;

/// <summary>The bot knows of itself which of its channels it is in.</summary>
public sealed class SlackPresenceTests
{
    [Fact(Timeout = 600_000)]
    public async Task Whoever_takes_it_out_of_the_channel_for_emergencies_makes_Admins_and_those_on_call_hear_how_it_comes_back()
    {
        await using var home = await SlackBot.StartAsync(TestContext.Current.CancellationToken, "--People:Roles:slack:U0ROOT:0", "Admin");
        var root = new SlackUser(home.Slack, "U0ROOT");
        const string Told = "I am not in it; say \"/invite @campaigns\" there.";

        await home.Max.KickAsync(SlackBot.OnCallChannel, TestContext.Current.CancellationToken);

        var first = await root.SeesAsync(Told, TestContext.Current.CancellationToken);
        first.Words.ShouldContain("slack/C0ONCALL");
        await home.Olga.SeesAsync(Told, TestContext.Current.CancellationToken);
        home.Slack.Desk.Messages.ShouldNotContain(message => message.Channel == home.Max.Direct);

        await home.Max.InviteAsync(SlackBot.OnCallChannel, TestContext.Current.CancellationToken);
        // So long that it has been looked whether anything is closed.
        await Task.Delay(TimeSpan.FromSeconds(31), TimeProvider.System, TestContext.Current.CancellationToken);
        await home.Max.KickAsync(SlackBot.OnCallChannel, TestContext.Current.CancellationToken);

        await root.SeesAsync(root.Direct, message => message.Stamp != first.Stamp && message.Words.Contains(Told, StringComparison.Ordinal), TestContext.Current.CancellationToken);
    }
}
