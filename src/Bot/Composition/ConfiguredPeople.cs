using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Options;

namespace ChatOpsCampaigns.Bot.Composition;

/// <summary>
/// People and roles as configured, in the order of their ids, named and judged by their chat: whoever does not belong to it has no rights,
/// whatever is configured. Whoever was given a role never waits for a chat to say who they are: they may have to stop everything.
/// </summary>
internal sealed class ConfiguredPeople(PeopleOptions options, IEnumerable<IMembers> chats) : IPeople
{
    private const string Outsider = "Guests, and people of other organisations, have no rights here. Ask somebody of the team to do it.";
    private const string NotSaid = "Your chat does not say who you are just now, and nobody gave you a role here, so that you may do nothing. Try again in a minute.";

    private readonly IReadOnlyList<Person> _people =
    [
        .. from channel in options.Roles
           from person in channel.Value
           orderby channel.Key, person.Key
           let id = new PersonId($"{channel.Key}:{person.Key}")
           select new Person(id, WorkspaceId.Local, id.Name, person.Value),
    ];

    public async Task<Person> GetAsync(PersonId person, CancellationToken cancellationToken)
    {
        var configured = _people.FirstOrDefault(known => known.Id == person);
        var somebody = configured ?? new Person(person, WorkspaceId.Local, person.ToString(), [Role.Viewer]);
        if (Chat(person) is not { } chat)
            return somebody;

        return (configured is null ? await chat.AskAsync(person, cancellationToken) : chat.Known(person)) switch
        {
            { Belongs: true } member => somebody with { Name = member.Name },
            { } outsider => somebody with { Name = outsider.Name, Roles = [], Outside = Outsider },
            null => configured ?? somebody with { Roles = [], Outside = NotSaid },
        };
    }

    public Task<IReadOnlyList<Person>> WithRoleAsync(WorkspaceId workspace, Role role, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Person>>(
        [.. _people.Where(person => person.Workspace == workspace && person.Roles.Contains(role) && Chat(person.Id)?.Known(person.Id) is not { Belongs: false })]);

    private IMembers? Chat(PersonId person) => chats.FirstOrDefault(chat => person.Value.StartsWith($"{chat.Channel}:", StringComparison.Ordinal));
}
