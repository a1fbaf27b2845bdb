using ChatOpsCampaigns.Dialogs.Language;

namespace ChatOpsCampaigns.Bot.Start;

/// <summary>What can be set on the command line: a mistyped name is refused with the nearest right one, and never passed over.</summary>
internal static class OptionNames
{
    private const int MostSlips = 2;

    private const int SharedBeginning = 4;

    /// <summary>A name that ends in a colon begins a section whose names are free, such as an account's key.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        "Urls", "Public:Urls", "Public:BaseUrl", "Data:Folder", "Database:Provider", "Database:ConnectionString", "Clock:Speed", "Clock:Start", "Demo:History",
        "Agent:DecideEvery", "Agent:Autonomy", "Safety:SweepEvery", "Safety:StaleAfter", "Simulator:Seed", "Simulator:Latency", "Simulator:ReviewTime",
        "AdNetworks:", "People:Defaults", "People:Roles:", "Approvals:LaunchAbove:", "Approvals:RaiseAbove", "Approvals:RemindAfter", "Approvals:EscalateAfter", "Approvals:ExpireAfter", "Channels:", "OnCall:", "Audit:Key",
        "Storage:PublicUrl", "Storage:SigningKey", "Retention:RawReadings", "Retention:HourlyReadings", "Retention:DailyTotals", "Retention:QuietTurns", "Retention:Records", "LanguageModel:",
        "Slack:BotToken", "Slack:AppToken", "Slack:ApiBaseUrl", "Slack:SigningSecret", "Slack:ClientId", "Slack:ClientSecret", "Slack:AllowedWorkspaces", "Slack:NativeCharts",
        "Teams:AppId", "Teams:TenantId", "Teams:ClientSecret", "Teams:OpenIdMetadataUrl", "Teams:TokenUrl", "Teams:AllowLocalClients", "Teams:TargetedMessages", "Teams:NativeCharts", "Teams:PersonalTab", "Teams:SignInMetadataUrl",
        "Telemetry:Endpoint", "Heartbeat:Url", "Heartbeat:File",
        "Alerts:Email:Host", "Alerts:Email:Port", "Alerts:Email:UseTls", "Alerts:Email:User", "Alerts:Email:Password", "Alerts:Email:From", "Alerts:Email:To",
        "Alerts:Sms:Url", "Alerts:Sms:Token", "Alerts:Sms:To", "Alerts:Push:Url", "Alerts:Push:Token", "Alerts:Push:To",
        "Cards:Folder", "Media:Ffmpeg", "Landing:Check", "Logging:", "Kestrel:", "json", "csv", "from", "to", "person", "by", "yes", "campaigns", "empty",
        "experiment", "policy", "days", "random", "world", "data", "log", "charts",
        "environment", "contentRoot", "applicationName",
    ];

    /// <summary>Why a setting on the command line cannot be meant, or null when all are known.</summary>
    public static string? Unknown(IReadOnlyList<string> settings)
    {
        for (var at = 0; at < settings.Count; at++)
        {
            if (!settings[at].StartsWith("--", StringComparison.Ordinal))
            {
                if (TakesValue(settings, at - 1))
                    continue;

                if (!settings[at].Contains('=', StringComparison.Ordinal))
                    return $"\"{settings[at]}\" is no setting and no value of one. A verb comes before every setting, as in: doctor --json.";

                // As it is written in the environment, which the command line does not know: it would be passed over.
                if (settings[at].Split('=')[0] is var bare && !IsKnown(bare))
                    return NotKnown(bare);

                continue;
            }

            var name = settings[at][2..].Split('=')[0];
            if (settings[at].EndsWith('=') && IsSection(name))
                continue;

            if (!IsKnown(name))
                return NotKnown($"--{name}");

            if (!settings[at].Contains('=', StringComparison.Ordinal) && at + 1 < settings.Count && settings[at + 1].StartsWith("--", StringComparison.Ordinal))
                return $"--{name} has no value: write --{name} VALUE.";
        }

        return null;
    }

    private static bool TakesValue(IReadOnlyList<string> settings, int at) =>
        at >= 0 && settings[at].StartsWith("--", StringComparison.Ordinal) && !settings[at].Contains('=', StringComparison.Ordinal);

    /// <summary>The same for what stands in a file or in the environment: in a section of this program no name is passed over.</summary>
    public static string? Unknown(IConfiguration configuration) => configuration.AsEnumerable()
        .Where(one => one.Value is { Length: > 0 } && one.Key.IndexOf(':', StringComparison.Ordinal) is var at and > 0 && Sections.Contains(one.Key[..at]))
        .Select(one => one.Key)
        .Order(StringComparer.Ordinal)
        .Where(key => !IsKnown(key))
        .Select(NotKnown)
        .FirstOrDefault();

    private static readonly HashSet<string> Sections =
        [.. Known.Where(known => known.Contains(':', StringComparison.Ordinal) && known is not ("Logging:" or "Kestrel:")).Select(known => known.Split(':')[0])];

    /// <summary>A whole section that sets nothing.</summary>
    private static bool IsSection(string name) =>
        name.StartsWith("AdNetworks:", StringComparison.OrdinalIgnoreCase) || Known.Any(known => known.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase));

    private static bool IsKnown(string name) =>
        Known.Any(known => known.EndsWith(':') ? name.StartsWith(known, StringComparison.OrdinalIgnoreCase) : name.Equals(known, StringComparison.OrdinalIgnoreCase))
        && (!name.StartsWith("AdNetworks:", StringComparison.OrdinalIgnoreCase) || NetworkOptions.IsKnown(name));

    private static string NotKnown(string said) =>
        $"{said} is no setting of this program{(Near(said.TrimStart('-').Replace("__", ":", StringComparison.Ordinal)) is { } near ? $"; did you mean --{near.TrimEnd(':')}?" : ".")} All of them: docs/surface.md";

    /// <summary>The one that is a slip away, else the one that begins as it does.</summary>
    private static string? Near(string name) =>
        Known.Where(known => known.Length > MostSlips * 2).Select(known => (known, slips: EditDistance.Between(known.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(near => near.slips <= MostSlips).OrderBy(near => near.slips).Select(near => near.known).FirstOrDefault()
        ?? Known.Select(known => (known, shared: known.Zip(name).TakeWhile(pair => char.ToLowerInvariant(pair.First) == char.ToLowerInvariant(pair.Second)).Count()))
            .Where(near => near.shared >= SharedBeginning).OrderByDescending(near => near.shared).Select(near => near.known).FirstOrDefault();
}
