using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace ChatOpsCampaigns.Browser.Tests.Cards;

/// <summary>Every card as Slack and Teams are given it, drawn in a browser: in Teams' colours by the official renderer, in Slack's by a page of our own.</summary>
public sealed class CardLookTests(Browser browser)
{
    /// <summary>What docs/slack.md and docs/teams.md show.</summary>
    private static readonly string[] Pictured = ["step", "review", "approval", "incident", "dashboard", "step-window"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_card_of_Teams_is_drawn_by_the_official_renderer_with_all_its_words_and_not_too_wide()
    {
        var page = await browser.OpenFileAsync(Here("teams-look.html"));
        await page.AddScriptTagAsync(new() { Path = await RendererAsync() });
        foreach (var (name, card) in Cards("Teams", ".teams.json"))
        {
            var drawn = await page.EvaluateAsync<Drawn>("json => show(JSON.parse(json))", card.ToJsonString());

            drawn.Said.ShouldBeEmpty(name);
            drawn.Wide.ShouldBe(0, name);
            var shown = Squeezed(drawn.Text);
            foreach (var words in Words(card["body"]).Select(Squeezed))
                shown.ShouldContain(words, Case.Sensitive, $"{name} does not show \"{words}\"");

            await PictureAsync(page, "teams", name);
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Every_card_of_Slack_can_be_drawn_with_its_windows()
    {
        var page = await browser.OpenFileAsync(Here("slack-look.html"));
        foreach (var (name, card) in Cards("Slack", ".slack.json"))
        {
            var shown = await page.EvaluateAsync<string>("json => show(JSON.parse(json))", card["blocks"]!.ToJsonString());
            shown.ShouldNotBeNullOrWhiteSpace(name);
            await PictureAsync(page, "slack", name);
            foreach (var window in card["windows"]!.AsArray().OfType<JsonObject>())
            {
                await page.EvaluateAsync<string>("([blocks, window]) => show(JSON.parse(blocks), JSON.parse(window))", new[] { window["blocks"]!.ToJsonString(), window.ToJsonString() });
                await PictureAsync(page, "slack", $"{name}-window");
            }
        }

        await page.Context.CloseAsync();
    }

    /// <summary>What the page says of a card. The browser's driver fills it in.</summary>
    private sealed class Drawn
    {
        public string[] Said { get; set; } = [];

        public string Text { get; set; } = "";

        /// <summary>By so many pixels something stands out at the side.</summary>
        public int Wide { get; set; }
    }

    private static IEnumerable<(string Name, JsonObject Card)> Cards(string chat, string ending) =>
        from file in Directory.EnumerateFiles(Path.Combine(Here("."), "../../Adapters.Tests/Chat", chat, "Golden"), $"*{ending}").Order(StringComparer.Ordinal)
        select (Path.GetFileName(file)[..^ending.Length], JsonNode.Parse(File.ReadAllText(file))!.AsObject());

    /// <summary>What a card says outright: its texts and facts, not what is shown only once something is pressed or chosen.</summary>
    private static IEnumerable<string> Words(JsonNode? node) => node switch
    {
        JsonArray all => all.SelectMany(Words),
        JsonObject { } one when (bool?)one["isVisible"] == false => [],
        JsonObject { } one when (string?)one["type"] is "TextBlock" or "TextRun" => ((string?)one["text"] ?? "").Contains("<at>", StringComparison.Ordinal) ? [] : [(string?)one["text"] ?? ""],
        JsonObject { } one => one.Where(part => part.Key is "items" or "columns" or "body" or "inlines" or "facts" or "rows" or "cells").SelectMany(part => Words(part.Value))
            .Concat(one["title"] is JsonValue title && one["value"] is JsonValue value && one["type"] is null ? [(string)title!, (string)value!] : []),
        _ => [],
    };

    private static string Squeezed(string text) => string.Concat(System.Net.WebUtility.HtmlDecode(text).Where(letter => !char.IsWhiteSpace(letter)));

    private static async Task PictureAsync(IPage page, string chat, string name)
    {
        var isKept = Environment.GetEnvironmentVariable("UPDATE_PICTURES") == "1";
        if (isKept && !Pictured.Contains(name))
            return;

        var folder = isKept ? Path.Combine(Here("."), "../../../docs/pictures") : Path.Combine(AppContext.BaseDirectory, "pictures");
        await page.Locator("body").ScreenshotAsync(new() { Path = Path.Combine(folder, $"{chat}-{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }

    /// <summary>The official renderer of Adaptive Cards, fetched once by the script that knows its version.</summary>
    private static async Task<string> RendererAsync()
    {
        var script = Path.GetFullPath(Path.Combine(Here("."), "../../../scripts/card-renderer.mjs"));
        using var node = Process.Start(new ProcessStartInfo("node", [script]) { RedirectStandardOutput = true })!;
        var says = await node.StandardOutput.ReadToEndAsync(Cancel);
        await node.WaitForExitAsync(Cancel);
        node.ExitCode.ShouldBe(0, "the renderer of Adaptive Cards could not be fetched");
        return says.Trim();
    }

    private static string Here(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, name);
}
