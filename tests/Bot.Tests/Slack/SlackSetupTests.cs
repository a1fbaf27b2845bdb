using ChatOpsCampaigns.Kit.Slack;

namespace ChatOpsCampaigns.Bot.Tests.Slack;

/// <summary>A workspace is set up from a thread of a channel, and the test emergency calls whoever is on call.</summary>
public sealed class SlackSetupTests
{
    private const string Root = "U0ROOT";

    [Fact(Timeout = 600_000)]
    public async Task From_a_mention_to_an_acknowledged_test_over_a_restart()
    {
        await using var home = await SlackBot.StartAloneAsync(TestContext.Current.CancellationToken, $"--People:Roles:slack:{Root}:0", "Admin");
        (home.Slack.Desk.Channels["C0NEWS"], home.Slack.Desk.Channels["C0NIGHT"], home.Slack.Desk.Channels["C0AWAY"]) = (SlackChannelState.Joined, SlackChannelState.Joined, SlackChannelState.NotJoined);
        var root = new SlackUser(home.Slack, Root);
        var thread = await root.SayInAsync(SlackBot.Ads, null, $"<@{SlackDesk.Bot}> setup", TestContext.Current.CancellationToken);
        await SeesAsync(root, thread, "Setup 1 of 5");

        await root.PressAsync(await SeesAsync(root, thread, "Setup 1 of 5"), "Keep as it is", TestContext.Current.CancellationToken);
        await SeesAsync(root, thread, "Setup 2 of 5");
        await root.SayInAsync(SlackBot.Ads, thread, "feed <#C0NEWS|>, approvals here, incidents #away", TestContext.Current.CancellationToken);
        await SeesAsync(root, thread, "I am not in #away");

        // By the time that something else was answered, that turn is noted as done.
        await root.SayAsync("who am i", TestContext.Current.CancellationToken);
        await root.SeesAsync("Admin", TestContext.Current.CancellationToken);
        await home.Bot.KillAsync();
        await home.Bot.StartAgainAsync(TestContext.Current.CancellationToken);
        var question = await SeesAsync(root, thread, "I am not in #away");
        var window = await root.OpenAsync(question, "Fill in…", TestContext.Current.CancellationToken);
        await root.FillInAsync(window, TestContext.Current.CancellationToken, ("Feed", "#news"), ("Approvals", "here"), ("Incidents", "#night"));
        await SeesAsync(root, thread, "Setup 3 of 5");
        await root.SayInAsync(SlackBot.Ads, thread, "<@U0OLGA> and <!subteam^S0NIGHT>", TestContext.Current.CancellationToken);
        await SeesAsync(root, thread, "Setup 4 of 5");
        await root.SayInAsync(SlackBot.Ads, thread, "account $5,000", TestContext.Current.CancellationToken);
        await root.PressAsync(await SeesAsync(root, thread, "Setup 5 of 5"), "Send the test", TestContext.Current.CancellationToken);

        var card = await root.SeesAsync("C0NIGHT", message => message.Words.Contains("TEST, not an emergency", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        card.Text.ShouldStartWith("<@U0OLGA> <!subteam^S0NIGHT> ");
        await home.Ana.PressAsync(card, "Ack", TestContext.Current.CancellationToken);
        await root.SeesAsync("C0NIGHT", message => message.Thread == card.Stamp && message.Words.Contains("The test goes on", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await home.Olga.SayInAsync("C0NIGHT", card.Stamp, "ack", TestContext.Current.CancellationToken);
        await SeesAsync(root, thread, "acknowledged the test after");
        await root.SayInAsync(SlackBot.Ads, thread, "next", TestContext.Current.CancellationToken);
        await SeesAsync(root, thread, "That is all, and it holds from now on");

        await home.Olga.SayAsync("incidents", TestContext.Current.CancellationToken);
        await home.Olga.SeesAsync("No incident", TestContext.Current.CancellationToken);
    }

    private static Task<SlackMessage> SeesAsync(SlackUser person, string thread, string words) =>
        person.SeesAsync(SlackBot.Ads, message => message.Thread == thread && message.Words.Contains(words, StringComparison.Ordinal), TestContext.Current.CancellationToken);
}
