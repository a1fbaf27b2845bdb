using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Demo;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Accounts.Setup;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Bot.Composition.Chats;
using ChatOpsCampaigns.Bot.Jobs;
using ChatOpsCampaigns.Bot.Options;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class AdNetworkServices
{
    /// <summary>The eight networks, their accounts, and the market that stands behind the simulated ones.</summary>
    public static IServiceCollection AddAdNetworks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMarkets(configuration);
        return WantsDemo(configuration)
            ? services.AddSingleton<DemoStores>().AddSingleton<DemoAccount>().AddHostedService<DemoStart>()
            : services;
    }

    private static IServiceCollection AddMarkets(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(AdNetworkCatalog.Profiles)
        .AddSingleton(AccountSettings.Read(configuration, AdNetworkCatalog.Profiles, ServerZone(), ChatNames.All(configuration)))
        .AddSingleton<SetupBook>()
        .AddSingleton(provider => new SaidAccounts(provider.GetRequiredService<AdAccounts>(), provider.GetRequiredService<SetupBook>(), ChatNames.All(configuration)))
        .AddSingleton<IAdAccounts>(provider => provider.GetRequiredService<SaidAccounts>())
        .AddSingleton(SimulatorSettings.Read(configuration))
        .AddSingleton(provider => new SimulatedFile(provider.GetRequiredService<DataFolder>().Networks))
        .AddSingleton<INetworkLine, EvenLine>()
        .AddSingleton<SimulatedWorld>()
        .AddSingleton<AdNetworkDirectory>()
        .AddSingleton<AccountRests>()
        .AddSingleton<IAdNetworkDirectory>(provider => new ObedientNetworks(
            new TimedNetworks(
                provider.GetRequiredService<AdNetworkDirectory>(), provider.GetRequiredService<TimeProvider>(), provider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None),
            provider.GetRequiredService<AccountRests>()))
        .AddSingleton<IMarketDesk, MarketDesk>();

    /// <summary><c>Demo:History</c>: on by default as long as every network is simulated.</summary>
    private static bool WantsDemo(IConfiguration configuration)
    {
        if (configuration["Demo:History"] is { Length: > 0 } text)
            return bool.TryParse(text, out var wanted) ? wanted : throw new InvalidOperationException($"Demo:History is \"{text}\"; it has to be true or false.");

        return AdNetworkCatalog.Profiles.All(profile => !string.Equals(configuration[$"AdNetworks:{profile.Name}:Mode"], "Live", StringComparison.OrdinalIgnoreCase));
    }

#pragma warning disable RS0030 // The one place that asks for the server's zone; everybody else gets it from an account.
    private static string ServerZone() =>
        TimeZoneInfo.Local.HasIanaId ? TimeZoneInfo.Local.Id : "Etc/UTC";
#pragma warning restore RS0030
}
