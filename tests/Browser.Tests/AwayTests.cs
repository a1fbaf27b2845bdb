using ChatOpsCampaigns.Kit;
using Microsoft.Playwright;

namespace ChatOpsCampaigns.Browser.Tests;

/// <summary>The bot goes away under an open page, and is started again.</summary>
public sealed class AwayTests(Browser browser, EmptyBot empty) : IClassFixture<EmptyBot>
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_bot_is_away_the_page_says_so_and_keeps_what_is_typed()
    {
        var bot = empty.Bot;
        await using var chat = await browser.OpenAsync(bot, "bea");
        await chat.AnswersAsync("who am i", "Marketer");

        await bot.StopAsync(Patience);
        await chat.Page.Locator("body[data-line='closed']").WaitForAsync();
        await Assertions.Expect(chat.Page.Locator("#problem")).ToContainTextAsync("does not answer");
        await chat.Page.Locator("[data-id='webchat-sendbox-input']").FillAsync("new campaign on facebook");
        await bot.StartAgainAsync(Patience);

        await Assertions.Expect(chat.Page.Locator("[data-id='webchat-sendbox-input']")).ToHaveValueAsync("new campaign on facebook");
    }

    [Fact]
    public async Task A_reload_and_a_killed_bot_lose_nothing_of_the_conversation()
    {
        await using var bot = await BotProcess.StartAloneAsync(Patience, "--empty");
        await using var chat = await browser.OpenAsync(bot, "ana");
        await chat.AnswersAsync("who am i", "Marketer");

        await bot.KillAsync();
        await bot.StartAgainAsync(Patience);
        await chat.OpenAsync();

        await chat.SeesAsync("who am i");
        await chat.SeesAsync("Marketer");
        await chat.AnswersAsync("help", "new campaign");
    }

    [Fact]
    public async Task An_open_page_finds_back_by_itself_after_a_restart()
    {
        var bot = empty.Bot;
        await using var chat = await browser.OpenAsync(bot, "dora");
        await chat.AnswersAsync("who am i", "Marketer");

        var reloaded = chat.Page.WaitForRequestAsync(request => request.IsNavigationRequest);
        await bot.StopAsync(Patience);
        await bot.StartAgainAsync(Patience);
        await reloaded;

        await chat.SeesAsync("Marketer");
        await chat.AnswersAsync("help", "new campaign");
    }
}
