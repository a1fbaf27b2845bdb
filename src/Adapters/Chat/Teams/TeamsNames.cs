using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Adapters.Chat.Teams;

/// <summary>
/// People are named by their ids in everything that is kept, so that they can be forgotten; on the way out the ids of those who are known become
/// names. A name is only words: it calls nobody, whoever wrote the id.
/// </summary>
internal static partial class TeamsNames
{
    /// <summary>What of a card is read by people.</summary>
    private static readonly HashSet<string> Read = ["text", "title", "fallbackText", "label", "altText"];

    public static string Name(this TeamsMembers members, string text) => Ids().Replace(text, id => members.NameOf(id.Value));

    /// <summary>A copy of the card; what its buttons carry and what stands in its inputs stays as it is.</summary>
    public static JsonObject Name(this TeamsMembers members, JsonObject card)
    {
        var named = (JsonObject)card.DeepClone();
        Walk(members, named);
        return named;
    }

    private static void Walk(TeamsMembers members, JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var one in list)
                Walk(members, one);
        }
        else if (node is JsonObject element)
        {
            // A fact is a title and a value; an input has a value too, which is its own.
            var isFact = element.Count == 2 && element.ContainsKey("title") && element.ContainsKey("value");
            foreach (var (name, value) in element.ToList())
            {
                if (value?.GetValueKind() is JsonValueKind.Object or JsonValueKind.Array && name != "data")
                    Walk(members, value);
                else if (value?.GetValueKind() == JsonValueKind.String && (Read.Contains(name) || (isFact && name == "value")))
                    element[name] = members.Name(value.GetValue<string>());
            }
        }
    }

    [GeneratedRegex(@"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")]
    private static partial Regex Ids();
}
