using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Charts;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Cards;

/// <summary>A chart that Teams draws itself. It is none of the schema's elements: a client that does not know it shows what stood there before.</summary>
internal static class ChartPart
{
    /// <summary>What the id of an element begins with that a chart is to take the place of.</summary>
    public const string Place = "chart-";

    public static JsonObject Of(ChartNumbers numbers, JsonObject otherwise) => new()
    {
        ["type"] = "Chart.Line",
        ["title"] = numbers.Title,
        ["xAxisTitle"] = numbers.Across,
        ["yAxisTitle"] = numbers.Upward,
        ["data"] = new JsonArray([.. numbers.Lines.Select(line => (JsonNode)new JsonObject
        {
            ["legend"] = line.Name, ["values"] = new JsonArray([.. line.Values.Select((value, at) => (JsonNode)new JsonObject { ["x"] = Along(numbers, at), ["y"] = value })]),
        })]),
        ["fallback"] = otherwise,
    };

    /// <summary>A line lies along numbers or dates; where neither is known, along the numbers of its points.</summary>
    private static JsonValue Along(ChartNumbers numbers, int at) =>
        numbers.Moments.Length > at ? JsonValue.Create(numbers.Moments[at]) : numbers.Amounts.Length > at ? JsonValue.Create(numbers.Amounts[at]) : JsonValue.Create(at + 1);
}
