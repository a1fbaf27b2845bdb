using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Accounts.Setup;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Dialogs.Setup;

/// <summary>What came of an answer: what is right of it holds at once, also when something else of it is wrong.</summary>
public sealed record SetupOutcome(SetupStanding Standing, IReadOnlyList<string> Understood, IReadOnlyList<string> Problems)
{
    /// <summary>Worth knowing, and no reason to ask again.</summary>
    public IReadOnlyList<string> Beware { get; init; } = [];
}

/// <summary>Takes the answers of the set-up and keeps them.</summary>
public sealed class SetupAnswers(SetupReader reader, SetupCaps caps, SaidAccounts accounts, SetupBook book, IAdNetworkDirectory networks)
{
    /// <summary>More words that are nobody's name are a sentence about something else.</summary>
    private const int MostMisnamed = 3;

    private static readonly HashSet<string> AllWords = new(StringComparer.OrdinalIgnoreCase) { "all", "all accounts", "every account", "everything", "all of them", "default" };

    /// <summary>Null when the words are about something else.</summary>
    public Task<SetupOutcome?> TakeAsync(SetupStanding standing, string said, TurnContext turn, CancellationToken cancellationToken) => standing.Step switch
    {
        SetupStep.Account => AccountAsync(standing, said, cancellationToken),
        SetupStep.Channels => ChannelsAsync(standing, said, turn, cancellationToken),
        SetupStep.OnCall => OnCallAsync(standing, said, turn, cancellationToken),
        _ => Task.FromResult<SetupOutcome?>(null),
    };

    /// <summary>The accounts that it is about.</summary>
    public async Task<IReadOnlyList<AdAccountId>> OfAsync(SetupStanding standing, CancellationToken cancellationToken) =>
        standing.Account is { } one ? [one] : [.. (await accounts.AllAsync(cancellationToken)).Select(account => account.Id)];

    public Task<CapsPlan> CapsAsync(SetupStanding standing, string said, CancellationToken cancellationToken) => caps.ReadAsync(said, standing.Account, cancellationToken);

    public async Task<SetupOutcome> KeepCapsAsync(SetupStanding standing, string said, PersonId by, CancellationToken cancellationToken)
    {
        var plan = await CapsAsync(standing, said, cancellationToken);
        await caps.ApplyAsync(plan, standing.Account, by, cancellationToken);
        var lifted = await caps.AskAsync(plan, by, cancellationToken);
        return new SetupOutcome(
            standing, [.. plan.Changes.Select(one => $"{char.ToUpperInvariant(one.Name[0])}{one.Name[1..]}: {one.Change}")], lifted is { Asked: false } refused ? [.. plan.Problems, refused.Says] : plan.Problems)
        {
            Beware = lifted is { Asked: true } asked ? [asked.Says] : [],
        };
    }

    private async Task<SetupOutcome?> AccountAsync(SetupStanding standing, string said, CancellationToken cancellationToken)
    {
        var all = await accounts.AllAsync(cancellationToken);
        var text = said.Trim().TrimEnd('.', '!');
        if (AllWords.Contains(text))
            return new SetupOutcome(standing with { Account = null }, [$"All {all.Count} accounts"], []);

        var fitting = all.Where(account => Names(account).Contains(text, StringComparer.OrdinalIgnoreCase)).ToList();
        if (fitting is [var only])
            return new SetupOutcome(standing with { Account = only.Id }, [$"The account {only.Id}"], []);

        if (fitting.Count > 1)
            return new SetupOutcome(standing, [], [$"\"{text}\" has {fitting.Count} accounts: name one of {string.Join(", ", fitting.Select(account => account.Id))}."]);

        return text.Contains(' ', StringComparison.Ordinal)
            ? null
            : new SetupOutcome(standing, [], [$"There is no ad account \"{text}\"; say \"all\", or one of {string.Join(", ", all.Select(account => account.Id))}."]);
    }

    private IEnumerable<string> Names(AdAccount account) =>
        [account.Id.Value, account.ShortName, account.ExternalId, .. networks.Profiles.Where(profile => profile.Name == account.Network).SelectMany(profile => (string[])[profile.Name.Value, .. profile.Aliases])];

    private async Task<SetupOutcome?> ChannelsAsync(SetupStanding standing, string said, TurnContext turn, CancellationToken cancellationToken)
    {
        var read = await reader.RoomsAsync(said, SetupCards.RootOf(turn.Conversation), cancellationToken);
        if (read is null)
            return null;

        var present = await PresentAsync(standing, cancellationToken);
        var (after, changes) = (new SaidSetup(), new List<(string, string)>());
        foreach (var (use, room) in read.Rooms)
        {
            var to = room is null ? new SaidRoom("", "none") : new SaidRoom(room.Place.Value, room.Name);
            after = With(after, use, to);
            if (present.Select(one => Room(one, use)).Any(part => part.From != Source.Chat || part.Value.Place != to.Place))
                changes.Add(($"{use.ToString().ToLowerInvariant()} in", $"{string.Join(" and ", present.Select(one => Room(one, use).Value.Name).Distinct())} → {Written(to)}"));
        }

        await book.ChangeAsync(standing.Account, turn.Person.Id, changes, known => known.With(standing.Account, Merged(known.Of(standing.Account), after)), cancellationToken);
        return new SetupOutcome(standing, [.. changes.Select(one => $"{char.ToUpperInvariant(one.Item1[0])}{one.Item1[1..^3]}: {one.Item2}")], read.Problems);
    }

    private async Task<SetupOutcome?> OnCallAsync(SetupStanding standing, string said, TurnContext turn, CancellationToken cancellationToken)
    {
        var present = await PresentAsync(standing, cancellationToken);
        var incidents = present.Where(one => one.Incidents.Value.Place.Length > 0).Select(one => new ConversationId(one.Incidents.Value.Place)).ToList();
        var read = await reader.CalledAsync(said, turn, incidents, cancellationToken);
        if (read.People is not { } people)
            return read.Problems.Count is 0 or > MostMisnamed ? null : new SetupOutcome(standing, [], read.Problems);

        var before = string.Join(" and ", present.Select(one => SetupCards.Called(one.OnCall)).Distinct());
        var to = SetupCards.Called(new Part<IReadOnlyList<PersonId>>(people, Source.Chat));
        List<(string, string)> changes = present.All(one => one.OnCall.From == Source.Chat && one.OnCall.Value.SequenceEqual(people)) ? [] : [("on call", $"{before} → {to}")];
        await book.ChangeAsync(standing.Account, turn.Person.Id, changes, known => known.With(standing.Account, known.Of(standing.Account) with { OnCall = people }), cancellationToken);
        return new SetupOutcome(standing, [$"On call: {to}"], read.Problems) { Beware = read.Beware };
    }

    private async Task<IReadOnlyList<Arrangement>> PresentAsync(SetupStanding standing, CancellationToken cancellationToken) =>
        [.. (await accounts.ArrangementsAsync(cancellationToken)).Where(one => standing.Account is null || one.Account.Id == standing.Account)];

    public static Part<SaidRoom> Room(Arrangement one, RoomUse use) => use switch
    {
        RoomUse.Feed => one.Feed,
        RoomUse.Approvals => one.Approvals,
        _ => one.Incidents,
    };

    private static SaidSetup With(SaidSetup said, RoomUse use, SaidRoom room) => use switch
    {
        RoomUse.Feed => said with { Feed = room },
        RoomUse.Approvals => said with { Approvals = room },
        _ => said with { Incidents = room },
    };

    private static SaidSetup Merged(SaidSetup known, SaidSetup said) =>
        known with { Feed = said.Feed ?? known.Feed, Approvals = said.Approvals ?? known.Approvals, Incidents = said.Incidents ?? known.Incidents };

    private static string Written(SaidRoom room) => room.Place.Length == 0 || room.Name == room.Place ? room.Name : $"{room.Name} ({room.Place})";
}
