using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Composition.Chats;

namespace ChatOpsCampaigns.Bot.Options;

/// <summary>Section <c>People</c>: roles by channel and id. Four local people, unless <c>People:Defaults</c> is false or another chat is set up; unknown ones are viewers.</summary>
internal sealed class PeopleOptions
{
    public const string Section = "People";
    public const string DefaultsKey = "People:Defaults";

    /// <summary><c>People:Roles:local:ana:0 = Marketer</c>.</summary>
    public Dictionary<string, Dictionary<string, Role[]>> Roles { get; init; } = [];

    /// <exception cref="InvalidOperationException">Something makes no sense, or nobody would be Admin.</exception>
    public static PeopleOptions From(IConfiguration configuration)
    {
        var options = HasDefaults(configuration) ? new PeopleOptions { Roles = Defaults() } : new PeopleOptions();
        configuration.GetSection(Section).Bind(options);
        foreach (var (channel, group) in configuration.GetSection($"{Section}:Roles").GetChildren().SelectMany(channel => channel.GetChildren().Where(IsGroup).Select(group => (channel.Key, group))))
        {
            options.Roles[channel].Remove(group.Key);
            foreach (var person in group.GetChildren())
                options.Roles[channel][$"{group.Key}:{person.Key}"] = person.Get<Role[]>() ?? [];
        }

        return options.Roles.Values.Any(people => people.Values.Any(roles => roles.Contains(Role.Admin)))
            ? options
            : throw new InvalidOperationException(configuration[DefaultsKey] is null or ""
                ? $"Beside Slack or Teams the four people of the demonstration count for nothing, and nobody in People:Roles is Admin; name one by their id there, such as People:Roles:slack:U0123456789:0=Admin, or set {DefaultsKey}=true."
                : $"{DefaultsKey} is false, and nobody in People:Roles is Admin; name one, such as People:Roles:local:you:0=Admin.");
    }

    /// <summary>The people of one of several workspaces of a chat: <c>People:Roles:slack:T0CAMP002:U0ANA:0 = Marketer</c>.</summary>
    public static bool IsGroup(IConfigurationSection people) => people.GetChildren().Any(person => person.GetChildren().Any());

    /// <summary>Whether the program knows somebody without being told.</summary>
    public static bool IsDefault(IConfiguration configuration, PersonId person) =>
        HasDefaults(configuration) && Defaults().Any(channel => channel.Value.Keys.Any(key => string.Equals($"{channel.Key}:{key}", person.Value, StringComparison.OrdinalIgnoreCase)));

    private static bool HasDefaults(IConfiguration configuration) => configuration[DefaultsKey] switch
    {
        // Whoever opens the local page says who they are: beside a chat that knows its people they would be a second person for anybody.
        null or "" => !OthersKnowTheirPeople(configuration),
        var text => bool.TryParse(text, out var wanted) ? wanted : throw new InvalidOperationException($"{DefaultsKey} is \"{text}\"; it has to be true or false."),
    };

    /// <summary>Slack and Teams do; a playground on this machine believes whoever comes, as the local page does.</summary>
    private static bool OthersKnowTheirPeople(IConfiguration configuration) =>
        SlackServices.Chats(configuration).Count > 1 || TeamsOptions.From(configuration) is { IsSetUp: true, AllowLocalClients: false };

    private static Dictionary<string, Dictionary<string, Role[]>> Defaults() => new()
    {
        ["local"] = new Dictionary<string, Role[]>
        {
            ["you"] = [Role.Admin],
            ["ana"] = [Role.Marketer],
            ["max"] = [Role.Approver],
            ["olga"] = [Role.OnCall],
        },
    };
}
