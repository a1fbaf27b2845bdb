using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>Tells every Admin, each once, of a channel that takes no messages any more; what was to be said there waits for it.</summary>
public sealed class ClosedPlaces(ChatDesk chat, Audience audience, IPeople people)
{
    private readonly HashSet<(ConversationId Closed, PersonId Told)> _told = [];

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        var closed = chat.Closed;
        _told.RemoveWhere(one => !closed.ContainsKey(one.Closed));
        if (closed.Count == 0)
            return;

        foreach (var admin in await people.WithRoleAsync(WorkspaceId.Local, Role.Admin, cancellationToken))
        {
            // Whoever is reached where nothing can be said keeps nobody else from being told.
            foreach (var place in (await audience.OfPersonAsync(admin.Id, cancellationToken)).Where(place => !closed.Keys.Any(shut => ChatDesk.IsIn(place, shut.Value))))
                await TellInAsync(place, admin.Id, closed, cancellationToken);
        }
    }

    private async Task TellInAsync(ConversationId place, PersonId admin, IReadOnlyDictionary<ConversationId, string> closed, CancellationToken cancellationToken)
    {
        foreach (var (shut, why) in closed.Where(one => !_told.Contains((one.Key, admin))))
        {
            await chat.PostAsync(place, new ChatMessage($"I cannot post to {shut}: {why}. What was to be said there waits for it; or name another channel in Channels."), cancellationToken);
            _told.Add((shut, admin));
        }
    }
}
