namespace ChatOpsCampaigns.Bot.Start;

/// <summary>What can be set on the command line: a mistyped name is refused with the nearest right one, and never passed over.</summary>
internal static class OptionNames
{
    /// <summary>A name that ends in a colon begins a section whose names are free, such as an account's key.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        "Urls", "Public:Urls", "Public:BaseUrl", "Data:Folder", "Database:Provider", "Database:ConnectionString", "Clock:Speed", "Clock:Start", "Demo:History",
        "Agent:DecideEvery", "Agent:Autonomy", "Safety:SweepEvery", "Safety:StaleAfter", "Simulator:Seed", "Simulator:Latency", "Simulator:ReviewTime",
        "AdNetworks:", "People:Roles:", "Approvals:LaunchAbove:", "Approvals:RaiseAbove", "Approvals:ExpireAfter", "Channels:", "OnCall:", "Audit:Key",
        "Storage:PublicUrl", "Storage:SigningKey", "Retention:", "Alerts:Email:", "Alerts:Sms:", "Alerts:Push:", "LanguageModel:", "Slack:", "Teams:",
        "Cards:Folder", "Media:Ffmpeg", "Landing:Check", "Logging:", "Kestrel:", "json", "csv", "from", "to", "campaigns", "empty",
        "environment", "contentRoot", "applicationName",
    ];

    /// <summary>Why a setting on the command line cannot be meant, or null when all are known.</summary>
    public static string? Unknown(IReadOnlyList<string> settings)
    {
        for (var at = 0; at < settings.Count; at++)
        {
            if (!settings[at].StartsWith("--", StringComparison.Ordinal))
                continue;

            var name = settings[at][2..].Split('=')[0];
            if (settings[at].EndsWith('=') && Known.Any(known => known.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase)))
                continue;

            if (!Known.Any(known => known.EndsWith(':') ? name.StartsWith(known, StringComparison.OrdinalIgnoreCase) : name.Equals(known, StringComparison.OrdinalIgnoreCase)))
                return $"--{name} is no setting of this program{Near(name)}. All of them: docs/surface.md";

            if (!settings[at].Contains('=', StringComparison.Ordinal) && at + 1 < settings.Count && settings[at + 1].StartsWith("--", StringComparison.Ordinal))
                return $"--{name} has no value: write --{name} VALUE.";
        }

        return null;
    }

    private static string Near(string name) => Known
        .Select(known => (known, shared: known.Zip(name).TakeWhile(pair => char.ToLowerInvariant(pair.First) == char.ToLowerInvariant(pair.Second)).Count()))
        .Where(near => near.shared >= 4)
        .OrderByDescending(near => near.shared)
        .Select(near => $"; did you mean --{near.known.TrimEnd(':')}?")
        .FirstOrDefault("");
}
