using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.WebChat;

/// <summary>The browser chat has no channels: in their place stand the conversations of its people.</summary>
internal sealed class LocalRooms(IPeople people) : IRooms
{
    public string Channel => WebChatChannel.ChannelName;

    public async Task<FoundRoom> FindAsync(string said, ConversationId here, CancellationToken cancellationToken)
    {
        if (said.Equals("here", StringComparison.OrdinalIgnoreCase))
            return new FoundRoom.Open(here, here.Value);

        var name = said.StartsWith($"{Channel}/", StringComparison.OrdinalIgnoreCase) ? said[(Channel.Length + 1)..] : said.TrimStart('@');
        var known = await PeopleAsync(cancellationToken);
        if (known.FirstOrDefault(person => person.Id.Key.Equals(name, StringComparison.OrdinalIgnoreCase) || person.Id.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } one)
            return new FoundRoom.Open(ConversationId.Local(one.Id), ConversationId.Local(one.Id).Value);

        return new FoundRoom.Not(
            $"The browser chat has no channel \"{said}\": each person has one conversation there. There {(known.Count == 1 ? "is" : "are")} {string.Join(", ", known.Select(person => ConversationId.Local(person.Id)))}; or say \"here\".");
    }

    private async Task<IReadOnlyList<Person>> PeopleAsync(CancellationToken cancellationToken)
    {
        var known = new List<Person>();
        foreach (var role in Enum.GetValues<Role>())
            known.AddRange(await people.WithRoleAsync(WorkspaceId.Local, role, cancellationToken));

        return [.. known.Where(person => person.Id.Value.StartsWith($"{Channel}:", StringComparison.Ordinal)).DistinctBy(person => person.Id).OrderBy(person => person.Id.Value, StringComparer.Ordinal)];
    }
}
