using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Wire;

/// <summary>Reads what Slack sent. Whatever is of another kind than it should be counts as not there.</summary>
internal static class SlackFields
{
    public static JsonObject? Object(this JsonNode? node, string name) => (node as JsonObject)?[name] as JsonObject;

    public static IEnumerable<JsonObject> List(this JsonNode? node, string name) => ((node as JsonObject)?[name] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>A text under a path of names.</summary>
    public static string? Word(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            node = (node as JsonObject)?[name];

        return node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
    }

    public static bool Flag(this JsonNode? node, string name) => (node as JsonObject)?[name]?.GetValueKind() == JsonValueKind.True;

    public static long? Number(this JsonNode? node, string name) => (node as JsonObject)?[name] is JsonValue value && value.TryGetValue(out long number) ? number : null;
}
