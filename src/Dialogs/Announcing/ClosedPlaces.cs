using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>
/// Tells every Admin, each once, of a channel that takes no messages any more, and of one for emergencies whoever they call too; what was to be said there waits for it.
/// </summary>
public sealed class ClosedPlaces(ChatDesk chat, Audience audience, IPeople people, IAdAccounts accounts)
{
    private readonly HashSet<(ConversationId Closed, PersonId Told)> _told = [];

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        var closed = chat.Closed;
        _told.RemoveWhere(one => !closed.ContainsKey(one.Closed));
        foreach (var (shut, why) in closed)
        {
            foreach (var person in (await ConcernedAsync(shut, cancellationToken)).Where(person => !_told.Contains((shut, person))))
            {
                // Whoever is reached where nothing can be said keeps nobody else from being told.
                foreach (var place in (await audience.OfPersonAsync(person, cancellationToken)).Where(place => !closed.Keys.Any(other => ChatDesk.IsIn(place, other.Value))))
                {
                    await chat.PostAsync(place, new ChatMessage($"I cannot post to {chat.NameOf(shut)}: {why}. What was to be said there waits for it; or say \"setup\" to name another channel."), cancellationToken);
                    _told.Add((shut, person));
                }
            }
        }
    }

    private async Task<IReadOnlyList<PersonId>> ConcernedAsync(ConversationId shut, CancellationToken cancellationToken)
    {
        var admins = (await people.WithRoleAsync(WorkspaceId.Local, Role.Admin, cancellationToken)).Select(admin => admin.Id);
        var unshown = new List<AdAccountId>();
        foreach (var account in await accounts.AllAsync(cancellationToken))
        {
            if ((await accounts.BindingAsync(account.Id, cancellationToken)).Incidents is { Length: > 0 } incidents && ChatDesk.IsIn(new ConversationId(incidents), shut.Value))
                unshown.Add(account.Id);
        }

        var (called, _) = await audience.OfEmergencyAsync(WorkspaceId.Local, unshown, cancellationToken);
        return [.. admins.Concat(called).Distinct()];
    }
}
