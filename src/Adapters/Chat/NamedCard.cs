using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Adapters.Chat;

/// <summary>A card in which people stand by name.</summary>
internal static class NamedCard
{
    /// <summary>What of a card is read by people.</summary>
    private static readonly HashSet<string> Read = ["text", "title", "fallbackText", "label", "altText"];

    /// <summary>A copy of the card; what its buttons carry and what stands in its inputs stays as it is.</summary>
    /// <param name="name">Puts names in the place of ids.</param>
    public static JsonObject Of(JsonObject card, Func<string, string> name)
    {
        var named = (JsonObject)card.DeepClone();
        Walk(named, name);
        return named;
    }

    private static void Walk(JsonNode? node, Func<string, string> name)
    {
        if (node is JsonArray list)
        {
            foreach (var one in list)
                Walk(one, name);
        }
        else if (node is JsonObject element)
        {
            // A fact is a title and a value; an input has a value too, which is its own.
            var isFact = element.Count == 2 && element.ContainsKey("title") && element.ContainsKey("value");
            foreach (var (field, value) in element.ToList())
            {
                if (value?.GetValueKind() is JsonValueKind.Object or JsonValueKind.Array && field != "data")
                    Walk(value, name);
                else if (value?.GetValueKind() == JsonValueKind.String && (Read.Contains(field) || (isFact && field == "value")))
                    element[field] = name(value.GetValue<string>());
            }
        }
    }
}
