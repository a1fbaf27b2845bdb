using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.People.Granting;

/// <summary>
/// People as configured and as said in the chat, in the order of their ids, named and judged by their chat: whoever does not belong to it has no
/// rights, whatever they were given. Whoever was given a role never waits for a chat to say who they are: they may have to stop everything.
/// Ids of one human being have the roles of all of them.
/// </summary>
public sealed class WorkspacePeople(ConfiguredRoles configured, RosterBook roster, IEnumerable<IMembers> chats) : IPeople
{
    private const string Outsider = "Guests, and people of other organisations, have no rights here. Ask somebody of the team to do it.";
    private const string NotSaidNow = "Your chat does not say just now whether you still belong to it. Nothing was changed; say it again in a minute.";
    private const string NotSaid = "Your chat does not say who you are just now, and nobody gave you a role here, so that you may do nothing. Try again in a minute.";

    public async Task<Person> GetAsync(PersonId person, CancellationToken cancellationToken)
    {
        var said = await roster.AllAsync(cancellationToken);
        var isKnown = Holder(person, said) is not null || said.JoinedWith(person, parted: false).Any(other => Holder(other, said) is not null);
        if (Chat(person) is not { } chat)
            return Whole(person, said);

        return (isKnown ? chat.Known(person) : await chat.AskAsync(person, cancellationToken)) switch
        {
            { Belongs: true } member => Whole(person, said) with { Name = member.Name },
            { } outsider => Whole(person, said) with { Name = outsider.Name, Roles = [], AccountRoles = [], Outside = Outsider },
            null when isKnown => Whole(person, said),
            null => Whole(person, said) with { Roles = [], AccountRoles = [], Outside = NotSaid },
        };
    }

    public async Task<string?> OutsideAsync(PersonId person, CancellationToken cancellationToken) => Chat(person) is not { } chat
        ? null
        : await chat.AskAsync(person, cancellationToken) switch
        {
            { Belongs: true } => null,
            { } => Outsider,
            null => NotSaidNow,
        };

    public async Task<IReadOnlyList<Person>> WithRoleAsync(WorkspaceId workspace, Role role, CancellationToken cancellationToken) =>
        [.. (await AllAsync(workspace, cancellationToken)).Where(person => person.Roles.Contains(role))];

    public async Task<IReadOnlyList<Person>> AllAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var said = await roster.AllAsync(cancellationToken);
        return
        [
            .. Holders(said)
                .Where(person => person.Workspace == workspace && Belongs(person.Id))
                .Select(person => person with { Name = Chat(person.Id)?.Known(person.Id)?.Name ?? person.Name, Also = Also(person.Id, said) }),
        ];
    }

    /// <summary>
    /// Ids that a code joined are one person, and so are those with the same address, of one chat or of two, also where the chat does not vouch for it; one that does
    /// not answer leaves it unknown. A chat that knows no addresses cannot tell, and a code alone joins its people.
    /// </summary>
    public async Task<Sameness> CompareAsync(Person person, PersonId other, CancellationToken cancellationToken)
    {
        var said = await roster.AllAsync(cancellationToken);
        List<PersonId> mine = [person.Id, .. person.Also, .. Also(person.Id, said)];
        List<PersonId> theirs = [other, .. Also(other, said)];
        if (mine.Any(one => theirs.Exists(one.IsSamePerson)))
            return Sameness.Same;

        var asked = mine.Concat(theirs).Where(id => Chat(id) is not null).Distinct().ToList();
        if (asked.Count < 2)
            return Sameness.Different;

        var members = (await Task.WhenAll(asked.Select(async id => (Id: id, Member: await Chat(id)!.AskAsync(id, cancellationToken))))).ToDictionary(one => one.Id, one => one.Member);
        HashSet<string> addresses = [.. mine.SelectMany(id => AddressesOf(members, id))];
        if (theirs.SelectMany(id => AddressesOf(members, id)).Any(addresses.Contains))
            return Sameness.Same;

        return members.Values.Any(member => member is null) ? Sameness.Unknown : Sameness.Different;
    }

    private static IEnumerable<string> AddressesOf(Dictionary<PersonId, Member?> members, PersonId id) =>
        members.GetValueOrDefault(id) is { } member ? new[] { member.Email, member.Unproven }.OfType<string>().Select(address => address.Trim().ToUpperInvariant()) : [];

    /// <summary>With the roles of every id of the same human being; a stranger looks.</summary>
    private Person Whole(PersonId person, Roster said)
    {
        List<Person> given = [.. Closure(person, said, parted: false).Where(Belongs).Select(id => Holder(id, said)).OfType<Person>()];
        List<Role> roles = [.. given.SelectMany(one => one.Roles).Distinct()];
        return new Person(person, WorkspaceId.Local, person.ToString(), roles.Count > 0 ? roles : [Role.Viewer])
        {
            AccountRoles = [.. given.SelectMany(one => one.AccountRoles).Distinct()],
            Also = Also(person, said),
        };
    }

    /// <summary>What was given to that very id; null when nothing was.</summary>
    private Person? Holder(PersonId person, Roster said)
    {
        var known = configured.People.FirstOrDefault(one => one.Id == person);
        List<Role> roles =
        [
            .. (known?.Roles ?? []).Where(role => !said.IsTaken(person, role))
                .Concat(said.Grants.Where(grant => grant.Person == person && grant.Account is null).Select(grant => grant.Role)).Distinct(),
        ];
        List<AccountRole> inAccounts = [.. said.Grants.Where(grant => grant.Person == person).Select(grant => grant.Account is { } account ? new AccountRole(grant.Role, account) : null).OfType<AccountRole>()];
        return roles.Count + inAccounts.Count == 0
            ? null
            : new Person(person, known?.Workspace ?? WorkspaceId.Local, known?.Name ?? person.Name, roles.Count > 0 ? roles : [Role.Viewer]) { AccountRoles = inAccounts };
    }

    private IEnumerable<Person> Holders(Roster said) => configured.People.Select(person => person.Id)
        .Concat(said.Grants.Select(grant => grant.Person))
        .Distinct()
        .OrderBy(person => person.Value, StringComparer.Ordinal)
        .Select(person => Holder(person, said))
        .OfType<Person>();

    private List<PersonId> Also(PersonId person, Roster said) => [.. Closure(person, said, parted: true).Where(other => other != person)];

    /// <summary>Everybody who is the same human being by codes and by addresses that are known by now, the person first.</summary>
    private List<PersonId> Closure(PersonId person, Roster said, bool parted)
    {
        List<PersonId> found = [person];
        for (var at = 0; at < found.Count; at++)
            found.AddRange(said.JoinedWith(found[at], parted).Concat(WithAddressOf(found[at], said)).Except(found).ToList());

        return found;
    }

    /// <summary>Whoever was given a role or joined, in another chat, and has the same address there.</summary>
    private IEnumerable<PersonId> WithAddressOf(PersonId person, Roster said)
    {
        var others = Holders(said).Select(holder => holder.Id).Concat(said.Joints.SelectMany(joint => joint.People))
            .Where(other => PlaceOf(other) != PlaceOf(person) && Chat(other) is not null).Distinct().ToList();
        return others.Count > 0 && Chat(person)?.Known(person) is { Email: { } address }
            ? others.Where(other => Chat(other)!.Known(other)?.Email?.Trim().Equals(address.Trim(), StringComparison.OrdinalIgnoreCase) == true)
            : [];
    }

    private bool Belongs(PersonId person) => Chat(person)?.Known(person) is not { Belongs: false };

    private IMembers? Chat(PersonId person) => chats.FirstOrDefault(chat => person.Value.StartsWith($"{chat.Channel}:", StringComparison.Ordinal));

    /// <summary>The chat, and where it has several workspaces the one of them.</summary>
    private static string PlaceOf(PersonId person) => person.Value[..^person.Key.Length];
}
