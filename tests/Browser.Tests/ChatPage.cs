using System.Runtime.CompilerServices;
using ChatOpsCampaigns.Kit;
using Microsoft.Playwright;

namespace ChatOpsCampaigns.Browser.Tests;

/// <summary>
/// The page as a person uses it: say, wait, press, fill, drop, look. Everything waits by itself for at most <see cref="Patience"/>.
/// <code>
/// await using var bot = await BotProcess.StartAsync(cancellationToken, "--empty");
/// await using var chat = await browser.OpenAsync(bot, "ana");
/// await chat.SayAsync("help");
/// await chat.SeesAsync("new campaign");
/// </code>
/// </summary>
/// <param name="person">Null opens the page without saying who.</param>
public sealed class ChatPage(IPage page, BotProcess bot, string? person) : IAsyncDisposable
{
    /// <summary>How long something may take to appear. Two cores that run everything else beside it have needed more than half a minute for one page.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private const string SendBox = "[data-id='webchat-sendbox-input']";
    private const string Transcript = ".webchat__basic-transcript";
    private const string Cards = ".ac-adaptiveCard";
    private const string Bubble = "contains(@class, 'webchat__bubble__content')";

    private readonly List<string> _problems = [];

    public IPage Page => page;

    /// <summary>What the browser complained about: script faults and refused requests.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Opens the page, or opens it again after a restart of the bot. Returns when something can be typed.</summary>
    public async Task OpenAsync()
    {
        if (page.Url == "about:blank")
        {
            page.PageError += (_, fault) => _problems.Add(fault);
            page.Console += (_, line) => Keep(line);
        }

        try
        {
            await page.GotoAsync(new Uri(bot.Address, person is null ? "/" : $"/?user={person}").AbsoluteUri);
        }
        catch (PlaywrightException fault) when (fault.Message.Contains("ERR_ABORTED", StringComparison.Ordinal))
        {
            // After a restart the page may come back by itself in the same moment.
            await page.WaitForLoadStateAsync();
        }

        await page.Locator(SendBox).WaitForAsync();
        await page.Locator("body[data-line='open']").WaitForAsync();
    }

    public async Task SayAsync(string text)
    {
        var said = page.Locator($"xpath={Bubbles($"normalize-space(.) = {Quoted(text)}")}");
        var before = await said.CountAsync();
        await page.Locator(SendBox).FillAsync(text);
        await page.Locator(SendBox).PressAsync("Enter");
        await said.Nth(before).WaitForAsync();
    }

    /// <summary>Waits until the conversation shows a text, and returns the newest place that does.</summary>
    public async Task<ILocator> SeesAsync(string text, TimeSpan? patience = null)
    {
        var found = page.Locator(Transcript).GetByText(text).Last;
        await WaitAsync(found, patience);
        return found;
    }

    /// <summary>Says something and waits until what comes after it shows <paramref name="text"/>: what stood there before does not count.</summary>
    public async Task AnswersAsync(string said, string text, TimeSpan? patience = null)
    {
        await SayAsync(said);
        await AnsweredAsync(said, text, patience);
    }

    /// <summary>Waits until what comes after what was said last shows <paramref name="text"/>.</summary>
    public Task AnsweredAsync(string said, string text, TimeSpan? patience = null) => WaitAsync(After(said, text).Last, patience);

    /// <summary>It shows at this moment <paramref name="text"/> after <paramref name="said"/> was said for the first time: the answer may have come while it was said again.</summary>
    public async Task<bool> HasAnsweredAsync(string said, string text) => await After(said, text, which: "1").CountAsync() > 0;

    /// <summary>Waits until the newest card that shows <paramref name="text"/> is there, and returns it.</summary>
    public async Task<ILocator> CardAsync(string text, TimeSpan? patience = null)
    {
        var card = page.Locator(Cards).Filter(new() { HasText = text }).Last;
        await WaitAsync(card, patience);
        return card;
    }

    /// <summary>Presses a button by what stands on it: the newest one, on a card or below the conversation.</summary>
    public Task PressAsync(string label) => Press(page.Locator("#chat"), label);

    /// <summary>Presses a button of the newest card that shows <paramref name="text"/>.</summary>
    public async Task PressAsync(string label, string text) => await Press(await CardAsync(text), label);

    /// <summary>Types into the newest input with this label.</summary>
    public Task FillAsync(string label, string value) => page.Locator(Cards).GetByLabel(label, new() { Exact = true }).Last.FillAsync(value);

    /// <summary>Chooses from the newest drop-down with this label.</summary>
    public Task ChooseAsync(string label, string option) => page.Locator(Cards).GetByLabel(label).Last.SelectOptionAsync(new SelectOptionValue { Label = option });

    /// <summary>Ticks a box or a radio button of the newest card that has it.</summary>
    public Task TickAsync(string label) => page.Locator(Cards).GetByText(label, new() { Exact = true }).Last.ClickAsync();

    /// <summary>Drops files on the page, as if dragged from a folder.</summary>
    public async Task DropAsync(params string[] files)
    {
        var dropped = files.Select(file => new { name = Path.GetFileName(file), bytes = Convert.ToBase64String(File.ReadAllBytes(file)) });
        await page.EvaluateAsync(
            """
            (files) => {
              const carried = new DataTransfer();
              for (const { name, bytes } of files)
                carried.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name));
              for (const kind of ['dragenter', 'dragover', 'drop'])
                document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
            }
            """,
            dropped.ToArray());
    }

    /// <summary>Waits until the feed beside the chat shows a text.</summary>
    public Task FeedShowsAsync(string text, TimeSpan? patience = null) =>
        page.Locator("#feed").GetByText(text).First.WaitForAsync(Wait(patience));

    /// <summary>Presses the newest button of that name in the feed beside the chat.</summary>
    public Task FeedPressAsync(string name) => page.Locator("#feed").GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).First.ClickAsync();

    /// <summary>What is said in the conversation, from the oldest to the newest message.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync() => await page.Locator($"{Transcript} .webchat__bubble__content").AllInnerTextsAsync();

    /// <summary>Keeps a picture in <c>docs/pictures</c> when <c>UPDATE_PICTURES=1</c>, else beside the tests' other output.</summary>
    public async Task PictureAsync(string name)
    {
        var folder = Environment.GetEnvironmentVariable("UPDATE_PICTURES") == "1" ? Pictures() : Path.Combine(AppContext.BaseDirectory, "pictures");
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }

    public async ValueTask DisposeAsync() => await page.Context.CloseAsync();

    private static async Task Press(ILocator within, string label) =>
        await within.GetByRole(AriaRole.Button, new() { Name = label, Exact = true }).And(within.Locator(":enabled")).Last.ClickAsync();

    private ILocator After(string said, string text, string which = "last()") =>
        page.Locator($"xpath=({Bubbles($"normalize-space(.) = {Quoted(said)}")})[{which}]/following::*[{Bubble} and contains(normalize-space(.), {Quoted(text)})]");

    private static string Bubbles(string condition) => $"//*[{Bubble} and {condition}]";

    /// <summary>As XPath writes a text: it knows no way to write both kinds of quotes in one.</summary>
    private static string Quoted(string text) => text.Contains('\'', StringComparison.Ordinal) ? $"\"{text}\"" : $"'{text}'";

    /// <summary>What never came is told together with what stood there instead.</summary>
    private async Task WaitAsync(ILocator awaited, TimeSpan? patience)
    {
        try
        {
            await awaited.WaitForAsync(Wait(patience));
        }
        catch (TimeoutException fault)
        {
            throw new TimeoutException($"{fault.Message}\nThe page's end was:\n{string.Join("\n--\n", (await TextsAsync()).TakeLast(4))}", fault);
        }
    }

    private static LocatorWaitForOptions Wait(TimeSpan? patience) => new() { Timeout = (float)(patience ?? Patience).TotalMilliseconds };

    private void Keep(IConsoleMessage line)
    {
        if (line.Type == "error")
            _problems.Add(line.Text);
    }

    private static string Pictures([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "pictures"));
}
