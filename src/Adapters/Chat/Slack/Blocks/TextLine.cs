using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;

/// <summary>One piece of a line in one style.</summary>
/// <param name="Url">Where it leads when it is pressed; empty: nowhere.</param>
internal sealed record TextRun(string Text, bool Bold, bool Monospace, string Url = "");

/// <summary>A line of a card: a text block, or a rich one with several runs.</summary>
/// <param name="Quiet">All of it is subtle: small and grey.</param>
/// <param name="Loud">It reads as a heading.</param>
internal sealed record TextLine(IReadOnlyList<TextRun> Runs, bool Quiet, bool Loud)
{
    private const int LongestRun = 3000;

    public string Text => string.Concat(Runs.Select(run => run.Text)).Trim();

    public static TextLine Of(JsonObject element)
    {
        var runs = element.Kind() == "RichTextBlock" ? [.. element.Children("inlines")] : new List<JsonObject> { element };
        return new TextLine(
            [.. runs.Select(run => new TextRun(Signed(run), IsBold(run), run.Is("fontType", "monospace"), LinkOf(run)))],
            runs.All(run => run.Has("isSubtle")),
            runs.All(IsBold) && (element.Is("style", "heading") || runs.Any(run => run.Is("size", "medium") || run.Is("size", "large") || run.Is("size", "extraLarge"))));
    }

    /// <param name="below">It begins a line of its own.</param>
    public IEnumerable<JsonNode> Elements(bool below)
    {
        var elements = Runs.Where(run => run.Text.Length > 0).Select(Element);
        return below ? elements.Prepend(new JsonObject { ["type"] = "text", ["text"] = "\n" }) : elements;
    }

    private static JsonNode Element(TextRun run)
    {
        var element = new JsonObject { ["type"] = run.Url.Length > 0 ? "link" : "text", ["text"] = SlackText.Cut(run.Text, LongestRun) };
        if (run.Url.Length > 0)
            element["url"] = run.Url;

        var style = new JsonObject();
        if (run.Bold)
            style["bold"] = true;

        if (run.Monospace)
            style["code"] = true;

        if (style.Count > 0)
            element["style"] = style;

        return element;
    }

    private static string LinkOf(JsonObject run) => run["selectAction"] is JsonObject action && action.Kind() == "Action.OpenUrl" ? action.Text("url") : "";

    private static bool IsBold(JsonObject run) => run.Is("weight", "bolder");

    /// <summary>Slack has no coloured words: a coloured run begins with a sign, unless it has one of its own.</summary>
    private static string Signed(JsonObject run)
    {
        var text = run.Text("text");
        var sign = run.Text("color").ToUpperInvariant() switch
        {
            "GOOD" => "🟢 ",
            "WARNING" => "🟡 ",
            "ATTENTION" => "🔴 ",
            "ACCENT" => "🔵 ",
            _ => "",
        };
        return text.Length > 0 && (char.IsLetterOrDigit(text[0]) || "\"'“(".Contains(text[0])) ? sign + text : text;
    }
}
