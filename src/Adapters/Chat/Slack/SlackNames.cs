using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>
/// People are named by their ids in everything that is kept, so that they can be forgotten; on the way out the ids of those who are known become
/// names. A name is only words: it calls nobody, whoever wrote the id.
/// </summary>
internal static partial class SlackNames
{
    public static string Name(this SlackMembers members, string text) => Ids().Replace(text, id => members.NameOf(id.Value));

    public static JsonObject Name(this SlackMembers members, JsonObject card) => NamedCard.Of(card, members.Name);

    [GeneratedRegex(@"\b[UW][A-Z0-9]{3,14}\b")]
    private static partial Regex Ids();
}
