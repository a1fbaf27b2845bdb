using ChatOpsCampaigns.Kit;
using Microsoft.Playwright;

namespace ChatOpsCampaigns.Browser.Tests;

/// <summary>A campaign that runs away is stopped, whoever is told, whatever happens to the program meanwhile, until a person resumes it.</summary>
public sealed class RunawayTests(Browser browser)
{
    private const string Runaway = "simulate runaway c1";

    /// <summary>From the typed fault to the card.</summary>
    private static readonly TimeSpan UntilTheStop = TimeSpan.FromMinutes(3);
    private static readonly string[] Fast = ["--Clock:Speed", "60", "--Clock:Start", "12:00", "--Simulator:Seed", "4", "--Demo:History", "false"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Proves(133, 138)]
    [Fact]
    public async Task A_runaway_is_stopped_told_and_survives_kill_minus_9_and_a_person_resumes_it()
    {
        await using var box = new LoopbackMailbox();
        await using var bot = await BotProcess.StartAloneAsync(Cancel, [.. Fast, .. Mail(box)]);
        await using var chat = await browser.OpenAsync(bot);
        await LaunchAsync(chat);
        await chat.FeedShowsAsync("running now", UntilTheStop);

        await chat.SayAsync(Runaway);
        var card = await chat.CardAsync("STOPPED i1: speed of spending", UntilTheStop);
        await chat.AnsweredAsync(Runaway, "runaway ×10 began");
        await Assertions.Expect(card).ToContainTextAsync("Paused and confirmed by the network");
        foreach (var button in new[] { "Ack", "Resume", "Roll back…" })
            await Assertions.Expect(card.GetByRole(AriaRole.Button, new() { Name = button, Exact = true })).ToBeVisibleAsync();

        await chat.PictureAsync("incident");
        await MailAsync(box);
        SimulatedRecord.Running(bot.Folder).ShouldBeEmpty();

        await bot.KillAsync();
        await bot.StartAgainAsync(Cancel);
        await chat.OpenAsync();
        // What was shown before the kill stands there still: only what is said after the question counts.
        await chat.AnswersAsync("campaigns", "STOPPED: speed of spending");
        await chat.AnswersAsync("status c1", "STOPPED by the emergency monitor");
        await chat.AnswersAsync("incidents", "1 incident is open");
        await chat.AnswersAsync("view incident i1", "Paused and confirmed by the network");
        SimulatedRecord.Running(bot.Folder).ShouldBeEmpty();
        await chat.FeedPressAsync("View incident");
        await chat.SeesAsync("view incident i");

        await chat.AnswersAsync("simulate calm c1", "Ended 1 fault");
        await ResumeAsync(chat);
        await chat.AnswersAsync("status c1", "running since");
        SimulatedRecord.Running(bot.Folder).ShouldHaveSingleItem();
        await chat.PictureAsync("resumed");
        await chat.AnswersAsync("incidents", "No incident is open");
        await chat.AnswersAsync("audit verify", "Intact");
    }

    private static string[] Mail(LoopbackMailbox box) =>
    [
        "--Alerts:Email:Host", "127.0.0.1", "--Alerts:Email:Port", box.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        "--Alerts:Email:From", "campaigns@example.com", "--Alerts:Email:To", "oncall@example.com", "--Alerts:Email:UseTls", "false",
    ];

    private static async Task LaunchAsync(ChatPage chat)
    {
        await chat.SayAsync("launch app installs for https://apps.apple.com/app/id1234567890 on facebook in the US and canada, 18-44, $500 a day, max $750, cost cap $12, max bid $15, balanced, start now");
        await chat.CardAsync("Step 2 of 7");
        await chat.DropAsync(Files.Square("one.png"));
        await chat.CardAsync("Step 7 of 7");
        await chat.SayAsync("launch");
        await chat.SeesAsync("launched as c1");
    }

    /// <summary>The figures up to the stop have to be in first: asked again until they are.</summary>
    private static async Task ResumeAsync(ChatPage chat)
    {
        var resumed = chat.Page.Locator("#feed").GetByText("resumed by robin").First;
        for (var attempt = 0; attempt < 30 && !await resumed.IsVisibleAsync(); attempt++)
        {
            await chat.SayAsync("resume");
            await chat.Page.WaitForTimeoutAsync(2000);
        }

        await resumed.WaitForAsync();
    }

    private static async Task MailAsync(LoopbackMailbox box)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        for (var look = 0; look < 150 && !box.Messages.Any(IsTheStop); look++)
            await every.WaitForNextTickAsync(Cancel);

        box.Messages.ShouldContain(message => IsTheStop(message));
    }

    private static bool IsTheStop(string message) => message.Contains("stopped; the network confirms the pause", StringComparison.Ordinal);
}
