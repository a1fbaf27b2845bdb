using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Adapters.Chat.Teams;

/// <summary>
/// People are named by their ids in everything that is kept, so that they can be forgotten; on the way out the ids of those who are known become
/// names. A name is only words: it calls nobody, whoever wrote the id.
/// </summary>
internal static partial class TeamsNames
{
    public static string Name(this TeamsMembers members, string text) => Ids().Replace(text, id => members.NameOf(id.Value));

    public static JsonObject Name(this TeamsMembers members, JsonObject card) => NamedCard.Of(card, members.Name);

    [GeneratedRegex(@"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")]
    private static partial Regex Ids();
}
