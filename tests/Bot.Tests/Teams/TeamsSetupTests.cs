using ChatOpsCampaigns.Kit.Teams;

namespace ChatOpsCampaigns.Bot.Tests.Teams;

/// <summary>A workspace is set up from a thread of a channel of Teams, with channels of its team, and the test emergency calls whoever is on call.</summary>
public sealed class TeamsSetupTests
{
    private const string RootsId = "00000000-0000-0000-0000-00000000a4a4";
    private const string Team = "19:team@thread.tacv2";
    private const string Night = "19:night@thread.tacv2";
    private const string Thread = $"{TeamsBot.Ads};messageid=1767225600001";

    [Fact(Timeout = 600_000)]
    public async Task From_a_mention_to_an_acknowledged_test_in_channels_of_the_team()
    {
        await using var home = await TeamsBot.StartAsync(TestContext.Current.CancellationToken, $"--People:Roles:teams:{RootsId}:0", "Admin");
        home.Teams.Desk.Teams[Team] = [(Team, null), (TeamsBot.Ads, "Ads"), (Night, "Night watch")];
        var root = new TeamsUser(home.Teams, "Root", RootsId);
        await home.Olga.SayAsync("who am i", TestContext.Current.CancellationToken);
        await home.Olga.SeesAsync("On-call", TestContext.Current.CancellationToken);

        await root.SayInAsync(Thread, "@Campaigns setup", TestContext.Current.CancellationToken);
        await root.PressAsync(await SeesAsync(root, "Setup 1 of 5"), "Keep as it is", TestContext.Current.CancellationToken);
        await SeesAsync(root, "Setup 2 of 5");
        await root.SayInAsync(Thread, "@Campaigns feed #general, approvals here, incidents #away", TestContext.Current.CancellationToken);
        var question = await SeesAsync(root, "There is no channel #away in a team that I am in");
        question.Words.ShouldContain("write @Campaigns before your answer");
        await root.FillInAsync(question, await root.OpenAsync(question, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken, ("Feed", "#general"), ("Approvals", "here"), ("Incidents", "#night-watch"));
        await SeesAsync(root, "Setup 3 of 5");
        // Whom a message mentions stands in it by name.
        await root.SayInAsync(Thread, "@Campaigns Olga N.", TestContext.Current.CancellationToken);
        await SeesAsync(root, "Setup 4 of 5");
        await root.SayInAsync(Thread, "@Campaigns account $5,000", TestContext.Current.CancellationToken);
        await root.PressAsync(await SeesAsync(root, "Setup 5 of 5"), "Send the test", TestContext.Current.CancellationToken);

        var card = await root.SeesAsync(Night, message => message.Words.Contains("TEST, not an emergency", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        card.Calls.ShouldBe(["29:olga"]);
        await home.Ana.PressAsync(card, "Ack", TestContext.Current.CancellationToken);
        await root.SeesAsync(Night, message => message.Thread == card.Id && message.Words.Contains("The test goes on", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await home.Olga.SayInAsync($"{Night};messageid={card.Id}", "@Campaigns ack", TestContext.Current.CancellationToken);
        await SeesAsync(root, "acknowledged the test after");
        await root.SayInAsync(Thread, "@Campaigns next", TestContext.Current.CancellationToken);
        await SeesAsync(root, "That is all, and it holds from now on");
    }

    private static Task<TeamsMessage> SeesAsync(TeamsUser person, string words) =>
        person.SeesAsync(TeamsBot.Ads, message => message.Thread == "1767225600001" && message.Words.Contains(words, StringComparison.Ordinal), TestContext.Current.CancellationToken);
}
