using ChatOpsCampaigns.Dialogs.Wizard;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class WizardServices
{
    /// <summary>The seven steps.</summary>
    public static IServiceCollection AddWizard(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<DraftViews>()
        .AddSingleton<WizardCards>()
        .AddSingleton<WizardDesk>()
        .AddSingleton<WizardFiles>()
        .AddSingleton<WizardLaunch>()
        .AddSingleton<WizardWords>()
        .AddSingleton<CampaignWizard>();
}
