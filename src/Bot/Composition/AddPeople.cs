using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.People.Forgetting;
using ChatOpsCampaigns.Automation.People.Granting;
using ChatOpsCampaigns.Bot.Options;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class PeopleServices
{
    public static IServiceCollection AddPeople(this IServiceCollection services, IConfiguration configuration)
    {
        RefuseUnknownRoles(configuration);
        return services
            .AddSingleton(PeopleOptions.From(configuration))
            .AddSingleton(provider => ConfiguredPeople.Of(provider.GetRequiredService<PeopleOptions>()))
            .AddSingleton<RosterBook>()
            .AddSingleton<IPeople, WorkspacePeople>()
            .AddSingleton<PeopleDesk>()
            .AddSingleton<LinkDesk>()
            .AddSingleton<ForgettingDesk>();
    }

    /// <summary>A list skips what it cannot read; a role that is skipped would take rights away in silence.</summary>
    private static void RefuseUnknownRoles(IConfiguration configuration)
    {
        var people = configuration.GetSection($"{PeopleOptions.Section}:Roles").GetChildren().SelectMany(channel => channel.GetChildren())
            .SelectMany(person => PeopleOptions.IsGroup(person) ? person.GetChildren() : [person]).ToList();
        if (people.FirstOrDefault(person => person.Value is { Length: > 0 }) is { } bare)
            throw new InvalidOperationException($"{bare.Path} has to be a list of roles; write {bare.Path}:0 for the first.");

        foreach (var role in people.SelectMany(person => person.GetChildren()).Where(role => !Enum.GetNames<Role>().Contains(role.Value, StringComparer.OrdinalIgnoreCase)))
            throw new InvalidOperationException($"{role.Path} is \"{role.Value}\"; a role is one of {string.Join(", ", Enum.GetNames<Role>())}.");
    }
}
