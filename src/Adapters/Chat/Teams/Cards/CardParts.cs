using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Cards;

/// <summary>Elements that are added to a card, as the schema has them. What is said stands in runs of text, which nobody reads as mark-up.</summary>
internal static class CardParts
{
    public static JsonObject Line(string text, bool isSubtle = false)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = text };
        if (isSubtle)
            (run["isSubtle"], run["size"]) = (true, "small");

        return new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run) };
    }

    /// <summary>Words as a card of their own, line by line.</summary>
    public static JsonObject OfWords(string text) => new()
    {
        ["type"] = "AdaptiveCard",
        ["version"] = AdaptiveCardRenderer.Version,
        ["fallbackText"] = text,
        ["body"] = new JsonArray([.. text.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).DefaultIfEmpty("…").Select(line => Line(line))]),
    };

    public static JsonObject Button(string title, string verb, string token, bool takesInputs)
    {
        var data = new JsonObject { [AdaptiveCardRenderer.Token] = token };
        return new JsonObject
        {
            ["type"] = "Action.Execute", ["title"] = title, ["verb"] = verb, ["data"] = data, ["associatedInputs"] = takesInputs ? "auto" : "none",
            ["fallback"] = new JsonObject { ["type"] = "Action.Submit", ["title"] = title, ["data"] = data.DeepClone(), ["associatedInputs"] = takesInputs ? "auto" : "none" },
        };
    }

    /// <summary>Every object of a card, the outer ones first.</summary>
    public static IEnumerable<JsonObject> Inside(JsonNode? node) => node switch
    {
        JsonObject element => element.SelectMany(property => Inside(property.Value)).Prepend(element),
        JsonArray list => list.SelectMany(Inside),
        _ => [],
    };

    public static void Remove(JsonObject element)
    {
        if (element.Parent is JsonArray list)
            list.Remove(element);
    }
}
