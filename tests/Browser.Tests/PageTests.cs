using ChatOpsCampaigns.Kit;
using Microsoft.Playwright;

namespace ChatOpsCampaigns.Browser.Tests;

/// <summary>Two bots for all of these, one empty and one with the demonstration; whoever needs a conversation without a past comes as a person of its own.</summary>
public sealed class PageTests(Browser browser, EmptyBot empty, DemoBot demo) : IClassFixture<EmptyBot>, IClassFixture<DemoBot>
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Proves(162)]
    [Fact]
    public async Task The_page_opens_answers_and_shows_the_feed_and_the_clock()
    {
        var bot = demo.Bot;
        await using var chat = await browser.OpenAsync(bot);

        await chat.AnswersAsync("help", "new campaign");

        await Assertions.Expect(chat.Page.Locator("#clock")).ToContainTextAsync("Campaign time");
        await chat.Page.Locator("#feed li").First.WaitForAsync();
        await chat.PictureAsync("help");
        chat.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_page_says_what_can_be_said()
    {
        var bot = empty.Bot;
        await using var chat = await browser.OpenAsync(bot, "bea");

        await Assertions.Expect(chat.Page.Locator("#hello")).ToBeVisibleAsync();
        await chat.PictureAsync("hello");
        await chat.Page.Locator("#hello").GetByText("New campaign").ClickAsync();

        await chat.CardAsync("Step 1 of 7");
        await Assertions.Expect(chat.Page.Locator("#hello")).ToBeHiddenAsync();
    }

    [Proves(18)]
    [Fact]
    public async Task A_file_chosen_with_the_paperclip_arrives_too()
    {
        var bot = empty.Bot;
        await using var chat = await browser.OpenAsync(bot, "carl");
        await chat.SayAsync("new campaign");
        await chat.CardAsync("Step 1 of 7");
        await chat.SayAsync("facebook");
        await chat.CardAsync("Step 2 of 7");

        await chat.Page.Locator("input[type='file']").First.SetInputFilesAsync(Files.Square("clip.png"));

        await chat.SeesAsync("So far: 1 (1 image)");
        (await chat.Page.Locator("input[type='file']").First.InputValueAsync()).ShouldBeEmpty("the same file cannot be chosen again");
        chat.Problems.ShouldBeEmpty();
    }

    [Proves(18)]
    [Fact]
    public async Task A_dropped_file_is_shown_and_answered()
    {
        var bot = empty.Bot;
        await using var chat = await browser.OpenAsync(bot, "dora");

        await chat.DropAsync(Picture());

        await chat.SeesAsync("dropped.png");
        await Assertions.Expect(chat.Page.Locator("#drop")).ToBeHiddenAsync();
        await Assertions.Expect(chat.Page.Locator("#problem")).ToBeHiddenAsync();
        bot.Output.ShouldNotContain("fail:");
    }

    [Fact]
    public async Task A_film_of_5_GB_is_answered_without_being_read_and_a_name_is_only_a_name()
    {
        await using var bot = await BotProcess.StartAsync(Patience, "--empty");
        await using var chat = await browser.OpenAsync(bot, "ana");
        await chat.SayAsync("new campaign on facebook");
        await chat.CardAsync("Step 2 of 7");
        var folder = Directory.CreateTempSubdirectory("campaigns-files-").FullName;
        var (film, strange) = (Path.Combine(folder, "film.mp4"), Path.Combine(folder, "<img src=x onerror=alert(1)> **b** 😀.png"));
        await using (var sparse = new FileStream(film, FileMode.Create))
            sparse.SetLength(5L << 30);

        File.Copy(Picture(), strange);
        try
        {
            await chat.Page.Locator("input[type='file']").First.SetInputFilesAsync([film, strange]);

            await chat.SeesAsync("film.mp4 has 5 GB; a film may have 500 MB");
            await chat.CardAsync("<img src=x onerror=alert(1)> **b** 😀.png");
            await Assertions.Expect(chat.Page.Locator("#sending")).ToBeHiddenAsync();
            (await chat.Page.Locator("img[src='x']").CountAsync()).ShouldBe(0);
            chat.Problems.ShouldBeEmpty();
        }
        finally
        {
            File.Delete(film);
        }
    }

    [Fact]
    public async Task Files_whose_line_breaks_can_be_sent_again_and_count_once()
    {
        await using var bot = await BotProcess.StartAsync(Patience, "--empty");
        await using var chat = await browser.OpenAsync(bot, "ana");
        var breaks = true;
        await chat.Page.RouteAsync("**/upload", route => breaks ? route.AbortAsync() : route.ContinueAsync());

        await chat.DropAsync(Picture());
        await Assertions.Expect(chat.Page.Locator("#sending")).ToContainTextAsync("dropped.png (70 bytes) was not taken: the line broke");
        breaks = false;
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();

        await chat.SeesAsync("dropped.png");
        await Assertions.Expect(chat.Page.Locator("#sending")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_button_on_a_card_does_what_it_says()
    {
        var bot = demo.Bot;
        await using var chat = await browser.OpenAsync(bot);
        await chat.AnswersAsync("status c1", "(c1)");
        await chat.PictureAsync("card");

        await chat.PressAsync("Pause");

        await chat.FeedShowsAsync("by robin");
        await chat.SayAsync("status c1");
        await Assertions.Expect(chat.Page.GetByRole(AriaRole.Button, new() { Name = "Resume…", Exact = true }).Last).ToBeVisibleAsync();
        chat.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_people_in_one_browser_each_drop_files_into_their_own_conversation()
    {
        var bot = empty.Bot;
        await using var emil = await browser.OpenAsync(bot, "emil");
        var olga = await Browser.OpenBesideAsync(emil, bot, "olga");

        await emil.DropAsync(Picture());

        await emil.SeesAsync("dropped.png");
        await Assertions.Expect(emil.Page.Locator("#problem")).ToBeHiddenAsync();
        (await olga.TextsAsync()).ShouldNotContain(text => text.Contains("dropped.png", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Once_an_account_is_live_the_page_offers_nobody_else_to_be()
    {
        await using var bot = await BotProcess.StartAsync(Patience, "--empty", "--AdNetworks:Meta:Mode", "Live");
        await using var chat = await browser.OpenAsync(bot, person: null);

        await Assertions.Expect(chat.Page.Locator("#person")).ToBeHiddenAsync();
        await chat.SayAsync("who am i");
        await chat.SeesAsync("Admin");
    }

    [Fact]
    public async Task Each_person_of_the_demonstration_has_a_conversation_of_their_own()
    {
        var bot = empty.Bot;
        await using var ana = await browser.OpenAsync(bot, "ana");
        await using var olga = await browser.OpenAsync(bot, "olga");

        await ana.AnswersAsync("who am i", "Marketer");
        await olga.AnswersAsync("who am i", "On-call");

        (await olga.TextsAsync()).ShouldNotContain(text => text.Contains("Marketer", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(1280, 860)]
    public async Task Header_chat_box_and_feed_stay_on_the_screen_whatever_its_size(int width, int height)
    {
        var bot = demo.Bot;
        await using var chat = await browser.OpenAsync(bot);
        await chat.Page.SetViewportSizeAsync(width, height);
        await chat.AnswersAsync("campaigns", "AI-managed");

        (await chat.Page.EvaluateAsync<int[]>("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")).ShouldBe([width, height]);
        await Assertions.Expect(chat.Page.Locator("[data-id='webchat-sendbox-input']")).ToBeInViewportAsync();
        await Assertions.Expect(chat.Page.Locator("#clock")).ToBeInViewportAsync();
        await Assertions.Expect(chat.Page.Locator("#feed li").First).ToBeInViewportAsync();
        await chat.PictureAsync($"page-{width}");
    }

    [Fact]
    public async Task Cards_fit_a_phone()
    {
        var bot = empty.Bot;
        await using var chat = await browser.OpenAsync(bot);
        await chat.Page.SetViewportSizeAsync(390, 844);

        await chat.Page.GotoAsync(new Uri(bot.Address, "/cards").AbsoluteUri);
        await chat.Page.Locator("article .ac-adaptiveCard").First.WaitForAsync();

        await Assertions.Expect(chat.Page.Locator("meta[name='viewport']")).ToHaveCountAsync(1);
        (await chat.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(390);
    }

    [Fact]
    public async Task What_happened_long_ago_comes_when_it_is_asked_for_and_the_audit_stays_quiet()
    {
        var bot = demo.Bot;
        await using var chat = await browser.OpenAsync(bot);
        var lines = chat.Page.Locator("#feed li");
        await Assertions.Expect(lines).ToHaveCountAsync(40);
        await chat.SayAsync("pause c2");
        await Assertions.Expect(chat.Page.Locator("#feed details.quiet summary").First).ToContainTextAsync("audit checkpoint");
        await Assertions.Expect(chat.Page.Locator("#feed details[open]")).ToHaveCountAsync(0);

        await chat.Page.Locator("#older").ClickAsync();

        await lines.Nth(50).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var order = await lines.EvaluateAllAsync<string[]>("all => all.map(one => one.dataset.order)");
        order.ShouldBe(order.OrderDescending(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_link_of_an_alert_shows_its_incident()
    {
        var bot = demo.Bot;
        await using var chat = await browser.OpenAsync(bot);

        await chat.Page.GotoAsync(new Uri(bot.Address, "/?incident=i1").AbsoluteUri);

        await chat.SeesAsync("view incident i1");
        new Uri(chat.Page.Url).Query.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_card_is_shown_with_its_sample()
    {
        var bot = empty.Bot;
        await using var chat = await browser.OpenAsync(bot);

        await chat.Page.GotoAsync(new Uri(bot.Address, "/cards").AbsoluteUri);
        var expected = Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(typeof(BotProcess).Assembly.Location)!, "cards"), "*.sample.json").Count();

        await Assertions.Expect(chat.Page.Locator("article .ac-adaptiveCard")).ToHaveCountAsync(expected, new() { Timeout = 600_000 });
        await chat.Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "pictures", "cards.png"), FullPage = true });

        // Samples name pictures that are not in the store.
        chat.Problems.Where(problem => !problem.Contains("404", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string Picture()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("campaigns-files-").FullName, "dropped.png");
        File.WriteAllBytes(file, Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="));
        return file;
    }
}
