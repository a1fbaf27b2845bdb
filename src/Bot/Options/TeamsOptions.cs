using System.Text.RegularExpressions;
using ChatOpsCampaigns.Adapters.Chat.Teams;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Bot.Start;

namespace ChatOpsCampaigns.Bot.Options;

/// <summary>Section <c>Teams</c>, and what other sections say of people and conversations on it.</summary>
internal static partial class TeamsOptions
{
    public const string Section = "Teams";

    private const string Development = "Development";

    /// <exception cref="InvalidOperationException">It cannot be; the message says what would be right and repeats no secret.</exception>
    public static TeamsSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var settings = new TeamsSettings
        {
            AppId = section["AppId"],
            TenantId = section["TenantId"],
            ClientSecret = section["ClientSecret"],
            OpenIdMetadataUrl = section["OpenIdMetadataUrl"] is { Length: > 0 } metadata ? metadata : TeamsSettings.VendorMetadata,
            TokenUrl = section["TokenUrl"] is { Length: > 0 } token ? token : null,
            AllowLocalClients = Flag(section, "AllowLocalClients"),
            TargetedMessages = Flag(section, "TargetedMessages"),
            NativeCharts = Flag(section, "NativeCharts"),
            PersonalTab = Flag(section, "PersonalTab"),
            PublicHost = Uri.TryCreate(configuration["Storage:PublicUrl"], UriKind.Absolute, out var address) ? address.Authority : null,
            SignInMetadataUrl = section["SignInMetadataUrl"] is { Length: > 0 } signIn ? signIn : null,
        };
        if (settings.Problem() is { } problem)
            throw new InvalidOperationException(problem);

        if (settings.AllowLocalClients)
            OnlyInDevelopment(configuration);
        else if (settings.IsSetUp && !PublicListener.Read(configuration).IsSet)
            throw new InvalidOperationException($"Teams:AppId is set, and Teams has to connect to us: set {PublicListener.Setting} too, such as http://127.0.0.1:4080 behind a proxy with a certificate.");

        if (settings.IsSetUp)
            RefuseNames(configuration);

        return settings;
    }

    private static bool Flag(IConfigurationSection section, string name) => section[name] switch
    {
        null or "" => false,
        { } text => bool.TryParse(text, out var wanted) ? wanted : throw new InvalidOperationException($"{Section}:{name} is \"{text}\"; it has to be true or false."),
    };

    /// <summary>Whoever comes without a token is believed: that is for one's own machine.</summary>
    private static void OnlyInDevelopment(IConfiguration configuration)
    {
        if (!string.Equals(configuration["environment"], Development, StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException($"Teams:AllowLocalClients believes whoever comes without a token; it is for development alone: start with --environment {Development}, or leave it out.");
    }

    /// <summary>Teams knows ids alone; a name would fail when it is needed.</summary>
    private static void RefuseNames(IConfiguration configuration)
    {
        foreach (var (key, value) in configuration.GetSection("Channels").AsEnumerable().Where(one => one.Value?.StartsWith($"{TeamsPlace.Prefix}/", StringComparison.Ordinal) == true))
        {
            if (!Channel().IsMatch(value!))
                throw new InvalidOperationException($"{key} is \"{value}\"; write a channel of Teams by its id, such as teams/19:0123456789abcdef@thread.tacv2: it stands in the channel's link, after /channel/.");
        }

        foreach (var person in configuration.GetSection($"People:Roles:{TeamsPlace.Prefix}").GetChildren().Select(one => one.Key))
        {
            if (!Person().IsMatch(person))
                throw new InvalidOperationException($"People:Roles:{TeamsPlace.Prefix}:{person} names nobody; write the person's object id in Entra in small letters, such as 12345678-90ab-cdef-1234-567890abcdef.");
        }
    }

    [GeneratedRegex("^teams/19:[^/%~]+@thread\\.(tacv2|v2|skype)$")]
    private static partial Regex Channel();

    [GeneratedRegex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    private static partial Regex Person();
}
