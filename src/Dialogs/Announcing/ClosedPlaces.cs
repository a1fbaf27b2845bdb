using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>
/// Tells every Admin, each once, of a channel that takes no messages any more, of somebody who cannot be written to alone, and of one for emergencies whoever they call too; what was to be said there waits for it.
/// </summary>
public sealed class ClosedPlaces(ChatDesk chat, Audience audience, IPeople people, IAdAccounts accounts, TimeProvider machine)
{
    private readonly ConcurrentDictionary<(ConversationId Closed, PersonId Told), bool> _told = new();

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        await chat.LookAgainAsync(cancellationToken);
        var closed = chat.Closed;
        foreach (var told in _told.Keys.Where(one => !closed.ContainsKey(one.Closed)))
            _told.TryRemove(told, out _);

        var faults = new List<Exception>();
        foreach (var (shut, why) in closed)
        {
            var untold = (await ConcernedAsync(shut, cancellationToken)).Where(person => !_told.ContainsKey((shut, person)));
            faults.AddRange((await Task.WhenAll(untold.Select(person => FaultAsync(person, shut, why, closed, cancellationToken)))).OfType<Exception>());
        }

        if (faults.Count > 0)
            throw new AggregateException("Not everybody could be told of a channel that takes no messages; it is tried again.", faults);
    }

    /// <summary>Side by side: whoever cannot be reached, or only slowly, keeps nobody else from hearing it.</summary>
    private async Task<Exception?> FaultAsync(
        PersonId person, ConversationId shut, string why, IReadOnlyDictionary<ConversationId, string> closed, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var place in (await audience.OfPersonAsync(person, cancellationToken)).Where(place => !closed.Keys.Any(other => ChatDesk.IsIn(place, other.Value))))
            {
                await chat.PostAsync(place, new ChatMessage(Says(shut, why)), cancellationToken).WaitAsync(ChatDesk.Patience, machine, cancellationToken);
                _told[(shut, person)] = true;
            }

            return null;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return fault;
        }
    }

    private string Says(ConversationId shut, string why) => chat.FindReader(shut) is { } person
        ? $"I cannot write to {person} alone: {why}. What they have to decide or to hear waits for that."
        : $"I cannot post to {chat.NameOf(shut)}: {why}. What was to be said there waits for it; or say \"setup\" to name another channel.";

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
