using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Turns;

/// <summary>
/// What is shown where somebody asks. A channel that an account is bound to shows the accounts that are bound to it, whoever asks there. In a workspace that
/// installed the app, any other channel shows none, and people alone see what is bound to a channel of their workspace; an Admin sees everything. Elsewhere
/// everything is shown, but in a channel that another organisation reads too, or that may be one.
/// </summary>
public sealed class Sights(IPeople people, IAdAccounts accounts, ChatDesk chat, IEnumerable<IRooms> rooms)
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
        if (bound is not { Count: 0 } || chat.Realm(place) is not null)
            return person with { Sight = bound };

        return await StrangersAsync(place, cancellationToken) is { } strangers ? person with { Sight = bound, Blind = strangers } : person;
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

    private async Task<string?> StrangersAsync(ConversationId place, CancellationToken cancellationToken) =>
        rooms.FirstOrDefault(one => one.Channel == place.Channel) is { } room ? await room.StrangersAsync(place, cancellationToken) : null;

    /// <summary>The accounts with a channel that is one of these; null where all have: then campaigns of accounts that are no longer configured are shown too.</summary>
    private static async Task<IReadOnlySet<AdAccountId>?> BoundAsync(Func<string, bool> isOne, IAdAccounts accounts, CancellationToken cancellationToken)
    {
        var bound = new HashSet<AdAccountId>();
        var all = await accounts.AllAsync(cancellationToken);
        foreach (var account in all)
        {
            var binding = await accounts.BindingAsync(account.Id, cancellationToken);
            string[] channels = [binding.Feed, binding.Approvals, binding.Incidents];
            if (Array.Exists(channels, channel => channel.Length > 0 && isOne(channel)))
                bound.Add(account.Id);
        }

        return bound.Count == all.Count ? null : bound;
    }
}
