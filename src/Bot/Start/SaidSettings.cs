namespace ChatOpsCampaigns.Bot.Start;

/// <summary>What the configuration says about this program, for the audit trail: values where they are harmless, else only that there is one.</summary>
internal static class SaidSettings
{
    private static readonly string[] Sections =
        ["AdNetworks", "Agent", "Alerts", "Approvals", "Audit", "Channels", "Clock", "Database", "Demo", "Heartbeat", "LanguageModel", "OnCall", "People", "Public", "Retention", "Safety", "Simulator", "Slack", "Storage", "Teams", "Telemetry"];

    private static readonly string[] Harmless = ["Agent", "Approvals", "Channels", "Clock", "Demo", "OnCall", "People", "Retention", "Safety", "Simulator"];

    public static IReadOnlyDictionary<string, string> Read(IConfiguration configuration) => Sections
        .SelectMany(section => configuration.GetSection(section).AsEnumerable())
        .Where(one => one.Value is { Length: > 0 })
        .ToDictionary(one => one.Key, one => IsHarmless(one.Key) ? one.Value! : "set");

    private static bool IsHarmless(string key) =>
        Harmless.Contains(key.Split(':')[0], StringComparer.OrdinalIgnoreCase)
        || key.EndsWith(":Mode", StringComparison.OrdinalIgnoreCase)
        || key.Contains(":Simulated:", StringComparison.OrdinalIgnoreCase);
}
