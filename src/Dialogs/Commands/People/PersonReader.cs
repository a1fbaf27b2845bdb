using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.People.Granting;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Dialogs.Commands.People;

/// <summary>Whom words mean, or what would be right.</summary>
public sealed record NamedPerson(PersonId? Person, string Wrong = "")
{
    public static NamedPerson Not(string says) => new(null, $"{says} Nothing was changed.");
}

/// <summary>
/// Reads a person as they are written in a chat: a mention, an id, a name. Rights hang on it: a name counts only when it is one person's, and
/// where a chat knows its people it is asked. Whoever is in the configuration is known also when every role was taken.
/// </summary>
public sealed partial class PersonReader(IPeople people, ConfiguredRoles configured, IEnumerable<IMembers> chats)
{
    private const string Local = "local";
    private const int MostNamed = 6;

    public async Task<NamedPerson> ReadAsync(string words, TurnContext turn, CancellationToken cancellationToken)
    {
        var said = words.Trim().TrimStart('@').TrimEnd('.', ',', '!');
        if (said.Length == 0)
            return NamedPerson.Not("Say whom, as your chat does, such as @ana, or by their id, such as slack:U0123.");

        if (said.Equals("me", StringComparison.OrdinalIgnoreCase) || said.Equals("myself", StringComparison.OrdinalIgnoreCase))
            return new NamedPerson(turn.Person.Id);

        if (IdOf(said, turn) is { } id)
            return await LookAsync(id, turn, cancellationToken);

        var known = await people.AllAsync(turn.Person.Workspace, cancellationToken);
        List<PersonId> called =
        [
            .. known.Concat(configured.People).Where(one => Is(one.Name, said) || Is(one.Id.Name, said) || Is(one.Id.Key, said)).Select(one => one.Id)
                .Concat(chats.SelectMany(chat => chat.Called(said))).Distinct(),
        ];
        return called switch
        {
            [var only] => await LookAsync(only, turn, cancellationToken),
            [] => NamedPerson.Not(
                $"I know nobody called \"{said}\". Name them as your chat does, such as @ana, or by their id, such as slack:U0123; known here {(known.Count == 1 ? "is" : "are")} {string.Join(", ", known.Take(MostNamed).Select(one => one.Name))}{(known.Count > MostNamed ? " and others" : "")}."),
            _ => NamedPerson.Not($"Several are called \"{said}\": {string.Join(", ", called.Take(MostNamed).Select(one => one.Value))}. Say which by the id."),
        };
    }

    /// <summary>An id with its chat, or the bare id of a mention, which is of the chat in which it is written.</summary>
    private PersonId? IdOf(string said, TurnContext turn)
    {
        if (said.Contains(' ', StringComparison.Ordinal))
            return null;

        if (said.Split(':') is [{ Length: > 0 }, .., { Length: > 0 }])
            return new PersonId(Written(said));

        var place = turn.Person.Id.Value[..^turn.Person.Id.Key.Length];
        return SlackId().IsMatch(said) && chats.Any(chat => place.StartsWith($"{chat.Channel}:", StringComparison.Ordinal)) ? new PersonId($"{place}{said}") : null;
    }

    /// <summary>The name of a chat is small; whether an id is, is the chat's own.</summary>
    private static string Written(string said)
    {
        var chat = said[..said.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant();
        return chat is Local or "teams" ? said.ToLowerInvariant() : $"{chat}{said[chat.Length..]}";
    }

    private async Task<NamedPerson> LookAsync(PersonId person, TurnContext turn, CancellationToken cancellationToken)
    {
        var channel = person.Value.Split(':')[0];
        if (turn.Chat.IsGroup(person))
            return NamedPerson.Not($"{person.Value} is a group, and roles are given to people: name each of them.");

        if (channel == Local)
            return new NamedPerson(person);

        if (chats.FirstOrDefault(chat => chat.Channel == channel) is not { } asked)
            return NamedPerson.Not($"{person.Value} is of no chat that is set up here; write {string.Join(" or ", chats.Select(chat => $"{chat.Channel}:<id>").Prepend($"{Local}:<name>"))}.");

        return await asked.AskAsync(person, cancellationToken) switch
        {
            { Belongs: true } => new NamedPerson(person),
            { } outsider => NamedPerson.Not($"{outsider.Name} ({person.Value}) is a guest, of another organisation, or has left, and may do nothing here."),
            null => NamedPerson.Not($"The chat does not say who {person.Value} is just now: whoever it is may have to write to me once. Say it again then."),
        };
    }

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    /// <summary>As Slack writes ids of people and groups.</summary>
    [GeneratedRegex("^[UWS][A-Z0-9]{3,}$")]
    private static partial Regex SlackId();
}
