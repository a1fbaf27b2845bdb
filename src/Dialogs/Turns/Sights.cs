using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat.Places;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Turns;

/// <summary>
/// What is shown where somebody asks. A channel that an account is bound to shows the accounts that are bound to it, whoever asks there. In a workspace that
/// installed the app, any other channel shows none, and people alone see what is bound to a channel of their workspace; an Admin sees everything. Elsewhere
/// everything is shown. In a channel that another organisation reads too nothing is, but where accounts were bound to it knowingly (<see cref="SharedRooms"/>).
/// </summary>
public sealed class Sights(IPeople people, IAdAccounts accounts, ChatDesk chat, SharedRooms shared)
{
    /// <summary>Somebody without regard to where they ask: for what concerns everything.</summary>
    public Task<Person> GetAsync(PersonId person, CancellationToken cancellationToken) => people.GetAsync(person, cancellationToken);

    /// <summary>Somebody as they ask in a conversation.</summary>
    public async Task<Person> GetAsync(PersonId id, ConversationId place, CancellationToken cancellationToken)
    {
        var person = await people.GetAsync(id, cancellationToken);
        if (!chat.IsShared(place))
            return person with { Sight = await AloneAsync(person, accounts, chat, cancellationToken) };

        var bound = await BoundAsync(channel => ChatDesk.IsIn(place, channel), accounts, cancellationToken);
        if (await shared.WhyBlindAsync(place, cancellationToken) is { } why)
            return person with { Sight = ImmutableHashSet<AdAccountId>.Empty, Blind = why };

        return bound is { Count: 0 } && chat.Realm(place) is null ? person : person with { Sight = bound };
    }

    /// <summary>Somebody as they look in alone.</summary>
    public async Task<Person> AloneAsync(PersonId id, CancellationToken cancellationToken)
    {
        var person = await people.GetAsync(id, cancellationToken);
        return person with { Sight = await AloneAsync(person, accounts, chat, cancellationToken) };
    }

    /// <summary>The accounts of which something is shown to somebody alone; null where all are. Nothing that is kept is asked for the people of the configured workspace.</summary>
    public static Task<IReadOnlySet<AdAccountId>?> AloneAsync(Person person, IAdAccounts accounts, ChatDesk chat, CancellationToken cancellationToken) =>
        chat.Realm(person.Id) is { } realm && !person.Roles.Contains(Role.Admin)
            ? BoundAsync(channel => channel.StartsWith(realm, StringComparison.Ordinal), accounts, cancellationToken)
            : Task.FromResult<IReadOnlySet<AdAccountId>?>(null);

    /// <summary>The accounts with a channel that is one of these; null where all have: then campaigns of accounts that are no longer configured are shown too.</summary>
    private static async Task<IReadOnlySet<AdAccountId>?> BoundAsync(Func<string, bool> isOne, IAdAccounts accounts, CancellationToken cancellationToken)
    {
        var bound = new HashSet<AdAccountId>();
        var all = await accounts.AllAsync(cancellationToken);
        foreach (var account in all)
        {
            var binding = await accounts.BindingAsync(account.Id, cancellationToken);
            if (binding.Channels.Any(isOne))
                bound.Add(account.Id);
        }

        return bound.Count == all.Count ? null : bound;
    }
}
