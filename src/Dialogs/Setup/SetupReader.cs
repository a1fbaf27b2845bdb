using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Dialogs.Setup;

/// <summary>The three channels of an account.</summary>
public enum RoomUse
{
    Feed,
    Approvals,
    Incidents,
}

/// <summary>Channels that were named, and what is wrong with others. Null is none: people are reached one by one.</summary>
public sealed record RoomsRead(IReadOnlyDictionary<RoomUse, FoundRoom.Open?> Rooms, IReadOnlyList<string> Problems);

/// <summary>Who was named to be called. Nobody was named when it is null; an empty list is everybody with the role.</summary>
/// <param name="Beware">What is taken all the same.</param>
public sealed record CalledRead(IReadOnlyList<PersonId>? People, IReadOnlyList<string> Problems, IReadOnlyList<string> Beware);

/// <summary>Reads channels and people as they are written in a chat, and asks the chat whether they are there.</summary>
public sealed partial class SetupReader(IEnumerable<IRooms> chats, IEnumerable<IMembers> members, IPeople people)
{
    private const string Example = "write for example: feed #ads, approvals here, incidents #oncall";

    private static readonly Dictionary<string, RoomUse> Uses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["feed"] = RoomUse.Feed, ["news"] = RoomUse.Feed, ["approvals"] = RoomUse.Approvals, ["approval"] = RoomUse.Approvals, ["requests"] = RoomUse.Approvals,
        ["incidents"] = RoomUse.Incidents, ["incident"] = RoomUse.Incidents, ["emergencies"] = RoomUse.Incidents, ["alerts"] = RoomUse.Incidents,
    };

    private static readonly HashSet<string> Fillers = new(StringComparer.OrdinalIgnoreCase) { "in", "to", "is", "and", "goes", "go", "the", "channel", "channels", "=", "->", "→", "please" };
    private static readonly HashSet<string> NoneWords = new(StringComparer.OrdinalIgnoreCase) { "none", "nowhere", "no" };
    private static readonly HashSet<string> EverybodyWords = new(StringComparer.OrdinalIgnoreCase) { "everybody", "everyone", "role", "default", "nobody", "none" };

    /// <summary>Null when the line names no channel at all.</summary>
    public async Task<RoomsRead?> RoomsAsync(string said, ConversationId here, CancellationToken cancellationToken)
    {
        var (named, problems) = Assign([.. Words(said).Where(word => !Fillers.Contains(word))]);
        if (named.Count == 0 && problems.Count == 0)
            return null;

        var looked = new Dictionary<string, FoundRoom?>(StringComparer.OrdinalIgnoreCase);
        var rooms = new Dictionary<RoomUse, FoundRoom.Open?>();
        foreach (var (use, word) in named)
        {
            if (!looked.TryGetValue(word, out var found))
                looked[word] = found = NoneWords.Contains(word) ? null : await FindAsync(word, here, cancellationToken);

            if (found is FoundRoom.Not not)
                problems.Add($"{use}: {not.Says}");
            else
                rooms[use] = found as FoundRoom.Open;
        }

        return new RoomsRead(rooms, problems);
    }

    /// <summary>A use before a channel means that one, several before it mean it too; one channel alone is meant for all three, and three are in their order.</summary>
    private static (List<(RoomUse Use, string Word)> Named, List<string> Problems) Assign(IReadOnlyList<string> words)
    {
        var named = new List<(RoomUse, string)>();
        var problems = new List<string>();
        if (!words.Any(Uses.ContainsKey))
        {
            RoomUse[] all = Enum.GetValues<RoomUse>();
            if (words.Count == 1 && IsRoom(words[0]))
                named.AddRange(all.Select(use => (use, words[0])));
            else if (words.Count == all.Length && words.All(IsRoom))
                named.AddRange(all.Zip(words));
            else if (words.Any(IsRoom))
                problems.Add($"I cannot tell which of these is for what; {Example}.");

            return (named, problems);
        }

        var waiting = new List<RoomUse>();
        foreach (var word in words)
        {
            if (Uses.TryGetValue(word, out var use))
            {
                waiting.Add(use);
            }
            else if (waiting.Count > 0)
            {
                named.AddRange(waiting.Select(one => (one, word)));
                waiting.Clear();
            }
            else
            {
                problems.Add($"I do not know what \"{word}\" is for; {Example}.");
            }
        }

        if (named.Count > 0 || problems.Count > 0)
            problems.AddRange(waiting.Select(use => $"{use}: no channel follows; {Example}."));

        return (named, problems);
    }

    private async Task<FoundRoom> FindAsync(string word, ConversationId here, CancellationToken cancellationToken)
    {
        var chat = chats.FirstOrDefault(one => word.StartsWith($"{one.Channel}/", StringComparison.OrdinalIgnoreCase))
            ?? (word.StartsWith('#') ? chats.FirstOrDefault(one => one.Channel == here.Channel && one.Channel != ConversationId.Local(PersonId.Visitor).Channel) ?? chats.FirstOrDefault(one => one.Channel != ConversationId.Local(PersonId.Visitor).Channel) : null)
            ?? chats.FirstOrDefault(one => one.Channel == here.Channel);
        return chat is null ? new FoundRoom.Not($"There is no chat here that has a channel \"{word}\".") : await chat.FindAsync(word, here, cancellationToken);
    }

    /// <summary>Whoever may be called, one after another.</summary>
    /// <param name="incidents">Where incidents are posted: a group is called nowhere else.</param>
    public async Task<CalledRead> CalledAsync(string said, TurnContext turn, IReadOnlyList<ConversationId> incidents, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(turn.Person.Workspace, cancellationToken);
        var words = Words(WithIds(said, [.. known.Where(person => person.Id.Value.StartsWith(PlaceOf(turn), StringComparison.Ordinal))])).Where(word => !Fillers.Contains(word)).ToList();
        if (words.Count == 0)
            return new CalledRead(null, [], []);

        if (words.TrueForAll(EverybodyWords.Contains))
            return new CalledRead([], [], []);

        var (called, problems, beware) = (new List<PersonId>(), new List<string>(), new List<string>());
        foreach (var word in words)
        {
            var named = Named(word, turn, known);
            if (named is not [var person])
                problems.Add(named.Count == 0
                    ? $"I know nobody called \"{word}\". Name people as your chat does, such as @olga, or say \"me\"; there {(known.Count == 1 ? "is" : "are")} {string.Join(", ", known.Select(one => one.Id.Name))}."
                    : $"Several are called \"{word}\": {string.Join(", ", named.Select(one => one.Value))}. Say which by the id.");
            else if (await ObjectionAsync(person, turn, incidents, cancellationToken) is { } objection)
                problems.Add(objection);
            else
                called.Add(person);
        }

        foreach (var person in called)
        {
            if (turn.Chat.IsGroup(person))
                beware.Add($"{person.Name} is a group, and roles are given to people: whoever of it is to acknowledge needs {RoleTable.Said(RoleTable.Carrying(Permission.Respond))} by name; an Admin gives it: \"people grant on-call @olga\".");
            else if (!(await people.GetAsync(person, cancellationToken)).MaySomewhere(Permission.Respond))
                beware.Add($"{person.Name} is called and may not acknowledge: that needs {RoleTable.Said(RoleTable.Carrying(Permission.Respond))}; an Admin gives it: \"people grant on-call {person.Value}\".");
        }

        return new CalledRead(called.Count == 0 ? null : [.. called.Distinct()], problems, beware);
    }

    /// <summary>Where a chat's mentions are names, one of several words stands for whoever of that chat alone is called so.</summary>
    private static string WithIds(string said, List<Person> known) => known
        .Where(person => person.Name.Contains(' ', StringComparison.Ordinal) && !known.Exists(other => other.Id != person.Id && other.Name.Equals(person.Name, StringComparison.OrdinalIgnoreCase)))
        .OrderByDescending(person => person.Name.Length)
        .Aggregate(said, (text, person) => text.Replace(person.Name, person.Id.Value, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whom a word names; several where a name is not one person's. Who is of the chat and workspace of whoever says it goes before others.</summary>
    private static List<PersonId> Named(string word, TurnContext turn, IReadOnlyList<Person> known)
    {
        if (IdOf(word, turn, known) is { } id)
            return [id];

        var bare = word.TrimStart('@');
        List<PersonId> called = [.. known.Where(one => Is(one.Name, bare) || Is(one.Id.Name, bare) || Is(one.Id.Key, bare)).Select(one => one.Id).Distinct()];
        if (called.Count > 0)
            return called.FindAll(one => one.Value[..^one.Key.Length] == PlaceOf(turn)) is { Count: > 0 } here ? here : called;

        return ChatId().IsMatch(bare) ? [new PersonId($"{PlaceOf(turn)}{bare}")] : [];
    }

    /// <summary>What names one person, whatever others are called: "me", a whole id, a mention.</summary>
    private static PersonId? IdOf(string word, TurnContext turn, IReadOnlyList<Person> known)
    {
        if (Is(word, "me") || Is(word, "myself"))
            return turn.Person.Id;

        var bare = word.TrimStart('@');
        var here = new PersonId($"{PlaceOf(turn)}{bare}");
        if (known.FirstOrDefault(one => Is(one.Id.Value, bare) || Is(one.Id.Value, here.Value)) is { } person)
            return person.Id;

        if (bare.Split(':') is [{ Length: > 0 }, .., { Length: > 0 }])
            return new PersonId(bare);

        return word.StartsWith('@') && ChatId().IsMatch(bare) ? here : null;
    }

    private static string PlaceOf(TurnContext turn) => turn.Person.Id.Value[..^turn.Person.Id.Key.Length];

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    /// <summary>Why somebody cannot be called, with what would be right; null when nothing is known against it.</summary>
    private async Task<string?> ObjectionAsync(PersonId person, TurnContext turn, IReadOnlyList<ConversationId> incidents, CancellationToken cancellationToken)
    {
        var chat = person.Value.Split(':')[0];
        if (chats.All(one => one.Channel != chat))
            return $"{person.Value} is of no chat that is set up here.";

        if (turn.Chat.IsGroup(person))
            return incidents.Any(place => place.Channel == chat) ? null : $"{person.Name} is a group, which is called in a channel: say \"back\" and name an incidents channel of that chat first.";

        if (members.FirstOrDefault(one => one.Channel == chat) is not { } asked)
            return (await KnownAsync(turn.Person.Workspace, cancellationToken)).Any(one => one.Id == person) ? null : $"Nobody here is called {person.Name}.";

        return await asked.AskAsync(person, cancellationToken) switch
        {
            { Belongs: true } => null,
            { } outsider => $"{outsider.Name} is a guest, of another organisation, or has left, and may do nothing here: name somebody else.",
            null => $"Your chat does not say who {person.Name} is just now; say it again in a minute.",
        };
    }

    private async Task<IReadOnlyList<Person>> KnownAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var known = new List<Person>();
        foreach (var role in Enum.GetValues<Role>())
            known.AddRange(await people.WithRoleAsync(workspace, role, cancellationToken));

        return [.. known.DistinctBy(person => person.Id).OrderBy(person => person.Id.Value, StringComparer.Ordinal)];
    }

    private static bool IsRoom(string word) => word.StartsWith('#') || word.Contains('/', StringComparison.Ordinal) || word.Equals("here", StringComparison.OrdinalIgnoreCase) || NoneWords.Contains(word);

    private static IEnumerable<string> Words(string said) => Separators().Split(said.Trim().TrimEnd('.', '!')).Where(word => word.Length > 0);

    [GeneratedRegex(@"[\s,;]+|:(?=\s|$)")]
    private static partial Regex Separators();

    /// <summary>Ids of people and groups as Slack writes them.</summary>
    [GeneratedRegex("^[UWS][A-Z0-9]{3,}$")]
    private static partial Regex ChatId();
}
