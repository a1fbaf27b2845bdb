using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Bot.Start;

namespace ChatOpsCampaigns.Bot.Checkup;

/// <summary>What each ad network would need to be live, and which of it is set. Says names, never values.</summary>
internal static class NetworkLooks
{
    public static IEnumerable<Finding> All(IConfiguration configuration) =>
        AdNetworkCatalog.Profiles.Select(profile => Of(profile, configuration.GetSection($"AdNetworks:{profile.Name}")));

    private static Finding Of(NetworkProfile profile, IConfigurationSection section)
    {
        var check = profile.Name.Value;
        var isLive = string.Equals(section["Mode"], "Live", StringComparison.OrdinalIgnoreCase);
        var needed = NetworkOptions.Credentials[profile.Name.Value];
        var missing = needed.Where(name => string.IsNullOrWhiteSpace(section[name])).ToList();
        var unbuilt = AdNetworkDirectory.NoLiveClient(profile);
        if (isLive && unbuilt is not null)
            return Finding.Fail(check, unbuilt, $"AdNetworks:{check}:Mode=Simulated");

        if (isLive)
        {
            return missing.Count == 0
                ? Finding.Ok(check, $"live, with {string.Join(", ", needed)}")
                : Finding.Fail(check, "live, and its credentials are not complete", $"Set {Settings(check, missing)}.");
        }

        if (missing.Count == needed.Count)
            return Finding.Ok(check, "simulated, no credentials");

        return missing.Count > 0
            ? Finding.Warn(check, "simulated; some of its credentials are set and some are not", $"Set {Settings(check, missing)} as well, or leave all of them out.")
            : Finding.Ok(check, unbuilt is null ? $"ready, still simulated; AdNetworks:{check}:Mode=Live spends real money" : "its credentials are complete; still simulated, since its live client is not built yet");
    }

    private static string Settings(string network, IEnumerable<string> names) => string.Join(", ", names.Select(name => $"AdNetworks:{network}:{name}"));
}
