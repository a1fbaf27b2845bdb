using ChatOpsCampaigns.Kit;
using Microsoft.Playwright;

namespace ChatOpsCampaigns.Browser.Tests;

/// <summary>The main job as a person does it: three ways to a launched campaign.</summary>
public sealed class FirstLaunchTests(Browser browser)
{
    /// <summary>Ten turns, as README and surface promise them.</summary>
    internal static readonly IReadOnlyList<string> TypedPath =
    [
        "new campaign",
        "facebook",
        Attach,
        "done",
        "app install, installs, ios, https://apps.apple.com/app/id1234567890",
        "US, CA; 18-44; all",
        "$500/day, max $750, cost cap $12, max bid $15",
        "balanced, min roas 2.0, max cpa $18",
        "start tomorrow 9am",
        "launch",
    ];

    private const string Attach = "[attach one or more files]";
    private const string ReviewAgain = "Start: ";

    /// <summary>What comes after each of them.</summary>
    private static readonly string[] Answers =
    [
        "Step 1 of 7", "Step 2 of 7", "So far: 2 (2 images)", "Step 3 of 7", "Step 4 of 7", "Step 5 of 7", "Step 6 of 7", "Step 7 of 7", ReviewAgain, "scheduled for",
    ];

    private static readonly TimeSpan UntilItRuns = TimeSpan.FromMinutes(3);
    private static readonly string[] Fast = ["--Clock:Speed", "60", "--Clock:Start", "12:00", "--Simulator:Seed", "4", "--Demo:History", "false"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Proves(15)]
    [Fact]
    [Trait("Length", "Long")]
    public async Task The_typed_path_launches_in_ten_turns()
    {
        await using var bot = await BotProcess.StartAsync(Cancel, "--Demo:History", "false");
        await using var chat = await browser.OpenAsync(bot, "ana");

        for (var turn = 0; turn < TypedPath.Count; turn++)
        {
            await TakeAsync(chat, TypedPath[turn], Answers[turn]);
            if (Answers[turn] == ReviewAgain)
                await chat.PictureAsync("review");
        }

        await chat.FeedShowsAsync("scheduled for");
        await chat.SeesAsync("launched as c1");
        var (startsAt, ads) = SimulatedRecord.Scheduled(bot.Folder);
        (startsAt.ShouldNotBeNull().TimeOfDay, ads).ShouldBe((TimeSpan.FromHours(9), 2));
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
        SimulatedRecord.Running(bot.Folder).ShouldHaveSingleItem();
        await chat.PictureAsync("sentence-path");
    }

    [Fact]
    public async Task The_card_path_launches_with_buttons_and_inputs_alone()
    {
        await using var bot = await BotProcess.StartAsync(Cancel, Fast);
        await using var chat = await browser.OpenAsync(bot, "ana");

        await chat.Page.Locator("#hello").GetByText("New campaign").ClickAsync();
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
        SimulatedRecord.Running(bot.Folder).ShouldHaveSingleItem();
        await chat.PictureAsync("card-path");
    }

    private static async Task TakeAsync(ChatPage chat, string turn, string answer)
    {
        if (turn != Attach)
        {
            await chat.AnswersAsync(turn, answer);
            return;
        }

        await chat.DropAsync(Files.Square("one.png"), Files.Square("two.png"));
        await chat.SeesAsync(answer);
    }

    /// <summary>The network's review has passed, by the feed and by the campaign's own card.</summary>
    private static async Task RunsAsync(ChatPage chat)
    {
        await chat.FeedShowsAsync("running now", UntilItRuns);
        await chat.AnswersAsync("status c1", "running since");
    }

    private static Task ChooseAsync(ChatPage chat, string label, string value) =>
        chat.Page.Locator(".ac-adaptiveCard").GetByLabel(label, new() { Exact = true }).Last.SelectOptionAsync(value);
}
