using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Accounts.Setup;

/// <summary>
/// The configured ad accounts with what was said in the chat: that wins over the configuration, and of each what is said of the account itself over what
/// is said of all. A daily limit alone is never above the configured one. What names a chat that is not there any more counts as never said.
/// </summary>
/// <param name="chats">The chats that there are, by the name that their conversations begin with.</param>
public sealed class SaidAccounts(IAdAccounts configured, SetupBook book, IReadOnlyList<string> chats) : IAdAccounts
{
    private static readonly SaidRoom None = new("", "none");

    public async Task<IReadOnlyList<AdAccount>> AllAsync(CancellationToken cancellationToken)
    {
        var said = await book.AllAsync(cancellationToken);
        return [.. (await configured.AllAsync(cancellationToken)).Select(account => Limited(account, said))];
    }

    public async Task<AdAccount> GetAsync(AdAccountId account, CancellationToken cancellationToken) =>
        Limited(await configured.GetAsync(account, cancellationToken), await book.AllAsync(cancellationToken));

    public async Task<ChannelBinding> BindingAsync(AdAccountId account, CancellationToken cancellationToken)
    {
        var said = await book.AllAsync(cancellationToken);
        var binding = await configured.BindingAsync(account, cancellationToken);
        Part<SaidRoom>[] rooms = [Room(said, account, one => one.Feed, binding.Feed), Room(said, account, one => one.Approvals, binding.Approvals), Room(said, account, one => one.Incidents, binding.Incidents)];
        return new ChannelBinding(account, rooms[0].Value.Place, rooms[1].Value.Place, rooms[2].Value.Place, Called(said, account, binding.OnCall).Value)
        {
            OursAlone = [.. rooms.Where(room => room.From == Source.Chat && room.Value.Place.Length > 0).Select(room => room.Value.Place)],
        };
    }

    public async Task<Money?> FindWorkspaceLimitAsync(Currency currency, CancellationToken cancellationToken) =>
        (await book.AllAsync(cancellationToken)).WorkspaceLimits.TryGetValue(currency.Code, out var amount) ? currency.Of(amount) : null;

    /// <summary>How every account is set up, and who said so.</summary>
    public async Task<IReadOnlyList<Arrangement>> ArrangementsAsync(CancellationToken cancellationToken)
    {
        var said = await book.AllAsync(cancellationToken);
        var arrangements = new List<Arrangement>();
        foreach (var account in await configured.AllAsync(cancellationToken))
        {
            var binding = await configured.BindingAsync(account.Id, cancellationToken);
            var limited = Limited(account, said);
            arrangements.Add(new Arrangement(
                limited, Room(said, account.Id, one => one.Feed, binding.Feed), Room(said, account.Id, one => one.Approvals, binding.Approvals),
                Room(said, account.Id, one => one.Incidents, binding.Incidents), Called(said, account.Id, binding.OnCall),
                new Part<Money?>(limited.DailyLimit, limited.DailyLimit is null ? Source.Nobody : limited.DailyLimit == account.DailyLimit ? Source.Configuration : Source.Chat))
            {
                Most = account.DailyLimit,
            });
        }

        return arrangements;
    }

    private static AdAccount Limited(AdAccount account, SaidInChat said)
    {
        if (said.Of(account.Id).DailyLimit is not { } amount)
            return account;

        var limit = account.Currency.Of(amount);
        return account.DailyLimit is { } most && most <= limit ? account : account with { DailyLimit = limit };
    }

    private Part<SaidRoom> Room(SaidInChat said, AdAccountId account, Func<SaidSetup, SaidRoom?> part, string configuredPlace) =>
        said.Nearest(account, one => part(one) is { } room && IsThere(room) ? room : null) is { } named ? new Part<SaidRoom>(named, Source.Chat)
        : configuredPlace.Length > 0 ? new Part<SaidRoom>(new SaidRoom(configuredPlace, configuredPlace), Source.Configuration)
        : new Part<SaidRoom>(None, Source.Nobody);

    private Part<IReadOnlyList<PersonId>> Called(SaidInChat said, AdAccountId account, IReadOnlyList<PersonId> configuredPeople) =>
        said.Nearest(account, one => one.OnCall is { } people ? Reached(people) : null) is { } named ? new Part<IReadOnlyList<PersonId>>(named, Source.Chat)
        : new Part<IReadOnlyList<PersonId>>(configuredPeople, configuredPeople.Count > 0 ? Source.Configuration : Source.Nobody);

    /// <summary>Null when people were named and none of them can be reached any more: nobody would be called.</summary>
    private List<PersonId>? Reached(IReadOnlyList<PersonId> people)
    {
        var left = people.Where(person => chats.Contains(person.Value.Split(':')[0])).ToList();
        return left.Count > 0 || people.Count == 0 ? left : null;
    }

    private bool IsThere(SaidRoom room) => room.Place.Length == 0 || chats.Contains(room.Place.Split('/')[0]);
}
