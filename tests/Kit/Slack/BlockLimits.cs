using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Kit.Slack;

/// <summary>Slack's published limits, held against what we would send. Source: the reference of Block Kit, the stricter figure where pages differ.</summary>
public static class BlockLimits
{
    private static readonly JsonSerializerOptions Wire = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, int> Longest = new()
    {
        ["header.text"] = 150,
        ["section.text"] = 3000,
        ["section.fields"] = 2000,
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
        foreach (var fault in Blocks(window["blocks"]!.AsArray(), 100, isWindow: true).Concat(Texts(window, "modal", "title", "submit", "close")))
            yield return fault;

        if (window["submit"] is null && window["blocks"]!.AsArray().Any(block => (string?)block!["type"] == "input"))
            yield return "a window with inputs needs a submit";

        if (Length((string?)window["private_metadata"] ?? "") > 3000 || Encoding.UTF8.GetByteCount(window.ToJsonString(Wire)) > 250_000)
            yield return "the window is too large";
    }

    /// <summary>The same of the blocks of one message.</summary>
    public static IEnumerable<string> BrokenMessage(JsonArray blocks) => Blocks(blocks, 50, isWindow: false);

    /// <summary>Every text that Slack reads mark-up in.</summary>
    public static IEnumerable<string> Markup(JsonNode? node) => node switch
    {
        JsonObject text when (string?)text["type"] == "mrkdwn" => [(string)text["text"]!],
        JsonObject element => element.SelectMany(property => Markup(property.Value)),
        JsonArray list => list.SelectMany(Markup),
        _ => [],
    };

    private static IEnumerable<string> Blocks(JsonArray blocks, int most, bool isWindow)
    {
        if (blocks.Count > most || blocks.Count == 0)
            yield return $"{blocks.Count} blocks";

        var ids = blocks.Select(block => (string?)block!["block_id"]).OfType<string>().ToList();
        if (ids.Distinct().Count() != ids.Count || ids.Any(id => id.Length > 255))
            yield return "block ids have to be unique and at most 255 long";

        foreach (var fault in blocks.OfType<JsonObject>().SelectMany(block => Of(block, isWindow)))
            yield return fault;
    }

    private static IEnumerable<string> Of(JsonObject block, bool isWindow) => (string)block["type"]! switch
    {
        "header" => Texts(block, "header", "text"),
        "section" => Section(block),
        "context" => Many(block, "elements", 10).Concat(block["elements"]!.AsArray().SelectMany(element => Length(element!, "context.elements"))),
        "rich_text" => block["elements"]!.AsArray() is [JsonObject section] ? Many(section, "elements", 500) : ["rich text has one section"],
        "image" => (string?)block["alt_text"] is { Length: > 0 and <= 2000 } ? [] : ["a picture needs 1 to 2,000 characters of words"],
        "divider" => [],
        "data_visualization" => Chart(block),
        "actions" => Many(block, "elements", 25).Concat(Unique(block)).Concat(block["elements"]!.AsArray().OfType<JsonObject>().SelectMany(Element)),
        "input" => Texts(block, "input", "label", "hint").Concat(Element(block["element"]!.AsObject())),
        var other => [$"{other} is no block of ours{(isWindow ? " in a window" : "")}"],
    };

    private static IEnumerable<string> Section(JsonObject block) => block["fields"] is JsonArray fields
        ? Many(block, "fields", 10).Concat(fields.SelectMany(field => Length(field!, "section.fields")))
        : Texts(block, "section", "text");

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
        if (((string?)element["action_id"])?.Length is not (> 0 and <= 255))
            return ["an action id has 1 to 255 characters"];

        var options = element["options"]?.AsArray();
        return (string)element["type"]! switch
        {
            "button" => Texts(element, "button", "text")
                .Concat(((string)element["value"]!).Length <= 2000 ? [] : ["a value has at most 2,000 characters"])
                .Concat(element["confirm"] is JsonObject confirm ? Texts(confirm, "confirm", "title", "text", "confirm", "deny") : []),
            "overflow" => Options(options!, 2, 5),
            "static_select" or "multi_static_select" => Options(options!, 1, 100).Concat(Texts(element, "element", "placeholder")),
            "external_select" or "multi_external_select" => Texts(element, "element", "placeholder").Concat(options is null && (int?)element["min_query_length"] >= 0 ? [] : ["a menu that is searched has no options"]),
            "checkboxes" or "radio_buttons" => Options(options!, 1, 10),
            "plain_text_input" => Texts(element, "element", "placeholder")
                .Concat(Length((string?)element["initial_value"] ?? "") <= ((int?)element["max_length"] ?? 3000) ? [] : ["what stands in an input is longer than it takes"]),
            var other => [$"{other} is no element of ours"],
        };
    }

    private static IEnumerable<string> Options(JsonArray options, int least, int most)
    {
        if (options.Count < least || options.Count > most)
            yield return $"{options.Count} options";

        foreach (var option in options.OfType<JsonObject>())
        {
            if (((string)option["value"]!).Length is 0 or > 75)
                yield return $"the value {option["value"]} of an option has to have 1 to 75 characters";

            foreach (var fault in Texts(option, "option", "text"))
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

    private static IEnumerable<string> Length(JsonNode text, string limit) =>
        Length((string)text["text"]!) is var length && length > 0 && length <= Longest[limit] ? [] : [$"{limit} has {length} characters"];

    private static int Length(string text) => text.EnumerateRunes().Count();
}
