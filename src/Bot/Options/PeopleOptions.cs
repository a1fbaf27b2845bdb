using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Teams;
using ChatOpsCampaigns.Adapters.Chat.WebChat;
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

        foreach (var (channel, person) in options.Roles.SelectMany(channel => channel.Value.Keys.Select(person => (channel.Key, person))))
        {
            if (WhyNobody(channel, person) is { } why)
                throw new InvalidOperationException($"People:Roles:{channel}:{person} {why}");
        }

        if (options.With(Role.Admin, configuration).Count > 0)
            return options;

        if (options.Roles.GetValueOrDefault(WebChatChannel.ChannelName)?.FirstOrDefault(person => person.Value.Contains(Role.Admin)).Key is { } local)
            throw new InvalidOperationException($"{WebChatChannel.ChannelName}:{local} cannot be the only Admin beside Slack or Teams, because anybody who opens the local page may say that they are {local}; name one by their id there, such as People:Roles:slack:U0123456789:0=Admin, or set {DefaultsKey}=true.");

        throw new InvalidOperationException(OthersKnowTheirPeople(configuration)
            ? $"Beside Slack or Teams the four people of the demonstration count for nothing, and nobody in People:Roles is Admin; name one by their id there, such as People:Roles:slack:U0123456789:0=Admin, or set {DefaultsKey}=true."
            : $"{DefaultsKey} is false, and nobody in People:Roles is Admin; name one, such as People:Roles:local:you:0=Admin.");
    }

    /// <summary>Who has a role and can be met: of the local page nobody beside a chat that knows its people, unless they were asked for.</summary>
    public IReadOnlyList<string> With(Role role, IConfiguration configuration) =>
    [
        .. from channel in Roles
           where channel.Key != WebChatChannel.ChannelName || HasDefaults(configuration) || !OthersKnowTheirPeople(configuration)
           from person in channel.Value
           where person.Value.Contains(role)
           select $"{channel.Key}:{person.Key}",
    ];

    /// <summary>Why an id can be nobody's, and what would be right; null when it may be somebody's.</summary>
    private static string? WhyNobody(string channel, string person) => channel switch
    {
        WebChatChannel.ChannelName or TeamsPlace.Prefix => null,
        SlackPlace.Prefix => IsOfSlack(person) ? null : "names nobody; open their profile in Slack, choose \"Copy member ID\", and write it, such as People:Roles:slack:U0123456789:0.",
        _ => $"names nobody, because there is no chat \"{channel}\"; write local, slack or teams there, such as People:Roles:slack:U0123456789:0.",
    };

    /// <summary>With the workspace's id before it where several installed the app.</summary>
    private static bool IsOfSlack(string person)
    {
        var parts = person.Split(':');
        return parts is [_] or [['T', ..], _] && SlackPeople.IsId(parts[^1]) && !SlackPeople.IsGroup(parts[^1]);
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
