using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.People.Forgetting;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Options;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class PeopleServices
{
    public static IServiceCollection AddPeople(this IServiceCollection services, IConfiguration configuration)
    {
        RefuseUnknownRoles(configuration);
        return services
            .AddSingleton<IPeople>(new ConfiguredPeople(PeopleOptions.From(configuration)))
            .AddSingleton<ForgettingDesk>();
    }

    /// <summary>A list skips what it cannot read; a role that is skipped would take rights away in silence.</summary>
    private static void RefuseUnknownRoles(IConfiguration configuration)
    {
        var people = configuration.GetSection($"{PeopleOptions.Section}:Roles").GetChildren().SelectMany(channel => channel.GetChildren()).ToList();
        if (people.FirstOrDefault(person => person.Value is { Length: > 0 }) is { } bare)
            throw new InvalidOperationException($"{bare.Path} has to be a list of roles; write {bare.Path}:0 for the first.");

        foreach (var role in people.SelectMany(person => person.GetChildren()).Where(role => !Enum.GetNames<Role>().Contains(role.Value, StringComparer.OrdinalIgnoreCase)))
            throw new InvalidOperationException($"{role.Path} is \"{role.Value}\"; a role is one of {string.Join(", ", Enum.GetNames<Role>())}.");
    }

    /// <summary>People and roles as configured, in the order of their ids.</summary>
    private sealed class ConfiguredPeople(PeopleOptions options) : IPeople
    {
        private readonly IReadOnlyList<Person> _people =
        [
            .. from channel in options.Roles
               from person in channel.Value
               orderby channel.Key, person.Key
               let id = new PersonId($"{channel.Key}:{person.Key}")
               select new Person(id, WorkspaceId.Local, id.Name, person.Value),
        ];

        public Task<Person> GetAsync(PersonId person, CancellationToken cancellationToken) => Task.FromResult(
            _people.FirstOrDefault(known => known.Id == person)
            ?? new Person(person, WorkspaceId.Local, person.ToString(), [Role.Viewer]));

        public Task<IReadOnlyList<Person>> WithRoleAsync(WorkspaceId workspace, Role role, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Person>>([.. _people.Where(person => person.Workspace == workspace && person.Roles.Contains(role))]);
    }
}
