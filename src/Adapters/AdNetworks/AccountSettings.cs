using System.Globalization;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Teams;
using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Configuration;

namespace ChatOpsCampaigns.Adapters.AdNetworks;

/// <summary>
/// Reads the ad accounts from <c>AdNetworks:{name}</c> and their channels from <c>Channels</c> and <c>OnCall</c>. A network
/// without settings gets one simulated account: US dollars, the server's zone, 10,000 a day. Every mistake is one sentence.
/// </summary>
internal static class AccountSettings
{
    private const string DefaultName = "default";
    private const decimal DefaultDailyLimit = 10_000;

    /// <param name="chats">The chats that there are, by the name that their conversations begin with.</param>
    public static AdAccounts Read(IConfiguration configuration, IReadOnlyList<NetworkProfile> profiles, string serverZone, IReadOnlyList<string> chats)
    {
        foreach (var section in configuration.GetSection("AdNetworks").GetChildren())
        {
            if (!profiles.Any(profile => Same(profile.Name.Value, section.Key)))
                throw Wrong($"AdNetworks:{section.Key} names no ad network; there are {string.Join(", ", profiles.Select(profile => profile.Name))}.");
        }

        var accounts = profiles.SelectMany(profile => AccountsOf(configuration.GetSection($"AdNetworks:{profile.Name}"), profile, serverZone)).ToList();
        RefuseUnknownAccounts(configuration, accounts);
        return new AdAccounts(accounts, accounts.ToDictionary(account => account.Id, account => BindingOf(configuration, account, chats)));
    }

    private static IEnumerable<AdAccount> AccountsOf(IConfigurationSection network, NetworkProfile profile, string serverZone)
    {
        var mode = ModeOf(network);
        var name = profile.Name.Value.ToLowerInvariant();
        var keyed = network.GetSection("Accounts").GetChildren().ToList();
        if (keyed.Count == 0 || network["AccountId"] is not null)
            yield return Account(name, network["AccountId"] ?? $"simulated-{name}", [network.GetSection("Simulated")], profile, mode, serverZone, network.Path);

        foreach (var account in keyed)
        {
            var key = account.Key.ToLowerInvariant();
            if (key.Contains(':', StringComparison.Ordinal) || key.Contains('/', StringComparison.Ordinal))
                throw Wrong($"{account.Path}: an account's name is letters, digits and dashes.");

            yield return Account(
                $"{name}:{key}", account["AccountId"] ?? $"simulated-{name}-{key}", [account, account.GetSection("Simulated"), network.GetSection("Simulated")],
                profile, mode, serverZone, account.Path);
        }
    }

    private static AdAccount Account(
        string id, string externalId, IReadOnlyList<IConfigurationSection> sections, NetworkProfile profile, NetworkMode mode, string serverZone, string path)
    {
        string? Setting(string name) => sections.Select(section => section[name]).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

        var currency = CurrencyOf(Setting("Currency") ?? Currency.Usd.Code, path);
        var zone = ZoneOf(Setting("TimeZone") ?? serverZone, path);
        var limit = LimitOf(Setting("DailyLimit"), path);
        return new AdAccount(new AdAccountId(id), WorkspaceId.Local, profile.Name, externalId, currency, zone, currency.Of(limit), mode);
    }

    private static NetworkMode ModeOf(IConfigurationSection network) => network["Mode"] switch
    {
        null or "" => NetworkMode.Simulated,
        var word when Same(word, "Simulated") => NetworkMode.Simulated,
        var word when Same(word, "Live") => NetworkMode.Live,
        var word => throw Wrong($"{network.Path}:Mode is \"{word}\"; it has to be Simulated or Live."),
    };

    private static Currency CurrencyOf(string code, string path) => code.Length == 3 && code.All(char.IsAsciiLetter)
        ? new Currency(code.ToUpperInvariant())
        : throw Wrong($"{path}: the currency \"{code}\" has to be a code of three letters such as USD.");

    private static string ZoneOf(string zone, string path) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
        ? zone
        : throw Wrong($"{path}: there is no time zone \"{zone}\"; write one such as Europe/Zurich.");

    private static decimal LimitOf(string? limit, string path)
    {
        if (limit is null)
            return DefaultDailyLimit;

        return decimal.TryParse(limit, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) && amount > 0
            ? amount
            : throw Wrong($"{path}: the daily limit \"{limit}\" has to be a number above 0.");
    }

    /// <summary>What is bound to an account that is not there would be told to nobody.</summary>
    private static void RefuseUnknownAccounts(IConfiguration configuration, IReadOnlyList<AdAccount> accounts)
    {
        string[] parts = ["Feed", "Approvals", "Incidents"];
        foreach (var section in new[] { "Channels", "OnCall" })
        {
            foreach (var (key, _) in configuration.GetSection(section).AsEnumerable(makePathsRelative: true).Where(one => one.Value is { Length: > 0 }))
            {
                var cut = key.LastIndexOf(':');
                var (name, last) = cut < 0 ? (key, "") : (key[..cut], key[(cut + 1)..]);
                if (section == "Channels" && !parts.Any(part => Same(part, last)))
                    throw Wrong($"{section}:{key} is no setting; an account's channels are {string.Join(", ", parts)}.");

                if (section == "OnCall" && (last.Length == 0 || !last.All(char.IsAsciiDigit)))
                    throw Wrong($"{section}:{key} has to be a list; write {section}:{key}:0 for its first person.");

                if (!Same(name, DefaultName) && !accounts.Any(account => Same(account.Id.Value, name)))
                    throw Wrong($"{section}:{key} names no account; there are {DefaultName}, {string.Join(", ", accounts.Select(account => account.Id))}.");
            }
        }
    }

    private static ChannelBinding BindingOf(IConfiguration configuration, AdAccount account, IReadOnlyList<string> chats)
    {
        // A colon separates sections, so an account such as meta:eu is written Channels:meta:eu as it stands.
        string Channel(string kind)
        {
            var bound = configuration[$"Channels:{account.Id}:{kind}"] ?? configuration[$"Channels:{DefaultName}:{kind}"] ?? "";
            return bound.Length == 0 || chats.Any(chat => bound.StartsWith($"{chat}/", StringComparison.Ordinal) && bound.Length > chat.Length + 1)
                ? bound
                : throw Wrong($"Channels: {account.Id}'s {kind} is \"{bound}\"; it has to be a conversation of a chat that is there, such as {chats[0]}/you.");
        }

        var own = configuration.GetSection($"OnCall:{account.Id}").Get<string[]>();
        var onCall = own ?? configuration.GetSection($"OnCall:{DefaultName}").Get<string[]>() ?? [];
        if (onCall.FirstOrDefault(person => !person.Contains(':', StringComparison.Ordinal)) is { } wrong)
            throw Wrong($"OnCall: \"{wrong}\" has to be a person such as local:olga.");

        if (onCall.FirstOrDefault(IsNobody) is { } nobody)
            throw Wrong($"OnCall: \"{nobody}\" names nobody; write a chat that there is and the person's id there, such as slack:U0123456789 (\"Copy member ID\" in their profile), or slack:S0123456789 for a user group.");

        if (onCall.FirstOrDefault(IsGroup) is { } group && !Channel("Incidents").StartsWith($"{SlackPlace.Prefix}/", StringComparison.Ordinal))
            throw Wrong($"OnCall: \"{group}\" is a group, which is called in a channel: set Channels:{account.Id}:Incidents to a channel of Slack, such as slack/C0123456789.");

        return new ChannelBinding(account.Id, Channel("Feed"), Channel("Approvals"), Channel("Incidents"), [.. onCall.Select(PersonId.From)]);
    }

    private static bool IsNobody(string called) => called.Split(':') switch
    {
        [SlackPlace.Prefix, .., var key] => !SlackPeople.IsId(key),
        [WebChatChannel.ChannelName or TeamsPlace.Prefix, ..] => false,
        _ => true,
    };

    private static bool IsGroup(string called) => called.Split(':') is [SlackPlace.Prefix, .., var key] && SlackPeople.IsGroup(key);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static InvalidOperationException Wrong(string says) => new(says);
}
