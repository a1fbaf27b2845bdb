using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Adapters.Chat.WebChat;

/// <summary>Reads what a browser sent. Whatever is of another kind than it should be counts as not there.</summary>
internal static class ActivityFields
{
    /// <summary>A text under a path of names, for example <c>"channelData", "clientActivityID"</c>.</summary>
    public static string? Text(this JsonObject activity, params ReadOnlySpan<string> path)
    {
        JsonNode? node = activity;
        foreach (var name in path)
            node = (node as JsonObject)?[name];

        return node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
    }
}
