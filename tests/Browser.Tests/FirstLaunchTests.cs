using ChatOpsCampaigns.Kit;
using Microsoft.Playwright;

namespace ChatOpsCampaigns.Browser.Tests;

/// <summary>The main job as a person does it: three ways to a launched campaign, and one that runs away.</summary>
public sealed class FirstLaunchTests(Browser browser)
{
    private static readonly TimeSpan UntilTheStop = TimeSpan.FromMinutes(3);
    private static readonly string[] Fast = ["--Clock:Speed", "60", "--Clock:Start", "12:00", "--Demo:History", "false"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Proves(15)]
    [Fact]
    public async Task The_typed_path_launches_in_ten_turns()
    {
        await using var bot = await BotProcess.StartAsync(Cancel, "--Demo:History", "false");
        await using var chat = await browser.OpenAsync(bot, "ana");

        await chat.SayAsync("new campaign");
        await chat.CardAsync("Step 1 of 7");
        await chat.SayAsync("facebook");
        await chat.CardAsync("Step 2 of 7");
        await chat.DropAsync(Files.Square("one.png"), Files.Square("two.png"));
        await chat.SeesAsync("So far: 2 (2 images)");
        await chat.SayAsync("done");
        await chat.CardAsync("Step 3 of 7");
        await chat.SayAsync("app install, installs, ios, https://apps.apple.com/app/id1234567890");
        await chat.CardAsync("Step 4 of 7");
        await chat.SayAsync("US, CA; 18-44; all");
        await chat.CardAsync("Step 5 of 7");
        await chat.SayAsync("$500/day, max $750, cost cap $12, max bid $15");
        await chat.CardAsync("Step 6 of 7");
        await chat.SayAsync("balanced, min roas 2.0, max cpa $18");
        await chat.CardAsync("Step 7 of 7");
        await chat.SayAsync("start tomorrow 9am");
        await chat.SeesAsync("Start: ");
        await chat.PictureAsync("review");
        await chat.SayAsync("launch");

        await chat.FeedShowsAsync("scheduled for");
        await chat.SeesAsync("launched as c1");
        await chat.PictureAsync("typed-path");
    }

    [Fact]
    public async Task The_sentence_path_launches_in_three_turns()
    {
        await using var bot = await BotProcess.StartAsync(Cancel, Fast);
        await using var chat = await browser.OpenAsync(bot, "ana");

        await chat.SayAsync("launch app installs for https://apps.apple.com/app/id1234567890 on facebook in the US and canada, 18-44, $500 a day, max $750, cost cap $12, max bid $15, balanced, start now");
        await chat.SeesAsync("from \"on facebook\"");
        await chat.PictureAsync("sentence");
        await chat.DropAsync(Files.Square("one.png"));
        await chat.CardAsync("Step 7 of 7");
        await chat.SayAsync("launch");

        await chat.FeedShowsAsync("in review by the network");
        await RunsAsync(chat);
        await chat.PictureAsync("sentence-path");
    }

    [Fact]
    public async Task The_card_path_launches_with_buttons_and_inputs_alone()
    {
        await using var bot = await BotProcess.StartAsync(Cancel, Fast);
        await using var chat = await browser.OpenAsync(bot, "ana");

        await chat.SayAsync("new campaign");
        await chat.CardAsync("Step 1 of 7");
        await ChooseAsync(chat, "Network", "facebook");
        await chat.PressAsync("Next");
        await chat.CardAsync("Step 2 of 7");
        await chat.DropAsync(Files.Square("one.png"));
        await chat.SeesAsync("So far: 1 (1 image)");
        await chat.PressAsync("Done", "Step 2 of 7");
        await chat.CardAsync("Step 3 of 7");
        await ChooseAsync(chat, "Campaign type", "app install");
        await ChooseAsync(chat, "Objective", "installs");
        await chat.FillAsync("Address", "https://apps.apple.com/app/id1234567890");
        await ChooseAsync(chat, "System", "ios");
        await chat.PressAsync("Next");
        await chat.CardAsync("Step 4 of 7");
        await chat.FillAsync("Countries", "US, CA");
        await chat.FillAsync("Ages", "18-44");
        await chat.PressAsync("Next");
        await chat.CardAsync("Step 5 of 7");
        await chat.FillAsync("Budget", "500");
        await chat.FillAsync("Never more than", "750");
        await chat.FillAsync("Target cost", "12");
        await chat.PictureAsync("budget-card");
        await chat.PressAsync("Next");
        await chat.CardAsync("Step 6 of 7");
        await chat.PressAsync("Use suggestion");
        await chat.CardAsync("Step 7 of 7");
        await chat.SeesAsync("1 thing is missing or wrong");
        await chat.PressAsync("Schedule…");
        await chat.FillAsync("Start", "now");
        await chat.PressAsync("Set");
        await chat.SeesAsync("Start: now");
        await chat.PressAsync("Approve and launch");

        await chat.FeedShowsAsync("in review by the network");
        await RunsAsync(chat);
        await chat.PictureAsync("card-path");
    }

    [Proves(133, 138)]
    [Fact]
    public async Task A_runaway_is_stopped_told_and_survives_kill_minus_9_and_a_person_resumes_it()
    {
        await using var box = new LoopbackMailbox();
        await using var bot = await BotProcess.StartAsync(Cancel, [.. Fast, .. Mail(box)]);
        await using var chat = await browser.OpenAsync(bot);
        await LaunchAsync(chat);
        await chat.FeedShowsAsync("running now", UntilTheStop);

        await chat.SayAsync("simulate runaway c1");
        var card = await chat.CardAsync("STOPPED i1: speed of spending", UntilTheStop);
        await Assertions.Expect(card.GetByRole(AriaRole.Button, new() { Name = "Ack", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(card.GetByRole(AriaRole.Button, new() { Name = "Resume", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(card.GetByRole(AriaRole.Button, new() { Name = "Roll back…", Exact = true })).ToBeVisibleAsync();
        await chat.PictureAsync("incident");
        await MailAsync(box);

        await bot.KillAsync();
        await bot.StartAgainAsync(Cancel);
        await chat.OpenAsync();
        // What was shown before the kill stands there still: only what is said after the question counts.
        await chat.AnswersAsync("status c1", "STOPPED by the emergency monitor");
        await chat.AnswersAsync("view incident i1", "Paused and confirmed by the network");
        await chat.SayAsync("incidents");
        await chat.CardAsync("1 incident is open");
        await chat.FeedPressAsync("View incident");
        await chat.SeesAsync("view incident i");

        await chat.SayAsync("simulate calm c1");
        await chat.SeesAsync("Ended 1 fault");
        await ResumeAsync(chat);
        await chat.PictureAsync("resumed");
        await chat.SayAsync("audit verify");
        await chat.SeesAsync("Intact");
    }

    /// <summary>The network's review has passed, by the feed and by the campaign's own card.</summary>
    private static async Task RunsAsync(ChatPage chat)
    {
        await chat.FeedShowsAsync("running now", UntilTheStop);
        await chat.AnswersAsync("status c1", "running since");
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
        for (var attempt = 0; attempt < 12 && !await resumed.IsVisibleAsync(); attempt++)
        {
            await chat.SayAsync("resume");
            await chat.Page.WaitForTimeoutAsync(5000);
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

    private static Task ChooseAsync(ChatPage chat, string label, string value) =>
        chat.Page.Locator(".ac-adaptiveCard").GetByLabel(label, new() { Exact = true }).Last.SelectOptionAsync(value);
}
