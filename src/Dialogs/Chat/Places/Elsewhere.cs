using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Chat.Places;

/// <summary>
/// Where an answer goes that its conversation takes no more: to whoever asked, alone; else to where the news of the account goes that the closed channel is
/// bound to. Never to a channel from a conversation that one person has with us alone.
/// </summary>
public sealed class Elsewhere(IConversationStore conversations, IAdAccounts accounts, ShutPlaces shutPlaces, SharedRooms shared)
{
    public ShutPlaces Shut => shutPlaces;

    /// <summary>As in <see cref="IRooms.NameOf"/>.</summary>
    public string NameOf(ConversationId place) => shared.NameOf(place);

    /// <summary>As in <see cref="SharedRooms.ShutAsync"/>.</summary>
    public Task<ClosedPlaceException?> ShutAsync(ConversationId place, CancellationToken cancellationToken) => shared.ShutAsync(place, cancellationToken);

    /// <param name="asked">Null when it is not known any more: then whoever began the conversation.</param>
    /// <param name="shut">What takes no messages.</param>
    public async Task<IReadOnlyList<ConversationId>> OfAsync(
        ConversationId conversation, PersonId? asked, ConversationId shut, Func<PersonId, CancellationToken, Task<ConversationId?>> findDirect, CancellationToken cancellationToken)
    {
        var places = new List<ConversationId>();
        if ((asked ?? (await conversations.FindAsync(conversation, cancellationToken))?.Person) is { } person && await findDirect(person, cancellationToken) is { } direct)
            places.Add(direct);

        foreach (var account in await accounts.AllAsync(cancellationToken))
        {
            var binding = await accounts.BindingAsync(account.Id, cancellationToken);
            if (binding.Feed.Length > 0 && binding.Channels.Contains(shut.Value) && await shared.ShutAsync(new ConversationId(binding.Feed), cancellationToken) is null)
                places.Add(new ConversationId(binding.Feed));
        }

        return [.. places.Distinct().Where(place => !ChatDesk.IsIn(place, shut.Value))];
    }
}
