using System.Globalization;
using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Adapters.Landing;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Commands.Settlement;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Bot.Jobs;
using ChatOpsCampaigns.Bot.Options.Waiting;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class CreationServices
{
    /// <summary>The one way to the networks, launches and approvals.</summary>
    public static IServiceCollection AddCreation(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<GlobalSwitch>()
        .AddSingleton<AccountRoom>()
        .AddSingleton<RiskGate>()
        .AddSingleton<NetworkDoor>()
        .AddSingleton<IntentJournal>()
        .AddSingleton<NetworkGate>()
        .AddSingleton<SettledRecord>()
        .AddSingleton<IntentSettler>()
        .AddSingleton(Limits(configuration))
        .AddDraftChecks(configuration)
        .AddSingleton<AccountMemory>()
        .AddSingleton<SecondPeople>()
        .AddSingleton(ApprovalOptions.Times(configuration))
        .AddSingleton<ApprovalClock>()
        .AddSingleton<ApprovalVoice>()
        .AddSingleton<ApprovalDesk>()
        .AddSingleton<IApprovalEffect, LaunchApproval>()
        .AddSingleton<LaunchQueue>()
        .AddSingleton<PlannedCampaign>()
        .AddSingleton<LaunchRegistrar>()
        .AddSingleton<LaunchNotice>()
        .AddSingleton<LaunchReporter>()
        .AddSingleton<LaunchSteps>()
        .AddSingleton<LaunchBrake>()
        .AddSingleton<LaunchUndo>()
        .AddSingleton<LaunchDesk>()
        .AddSingleton<CampaignCreationEngine>()
        .AddHostedService<LaunchWorker>();

    private static IServiceCollection AddDraftChecks(this IServiceCollection services, IConfiguration configuration)
    {
        foreach (var check in StandardChecks.All)
            services.AddSingleton(check);

        var checks = ChecksLandings(configuration);
        services.AddSingleton<ILandingCheck>(provider => checks ? new LandingCheck(LandingRoutes.Internet, provider.GetRequiredService<TimeProvider>()) : new NoLandingCheck());
        return services.AddSingleton<OutsideLook>().AddSingleton<DraftChecks>();
    }

    /// <summary><c>Landing:Check</c>: on by default as soon as a network is live.</summary>
    private static bool ChecksLandings(IConfiguration configuration)
    {
        if (configuration["Landing:Check"] is { Length: > 0 } text)
            return bool.TryParse(text, out var wanted) ? wanted : throw new InvalidOperationException($"Landing:Check is \"{text}\"; it has to be true or false.");

        return AdNetworkCatalog.Profiles.Any(profile => string.Equals(configuration[$"AdNetworks:{profile.Name}:Mode"], "Live", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary><c>Approvals:RaiseAbove</c>: a share such as 0.3, or "30 %"; more than 0.</summary>
    private static decimal RaiseAbove(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return ApprovalLimits.Default.RaiseAbove;

        var number = text.Trim().TrimEnd('%').TrimEnd();
        return decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share > 0 && (text.Contains('%', StringComparison.Ordinal) || share <= 1)
            ? text.Contains('%', StringComparison.Ordinal) ? share / 100 : share
            : throw new InvalidOperationException($"Approvals:RaiseAbove is \"{text}\"; write a share such as 0.3, or 30%.");
    }

    /// <summary><c>Approvals:LaunchAbove:{currency}</c> replaces the default table entry by entry.</summary>
    private static ApprovalLimits Limits(IConfiguration configuration)
    {
        var limits = ApprovalLimits.Default.LaunchAbove.ToDictionary();
        foreach (var entry in configuration.GetSection("Approvals:LaunchAbove").GetChildren())
        {
            limits[entry.Key.ToUpperInvariant()] = decimal.TryParse(entry.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
                ? amount
                : throw new InvalidOperationException($"{entry.Path} is \"{entry.Value}\"; write an amount a day such as 1000, 0 or more.");
        }

        return new ApprovalLimits(limits) { RaiseAbove = RaiseAbove(configuration["Approvals:RaiseAbove"]) };
    }
}
