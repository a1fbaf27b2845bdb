using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;

namespace ChatOpsCampaigns.Bot.Tests.Slack;

/// <summary>Two people press the same button in the same instant: it has one effect, and both are told who was first.</summary>
public sealed class TwoAtOnceTests
{
    private const string Eva = "Eva K.";
    private const string Olga = "Olga N.";

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task A_request_is_approved_by_the_first_of_two()
    {
        await using var home = await StartAsync("Approver", "--People:Roles:slack:U0OLGA:1", "Approver");
        var eva = new SlackUser(home.Slack, "U0EVA");
        await LaunchAsync(home, "$1,500 a day, max $1,600");
        var cards = await BothSeeAsync(home, eva, "Approve");

        var (first, second) = await PressBothAsync(home, eva, cards, "Approve", words => words.Contains("was approved by", StringComparison.Ordinal));

        second.Words.ShouldContain($"a1 was approved by {first}");
        await UntilAsync(() => SimulatedRecord.Running(home.Bot.Folder).Count > 0, home);
        SimulatedRecord.Running(home.Bot.Folder).ShouldHaveSingleItem();
        await home.Ana.SeesAsync($"{first} approved your request a1", TestContext.Current.CancellationToken);
        home.Slack.Desk.Messages.Count(message => message.Channel == home.Ana.Direct && message.Words.Contains("approved your request", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_stop_is_acknowledged_and_resumed_by_the_first_of_two()
    {
        await using var home = await StartAsync("OnCall", "--OnCall:default:2", "slack:U0EVA");
        var eva = new SlackUser(home.Slack, "U0EVA");
        await LaunchAsync(home, "$500 a day, max $750");
        await UntilAsync(() => SimulatedRecord.Running(home.Bot.Folder).Count == 1, home);
        await home.Ana.SayAsync("simulate runaway c1", TestContext.Current.CancellationToken);
        var cards = await BothSeeAsync(home, eva, "Ack");

        var (first, second) = await PressBothAsync(home, eva, cards, "Ack", words => !words.Contains("reminders stop", StringComparison.Ordinal));
        second.Words.ShouldContain(first);

        await home.Ana.SayAsync("simulate calm c1", Patience);
        await home.Ana.SeesAsync("Ended 1 fault", Patience);
        await UntilResumedAsync(home, eva);

        SimulatedRecord.Running(home.Bot.Folder).ShouldHaveSingleItem();
        home.Bot.Output.ShouldNotContain("failed.");
    }

    /// <summary>Both press Resume together until the rules let it run: one resumes it, the other is told who did.</summary>
    private static async Task UntilResumedAsync(SlackBot home, SlackUser eva)
    {
        for (var attempt = 0; attempt < 20 && SimulatedRecord.Running(home.Bot.Folder).Count == 0; attempt++)
        {
            var cards = await BothSeeAsync(home, eva, "Resume");
            var stamp = home.Slack.Desk.Next();
            await Task.WhenAll(home.Olga.PressAsync(cards.Olgas, "Resume", Patience), eva.PressAsync(cards.Evas, "Resume", Patience));
            await UntilAsync(() => Answers(home, home.Olga, stamp).Any() && Answers(home, eva, stamp).Any(), home);
            await AnswerYesAsync(home, stamp, home.Olga, eva);
        }

        var said = new[] { home.Olga, eva }.SelectMany(person => Answers(home, person, "0")).Select(message => message.Words).ToList();
        said.ShouldContain(words => words.Contains($"resumed by {Olga}", StringComparison.Ordinal) || words.Contains($"resumed by {Eva}", StringComparison.Ordinal));
    }

    private static async Task AnswerYesAsync(SlackBot home, string stamp, params SlackUser[] people)
    {
        var asked = people.Where(person => Answers(home, person, stamp).Any(message => message.Button("Yes") is not null)).ToList();
        var next = home.Slack.Desk.Next();
        await Task.WhenAll(asked.Select(person => person.PressAsync(Answers(home, person, stamp).Last(message => message.Button("Yes") is not null), "Yes", Patience)));
        if (asked.Count > 0)
            await UntilAsync(() => asked.All(person => Answers(home, person, next).Any()), home);
    }

    /// <summary>What the bot said to one person since then, but for the incident's own card.</summary>
    private static IEnumerable<SlackMessage> Answers(SlackBot home, SlackUser person, string stamp) => home.Since(person.Direct, stamp).Where(message => message.Button("Ack") is null);

    private static Task<SlackBot> StartAsync(string role, params string[] more) => StartedAsync(["--Clock:Speed", "60", "--Clock:Start", "12:00", "--People:Roles:slack:U0EVA:0", role, .. more]);

    private static async Task<SlackBot> StartedAsync(string[] arguments)
    {
        var home = await SlackBot.StartAsync(Patience, arguments);
        (home.Slack.Desk.Names["U0EVA"], home.Slack.Desk.Names["U0OLGA"]) = (Eva, Olga);
        return home;
    }

    private static async Task LaunchAsync(SlackBot home, string budget)
    {
        var ana = home.Ana;
        await ana.SayAsync($"launch app installs for https://apps.apple.com/app/id1234567890 on facebook in the US and canada, 18-44, {budget}, cost cap $12, max bid $15, balanced, start now", Patience);
        await ana.SeesAsync("Step 2 of 7", Patience);
        await ana.SayAsync("", Patience, ana.Drop("one.png", SlackBot.Picture()));
        await ana.SeesAsync("Step 7 of 7", Patience);
        await ana.SayAsync("launch", Patience);
    }

    private static async Task<(SlackMessage Olgas, SlackMessage Evas)> BothSeeAsync(SlackBot home, SlackUser eva, string button) => (
        await home.Olga.SeesAsync(home.Olga.Direct, message => message.Button(button) is not null, Patience),
        await eva.SeesAsync(eva.Direct, message => message.Button(button) is not null, Patience));

    /// <returns>Who was first, and what the other was told.</returns>
    private static async Task<(string First, SlackMessage Second)> PressBothAsync(
        SlackBot home, SlackUser eva, (SlackMessage Olgas, SlackMessage Evas) cards, string button, Func<string, bool> isSecond)
    {
        var stamp = home.Slack.Desk.Next();
        await Task.WhenAll(home.Olga.PressAsync(cards.Olgas, button, Patience), eva.PressAsync(cards.Evas, button, Patience));
        await UntilAsync(() => Answers(home, home.Olga, stamp).Any() && Answers(home, eva, stamp).Any(), home);

        var (olgas, evas) = (Answers(home, home.Olga, stamp).First(), Answers(home, eva, stamp).First());
        (isSecond(olgas.Words) ^ isSecond(evas.Words)).ShouldBeTrue($"One of two is the second:\n{olgas.Words}\n---\n{evas.Words}");
        return isSecond(olgas.Words) ? (Eva, olgas) : (Olga, evas);
    }

    private static async Task UntilAsync(Func<bool> isSo, SlackBot home)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        for (var look = 0; !isSo(); look++)
        {
            (look < 600).ShouldBeTrue($"It never came.\n{string.Join("\n---\n", home.Slack.Desk.Messages.TakeLast(12).Select(message => $"{message.Channel} {message.User}: {message.Words}"))}\n{home.Bot.Output}");
            await every.WaitForNextTickAsync(Patience);
        }
    }
}
