using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.People;

namespace ChatOpsCampaigns.Adapters.Chat;

/// <summary>
/// People are named by their ids in everything that is kept, so that they can be forgotten; on the way out the ids of those who are known become names, of
/// whichever chat they are. A name is only words: it calls nobody, whoever wrote the id.
/// </summary>
internal sealed class MemberNames(IEnumerable<IMembers> chats)
{
    private readonly HeardMembers[] _chats = [.. chats.OfType<HeardMembers>()];

    public static implicit operator MemberNames(HeardMembers alone) => new([alone]);

    public string Name(string text) => _chats.Aggregate(text, (named, chat) => chat.Name(named));

    public JsonObject Name(JsonObject card) => NamedCard.Of(card, Name);
}
