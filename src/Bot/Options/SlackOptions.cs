using System.Text.RegularExpressions;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Bot.Start;

namespace ChatOpsCampaigns.Bot.Options;

/// <summary>Section <c>Slack</c>, and what other sections say of conversations on it.</summary>
internal static partial class SlackOptions
{
    public const string Section = "Slack";

    /// <exception cref="InvalidOperationException">It cannot be; the message says what would be right and repeats no secret.</exception>
    public static SlackSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var settings = new SlackSettings
        {
            BotToken = section["BotToken"],
            AppToken = section["AppToken"],
            SigningSecret = section["SigningSecret"],
            NativeCharts = IsOn(section, "NativeCharts"),
            ClientId = section["ClientId"],
            ClientSecret = section["ClientSecret"],
            AllowedWorkspaces = [.. (section["AllowedWorkspaces"] ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            Page = ChatPlace.Read(configuration) ?? LocalListener.Address(configuration),
            ApiBaseUrl = section["ApiBaseUrl"] is { Length: > 0 } address ? address : SlackSettings.VendorApi,
        };
        if (settings.Problem() is { } problem)
            throw new InvalidOperationException(problem);

        if (settings is { UsesSocket: false, SigningSecret: { Length: > 0 } } && !PublicListener.Read(configuration).IsSet)
            throw new InvalidOperationException($"Slack:SigningSecret is set and Slack:AppToken is not, so Slack has to connect to us: set {PublicListener.Setting} too, such as http://127.0.0.1:4080 behind a proxy with a certificate.");

        if (settings.Installs && !PublicListener.Read(configuration).IsSet)
            throw new InvalidOperationException($"Slack:ClientId is set, so browsers have to come to /slack/install: set {PublicListener.Setting} too, such as http://127.0.0.1:4080 behind a proxy with a certificate.");

        if (settings.IsSetUp)
            RefuseNames(configuration);

        return settings;
    }

    private static bool IsOn(IConfigurationSection section, string name) => section[name] switch
    {
        null or "" => false,
        var value when bool.TryParse(value, out var isOn) => isOn,
        var value => throw new InvalidOperationException($"{Section}:{name} is \"{value}\"; write true or false."),
    };

    /// <summary>Slack posts to ids alone; a name would fail when it is needed.</summary>
    private static void RefuseNames(IConfiguration configuration)
    {
        foreach (var (key, value) in configuration.GetSection("Channels").AsEnumerable().Where(one => one.Value?.StartsWith($"{SlackPlace.Prefix}/", StringComparison.Ordinal) == true))
        {
            if (!Channel().IsMatch(value!))
                throw new InvalidOperationException($"{key} is \"{value}\"; write a channel of Slack by its id, such as slack/C0123456789: it stands at the end of the channel's details. In a workspace that installed the app that one stands before it: slack/T0123456789.C0123456789.");
        }
    }

    [GeneratedRegex(@"^slack/(T[A-Z0-9]+\.)?[CGD][A-Z0-9]+$")]
    private static partial Regex Channel();
}
