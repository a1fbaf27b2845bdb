using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Bot.Options;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class AdNetworkServices
{
    /// <summary>The eight networks, their accounts, and the market that stands behind the simulated ones.</summary>
    public static IServiceCollection AddAdNetworks(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(AdNetworkCatalog.Profiles)
        .AddSingleton<IAdAccounts>(AccountSettings.Read(configuration, AdNetworkCatalog.Profiles, ServerZone()))
        .AddSingleton(SimulatorSettings.Read(configuration))
        .AddSingleton(provider => new SimulatedFile(provider.GetRequiredService<DataFolder>().Networks))
        .AddSingleton<SimulatedWorld>()
        .AddSingleton<IAdNetworkDirectory, AdNetworkDirectory>()
        .AddSingleton<IMarketDesk, MarketDesk>();

#pragma warning disable RS0030 // The one place that asks for the server's zone; everybody else gets it from an account.
    private static string ServerZone() =>
        TimeZoneInfo.Local.HasIanaId ? TimeZoneInfo.Local.Id : "Etc/UTC";
#pragma warning restore RS0030
}
