using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Charts;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;

/// <summary>The Block Kit objects that we use, each cut to Slack's limit. Lengths are code points, counted after escaping.</summary>
internal static class Block
{
    public const int MostInMessage = 50;
    public const int MostInView = 100;

    /// <summary>Of a chart that Slack draws.</summary>
    public const string ChartType = "data_visualization";

    private const int LongestHeader = 150;
    private const int LongestSection = 3000;
    private const int LongestField = 2000;
    private const int LongestAlternative = 2000;
    private const int LongestLabel = 2000;
    private const int LongestChartTitle = 50;
    private const int LongestChartWord = 20;
    private const int MostChartLines = 6;

    public static JsonObject Header(string text) => new()
    {
        ["type"] = "header",
        ["text"] = Plain(text, LongestHeader),
    };

    public static JsonObject Section(string mrkdwn) => new()
    {
        ["type"] = "section",
        ["text"] = Markup(mrkdwn, LongestSection),
    };

    /// <param name="facts">Title and value, at most ten.</param>
    public static JsonObject Fields(IEnumerable<(string Title, string Value)> facts) => new()
    {
        ["type"] = "section",
        ["fields"] = new JsonArray([.. facts.Select(fact => Markup($"*{SlackText.Escape(fact.Title)}*\n{SlackText.Escape(fact.Value)}", LongestField))]),
    };

    /// <summary>Lines below each other. Nothing is read into their words.</summary>
    public static JsonObject Lines(IReadOnlyList<TextLine> lines) => new()
    {
        ["type"] = "rich_text",
        ["elements"] = new JsonArray(new JsonObject
        {
            ["type"] = "rich_text_section",
            ["elements"] = new JsonArray([.. lines.SelectMany((line, index) => line.Elements(index > 0))]),
        }),
    };

    /// <summary>Small grey words, at most ten pieces.</summary>
    public static JsonObject Context(IEnumerable<string> texts) => new()
    {
        ["type"] = "context",
        ["elements"] = new JsonArray([.. texts.Select(text => Plain(text, LongestSection))]),
    };

    public static JsonObject Divider() => new() { ["type"] = "divider" };

    /// <param name="file">Slack's id of an uploaded picture.</param>
    public static JsonObject Image(string file, string words) => new()
    {
        ["type"] = "image",
        ["slack_file"] = new JsonObject { ["id"] = file },
        ["alt_text"] = SlackText.Cut(words.Length > 0 ? words : "Picture", LongestAlternative),
    };

    /// <summary>A chart that Slack draws: every line has one value for each category.</summary>
    public static JsonObject Chart(ChartNumbers numbers)
    {
        var categories = Distinct(numbers.Categories.Select(category => SlackText.Cut(category, LongestChartWord)));
        var lines = numbers.Lines.Take(MostChartLines).Select(line => new JsonObject
        {
            ["name"] = SlackText.Cut(line.Name, LongestChartWord),
            ["data"] = new JsonArray([.. categories.Zip(line.Values, (category, value) => new JsonObject { ["label"] = category, ["value"] = value })]),
        });
        var axes = new JsonObject { ["categories"] = new JsonArray([.. categories.Select(category => (JsonNode)category)]) };
        if (numbers.Across.Length > 0)
            axes["x_label"] = SlackText.Cut(numbers.Across, LongestChartTitle);

        axes["y_label"] = SlackText.Cut(numbers.Upward, LongestChartTitle);
        return new JsonObject
        {
            ["type"] = ChartType,
            ["title"] = SlackText.Cut(numbers.Title, LongestChartTitle),
            ["chart"] = new JsonObject { ["type"] = "line", ["series"] = new JsonArray([.. lines]), ["axis_config"] = axes },
        };
    }

    /// <summary>Two of the same words would be one category.</summary>
    private static List<string> Distinct(IEnumerable<string> words)
    {
        var distinct = new List<string>();
        foreach (var word in words)
            distinct.Add(distinct.Contains(word) ? SlackText.Cut($"{distinct.Count + 1}: {word}", LongestChartWord) : word);

        return distinct;
    }

    public static JsonObject Actions(string id, IEnumerable<JsonObject> elements) => new()
    {
        ["type"] = "actions",
        ["block_id"] = id,
        ["elements"] = new JsonArray([.. elements]),
    };

    public static JsonObject Input(string id, string label, bool required, JsonObject element, string? hint = null)
    {
        var block = new JsonObject
        {
            ["type"] = "input",
            ["block_id"] = id,
            ["optional"] = !required,
            ["label"] = Plain(label, LongestLabel),
            ["element"] = element,
        };
        if (hint is not null)
            block["hint"] = Plain(hint, LongestLabel);

        return block;
    }

    /// <summary>A line that calls people and groups, by their ids.</summary>
    public static JsonObject Call(IEnumerable<string> called)
    {
        var line = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "On call:" });
        foreach (var one in called)
        {
            line.Add(new JsonObject { ["type"] = "text", ["text"] = " " });
            line.Add(SlackPeople.IsGroup(one) ? new JsonObject { ["type"] = "usergroup", ["usergroup_id"] = one } : new JsonObject { ["type"] = "user", ["user_id"] = one });
        }

        return new JsonObject { ["type"] = "rich_text", ["elements"] = new JsonArray(new JsonObject { ["type"] = "rich_text_section", ["elements"] = line }) };
    }

    /// <summary>Words that nothing is read into: no mention, link, style or emoji.</summary>
    public static JsonObject Plain(string text, int longest) => new()
    {
        ["type"] = "plain_text",
        ["text"] = SlackText.Cut(text.Length > 0 ? text : " ", longest),
        ["emoji"] = false,
    };

    /// <summary>Slack's mark-up. Verbatim, so that no name in it becomes a link or a mention.</summary>
    public static JsonObject Markup(string mrkdwn, int longest) => new()
    {
        ["type"] = "mrkdwn",
        ["text"] = SlackText.CutMarkup(mrkdwn, longest),
        ["verbatim"] = true,
    };
}
