using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Kit.Slack;

/// <summary>Slack's published limits, held against what we would send. Source: the reference of Block Kit, the stricter figure where pages differ.</summary>
public static class BlockLimits
{
    private static readonly JsonSerializerOptions Wire = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int MostInMessage = 50;
    private const int MostInView = 100;

    /// <summary>Of all that is written in a message: refusals were seen from 11,300 on.</summary>
    private const int LongestMessage = 11_000;

    private const int LargestView = 250_000;
    private const int LongestId = 255;
    private const int LongestPrivate = 3000;
    private const int LongestInput = 3000;
    private const int LongestUrl = 3000;
    private const int LongestValue = 2000;

    /// <summary>Texts that Slack takes as plain ones alone.</summary>
    private static readonly HashSet<string> Plain =
    [
        "header.text", "button.text", "image.title", "confirm.title", "confirm.confirm", "confirm.deny", "input.label", "input.hint", "element.placeholder", "modal.title", "modal.submit", "modal.close",
    ];

    private static readonly Dictionary<string, int> Longest = new()
    {
        ["header.text"] = 150,
        ["section.text"] = 3000,
        ["section.fields"] = 2000,
        ["image.title"] = 2000,
        ["option.description"] = 75,
        ["context.elements"] = 3000,
        ["button.text"] = 75,
        ["option.text"] = 75,
        ["confirm.title"] = 100,
        ["confirm.text"] = 300,
        ["confirm.confirm"] = 30,
        ["confirm.deny"] = 30,
        ["input.label"] = 2000,
        ["input.hint"] = 2000,
        ["element.placeholder"] = 150,
        ["modal.title"] = 24,
        ["modal.submit"] = 24,
        ["modal.close"] = 24,
    };

    /// <summary>What breaks a limit, in words; nothing when all is well.</summary>
    /// <param name="sent"><c>{text, blocks, windows}</c>.</param>
    public static IEnumerable<string> Broken(JsonObject sent)
    {
        if (Length((string)sent["text"]!) is 0 or > 4000)
            yield return "text has to have 1 to 4,000 characters";

        foreach (var fault in BrokenMessage(sent["blocks"]!.AsArray()))
            yield return fault;

        foreach (var fault in sent["windows"]!.AsArray().OfType<JsonObject>().SelectMany(BrokenWindow))
            yield return fault;
    }

    /// <summary>The same of one window.</summary>
    public static IEnumerable<string> BrokenWindow(JsonObject window)
    {
        foreach (var fault in View(window, "modal").Concat(Texts(window, "modal", "title", "submit", "close")))
            yield return fault;

        if (window["title"] is null)
            yield return "a window needs a title";

        if (window["submit"] is null && window["blocks"]!.AsArray().Any(block => (string?)block!["type"] == "input"))
            yield return "a window with inputs needs a submit";
    }

    /// <summary>The same of a Home tab.</summary>
    public static IEnumerable<string> BrokenHome(JsonObject home) => View(home, "home");

    /// <summary>The same of the blocks of one message.</summary>
    public static IEnumerable<string> BrokenMessage(JsonArray blocks) => Blocks(blocks, MostInMessage, "a message").Concat(IsTooLong(blocks) ? ["a message is too long"] : []);

    /// <summary>More is written in the blocks of a message than Slack takes.</summary>
    public static bool IsTooLong(JsonArray blocks) => Written(blocks) > LongestMessage;

    private static int Written(JsonNode? node) => node switch
    {
        JsonObject element => element.Sum(property => property.Key == "text" && property.Value is JsonValue text ? ((string)text!).Length : Written(property.Value)),
        JsonArray list => list.Sum(Written),
        _ => 0,
    };

    private static IEnumerable<string> View(JsonObject view, string type)
    {
        foreach (var fault in Blocks(view["blocks"]!.AsArray(), MostInView, $"a {type}"))
            yield return fault;

        if ((string?)view["type"] != type)
            yield return $"it is no {type}";

        if (Length((string?)view["private_metadata"] ?? "") > LongestPrivate || Encoding.UTF8.GetByteCount(view.ToJsonString(Wire)) > LargestView)
            yield return $"the {type} is too large";

        if (new[] { "callback_id", "external_id" }.Any(id => Length((string?)view[id] ?? "") > LongestId))
            yield return $"an id of a {type} has at most {LongestId} characters";
    }

    /// <summary>Every text that Slack reads mark-up in.</summary>
    public static IEnumerable<string> Markup(JsonNode? node) => node switch
    {
        JsonObject text when (string?)text["type"] == "mrkdwn" => [(string)text["text"]!],
        JsonObject element => element.SelectMany(property => Markup(property.Value)),
        JsonArray list => list.SelectMany(Markup),
        _ => [],
    };

    private static IEnumerable<string> Blocks(JsonArray blocks, int most, string where)
    {
        if (blocks.Count > most || blocks.Count == 0)
            yield return $"{blocks.Count} blocks in {where}";

        var ids = blocks.Select(block => (string?)block!["block_id"]).OfType<string>().ToList();
        if (ids.Distinct().Count() != ids.Count || ids.Any(id => Length(id) is 0 or > LongestId))
            yield return $"block ids have to be unique and 1 to {LongestId} long";

        foreach (var fault in blocks.OfType<JsonObject>().SelectMany(block => Of(block, where)))
            yield return fault;
    }

    private static IEnumerable<string> Of(JsonObject block, string where) => (string)block["type"]! switch
    {
        "header" => Texts(block, "header", "text"),
        "section" => Section(block),
        "context" => Many(block, "elements", 10).Concat(block["elements"]!.AsArray().OfType<JsonObject>().SelectMany(element => (string?)element["type"] == "image" ? Image(element) : Length(element, "context.elements"))),
        "rich_text" => block["elements"]!.AsArray() is [JsonObject section] ? Many(section, "elements", 500) : ["rich text has one section"],
        "image" => Image(block).Concat(Texts(block, "image", "title")),
        "divider" => [],
        "data_visualization" => Chart(block),
        "actions" => Many(block, "elements", 25).Concat(Unique(block)).Concat(block["elements"]!.AsArray().OfType<JsonObject>().SelectMany(Element)),
        "input" => Texts(block, "input", "label", "hint").Concat(Element(block["element"]!.AsObject())),
        var other => [$"{other} is no block of ours in {where}"],
    };

    private static IEnumerable<string> Section(JsonObject block)
    {
        if (block["text"] is null && block["fields"] is null)
            yield return "a section needs a text or fields";

        var fields = block["fields"] is JsonArray many ? Many(block, "fields", 10).Concat(many.SelectMany(field => Length(field!, "section.fields"))) : [];
        foreach (var fault in Texts(block, "section", "text").Concat(fields).Concat(block["accessory"] is JsonObject accessory ? Element(accessory) : []))
            yield return fault;
    }

    private static IEnumerable<string> Image(JsonObject image)
    {
        if (Length((string?)image["alt_text"] ?? "") is 0 or > 2000)
            yield return "a picture needs 1 to 2,000 characters of words";

        if (Length((string?)image["image_url"] ?? (string?)image["slack_file"]?["id"] ?? "") is 0 or > LongestUrl)
            yield return "a picture needs an address or a file";
    }

    /// <summary>Titles of at most 50, words of at most 20, at most 6 series of other names with one point for each of 1 to 20 categories.</summary>
    private static IEnumerable<string> Chart(JsonObject block)
    {
        var chart = block["chart"]!.AsObject();
        var categories = chart["axis_config"]!["categories"]!.AsArray().Select(category => (string)category!).ToList();
        var series = chart["series"]!.AsArray().OfType<JsonObject>().ToList();
        if (Length((string)block["title"]!) is 0 or > 50 || new[] { "x_label", "y_label" }.Any(axis => Length((string?)chart["axis_config"]![axis] ?? "") > 50))
            yield return "a chart's title has 1 to 50 characters, its axes at most 50";

        if (categories.Count is 0 or > 20 || categories.Distinct().Count() != categories.Count || categories.Any(category => Length(category) is 0 or > 20))
            yield return "a chart has 1 to 20 different categories of 1 to 20 characters";

        if (series.Count is 0 or > 6 || series.Select(one => (string)one["name"]!).Distinct().Count() != series.Count || series.Any(one => Length((string)one["name"]!) is 0 or > 20))
            yield return "a chart has 1 to 6 series of different names of 1 to 20 characters";

        if (series.Any(one => !one["data"]!.AsArray().Select(point => (string)point!["label"]!).SequenceEqual(categories)))
            yield return "every series has one point for each category";
    }

    private static IEnumerable<string> Element(JsonObject element)
    {
        if (Length((string?)element["action_id"] ?? "") is 0 or > LongestId)
            return [$"an action id has 1 to {LongestId} characters"];

        var options = element["options"]?.AsArray();
        return (string)element["type"]! switch
        {
            "button" => Texts(element, "button", "text")
                .Concat(Length((string?)element["value"] ?? "") <= LongestValue ? [] : [$"a value has at most {LongestValue} characters"])
                .Concat(Length((string?)element["url"] ?? "") <= LongestUrl ? [] : [$"an address has at most {LongestUrl} characters"])
                .Concat((string?)element["style"] is null or "primary" or "danger" ? [] : ["a button is primary, dangerous or neither"])
                .Concat(element["confirm"] is JsonObject confirm ? Texts(confirm, "confirm", "title", "text", "confirm", "deny") : []),
            "overflow" => BrokenOptions(options!, 5, least: 2),
            "static_select" or "multi_static_select" => BrokenOptions(options!, 100).Concat(Texts(element, "element", "placeholder")).Concat(Initial(element, options!)),
            "external_select" or "multi_external_select" => Texts(element, "element", "placeholder").Concat(options is null && (int?)element["min_query_length"] >= 0 ? [] : ["a menu that is searched has no options"]),
            "checkboxes" or "radio_buttons" => BrokenOptions(options!, 10).Concat(Initial(element, options!)),
            "plain_text_input" => Texts(element, "element", "placeholder").Concat(Typed(element)),
            var other => [$"{other} is no element of ours"],
        };
    }

    private static IEnumerable<string> Typed(JsonObject input)
    {
        var (least, most) = ((int?)input["min_length"] ?? 0, (int?)input["max_length"] ?? LongestInput);
        if (least < 0 || most < 1 || least > most || most > LongestInput)
            yield return $"an input takes {least} to {most} characters";

        if (Length((string?)input["initial_value"] ?? "") > most)
            yield return "what stands in an input is longer than it takes";
    }

    /// <summary>What is chosen already has to be one of the choices, word for word.</summary>
    private static IEnumerable<string> Initial(JsonObject element, JsonArray options) =>
        (element["initial_options"] as JsonArray ?? []).Append(element["initial_option"]).OfType<JsonObject>()
            .Where(chosen => !options.Any(option => JsonNode.DeepEquals(option, chosen))).Select(chosen => $"{chosen["value"]} is chosen and no choice");

    /// <summary>The same of the choices of a menu.</summary>
    public static IEnumerable<string> BrokenOptions(JsonArray options, int most, int least = 1)
    {
        if (options.Count < least || options.Count > most)
            yield return $"{options.Count} options";

        foreach (var option in options.OfType<JsonObject>())
        {
            if (Length((string)option["value"]!) is 0 or > 75)
                yield return $"the value {option["value"]} of an option has to have 1 to 75 characters";

            foreach (var fault in Texts(option, "option", "text", "description"))
                yield return fault;
        }
    }

    private static IEnumerable<string> Unique(JsonObject block)
    {
        var ids = block["elements"]!.AsArray().Select(element => (string?)element!["action_id"]).ToList();
        return ids.Distinct().Count() == ids.Count ? [] : ["action ids have to be unique within a row"];
    }

    private static IEnumerable<string> Many(JsonObject block, string name, int most) =>
        block[name]!.AsArray().Count is var count && count > 0 && count <= most ? [] : [$"{count} {name}"];

    private static IEnumerable<string> Texts(JsonObject parent, string kind, params string[] names) =>
        names.Where(name => parent[name] is not null).SelectMany(name => Length(parent[name]!, $"{kind}.{name}"));

    private static IEnumerable<string> Length(JsonNode text, string limit)
    {
        if (Length((string)text["text"]!) is var length && (length == 0 || length > Longest[limit]))
            yield return $"{limit} has {length} characters";

        if ((string?)text["type"] != "plain_text" && (Plain.Contains(limit) || (string?)text["type"] != "mrkdwn"))
            yield return $"{limit} is no plain text";
    }

    private static int Length(string text) => text.EnumerateRunes().Count();
}
