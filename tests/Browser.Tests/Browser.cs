using ChatOpsCampaigns.Browser.Tests;
using ChatOpsCampaigns.Kit;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

// Most of them wait for campaign time to pass.
[assembly: Xunit.v3.Parallelization(MaxThreads = 3)]

namespace ChatOpsCampaigns.Browser.Tests;

/// <summary>Debian's Chromium without windows of its own, started once for all tests of this assembly. Without it the tests are skipped, and say so.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Chromium = "/usr/lib/chromium/chromium-headless-shell";

    private static readonly string[] Quietly =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
            return;

        Assertions.SetDefaultExpectTimeout((float)ChatPage.Patience.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Headless = true, Args = Quietly });
    }

    /// <summary>Opens the chat in a browser profile of its own, as one of the people of the demonstration.</summary>
    public async Task<ChatPage> OpenAsync(BotProcess bot, string? person = "you")
    {
        Assert.SkipWhen(_browser is null, $"{Chromium} is not there; scripts/test.sh installs it.");

        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 860 }, Locale = "en-US", TimezoneId = "UTC" });
        context.SetDefaultTimeout((float)ChatPage.Patience.TotalMilliseconds);
        var chat = new ChatPage(await context.NewPageAsync(), bot, person);
        await chat.OpenAsync();
        return chat;
    }

    /// <summary>Opens a second page in the browser of another, as somebody else. It is closed together with the first.</summary>
    public static async Task<ChatPage> OpenBesideAsync(ChatPage first, BotProcess bot, string person)
    {
        var chat = new ChatPage(await first.Page.Context.NewPageAsync(), bot, person);
        await chat.OpenAsync();
        return chat;
    }

    /// <summary>A page of its own that lies in a file.</summary>
    public async Task<IPage> OpenFileAsync(string file)
    {
        Assert.SkipWhen(_browser is null, $"{Chromium} is not there; scripts/test.sh installs it.");

        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 760, Height = 900 }, Locale = "en-US" });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return page;
    }

    /// <summary>A page that lies in a file, as if it came from a host that it frames the bot's pages at; those come from the bot's own door.</summary>
    public async Task<IPage> OpenHostAsync(string host, string file, string address, Uri door)
    {
        Assert.SkipWhen(_browser is null, $"{Chromium} is not there; scripts/test.sh installs it.");

        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1100, Height = 760 }, Locale = "en-US", TimezoneId = "UTC" });
        context.SetDefaultTimeout((float)ChatPage.Patience.TotalMilliseconds);
        await context.RouteAsync("**/*", route => route.AbortAsync());
        await context.RouteAsync($"{host}/**", route => route.FulfillAsync(new() { Path = file, ContentType = "text/html; charset=utf-8" }));
        await context.RouteAsync($"{address}/**", async route =>
            await route.FulfillAsync(new() { Response = await route.FetchAsync(new() { Url = new Uri(door, new Uri(route.Request.Url).PathAndQuery).AbsoluteUri }) }));
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{host}/");
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();

        _playwright?.Dispose();
    }
}
