using Microsoft.Extensions.Configuration;

namespace ChatOpsCampaigns.Bot.Checkup;

/// <summary>Whether secrets are kept as secrets: settings files that others may read, values that stand in examples, and what is said for developers only.</summary>
internal static class SecretLooks
{
    /// <summary>What the name of a setting ends in whose value nobody else may see.</summary>
    public static readonly IReadOnlyList<string> Endings = ["Token", "Secret", "Key", "Password", "ConnectionString"];

    private static readonly string[] Examples = ["changeme", "change-me", "change_me", "secret", "password", "passw0rd", "example", "default", "todo", "test", "none", "null"];

    public static IEnumerable<Finding> All(IConfiguration configuration, IHostEnvironment environment) =>
        [.. Files(configuration), .. Values(configuration), .. Talkative(configuration, environment)];

    private static IEnumerable<Finding> Files(IConfiguration configuration)
    {
        const string Check = "settings files";
        if (configuration is not IConfigurationRoot root)
            yield break;

        var open = root.Providers.OfType<FileConfigurationProvider>()
            .Where(HoldsSecret)
            .Select(file => file.Source.FileProvider?.GetFileInfo(file.Source.Path ?? "").PhysicalPath)
            .OfType<string>()
            .Distinct()
            .Where(path => !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & FolderLooks.Others) != 0)
            .ToList();
        if (open.Count > 0)
            yield return Finding.Warn(Check, $"others may read {string.Join(", ", open)}, and secrets stand there", $"chmod 600 {string.Join(' ', open)}");
    }

    private static IEnumerable<Finding> Values(IConfiguration configuration) =>
        from one in configuration.AsEnumerable()
        where IsSecret(one.Key) && one.Value is { Length: > 0 } value && IsExample(value)
        orderby one.Key
        select Finding.Warn("secrets", $"{one.Key} looks like a value out of an example", $"Set {one.Key} to the value that its service gave you, or leave it out.");

    private static IEnumerable<Finding> Talkative(IConfiguration configuration, IHostEnvironment environment)
    {
        const string Check = "debugging";
        if (environment.IsDevelopment())
            yield return Finding.Warn(Check, "the environment is Development: a fault in a page is shown with its trace", "Leave out DOTNET_ENVIRONMENT and ASPNETCORE_ENVIRONMENT, or set them to Production.");

        var loud = configuration.GetSection("Logging").AsEnumerable()
            .Where(one => one.Key.Contains(":LogLevel:", StringComparison.OrdinalIgnoreCase) && one.Value is { } level
                && (level.Equals("Trace", StringComparison.OrdinalIgnoreCase) || level.Equals("Debug", StringComparison.OrdinalIgnoreCase)))
            .Select(one => one.Key)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (loud.Count > 0)
            yield return Finding.Warn(Check, $"{string.Join(" and ", loud)} {(loud.Count == 1 ? "is" : "are")} set to Debug or Trace: what people write may stand in the log", "Set it to Information or higher once you have found what you look for.");
    }

    private static bool HoldsSecret(FileConfigurationProvider file) => Keys(file, null).Any(key => IsSecret(key) && file.TryGet(key, out var value) && value is { Length: > 0 });

    private static IEnumerable<string> Keys(IConfigurationProvider provider, string? parent)
    {
        foreach (var child in provider.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var key = parent is null ? child : ConfigurationPath.Combine(parent, child);
            yield return key;
            foreach (var deeper in Keys(provider, key))
                yield return deeper;
        }
    }

    private static bool IsSecret(string key) => Endings.Any(ending => key.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static bool IsExample(string value)
    {
        var bare = value.Trim();
        return Examples.Contains(bare, StringComparer.OrdinalIgnoreCase)
            || (bare.StartsWith('<') && bare.EndsWith('>'))
            || bare.Contains("your-", StringComparison.OrdinalIgnoreCase) || bare.Contains("your_", StringComparison.OrdinalIgnoreCase)
            || bare.All(letter => "xXoabp-_*.".Contains(letter, StringComparison.Ordinal));
    }
}
