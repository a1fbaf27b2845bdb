using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.People.Granting;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Options;

namespace ChatOpsCampaigns.Bot.Composition;

/// <summary>People and roles as configured, in the order of their ids.</summary>
internal static class ConfiguredPeople
{
    public static ConfiguredRoles Of(PeopleOptions options) => new(
    [
        .. from channel in options.Roles
           from person in channel.Value
           orderby channel.Key, person.Key
           let id = new PersonId($"{channel.Key}:{person.Key}")
           select new Person(id, WorkspaceId.Local, id.Name, person.Value),
    ]);
}
