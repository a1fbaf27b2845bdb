using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Wizard;
using ChatOpsCampaigns.Dialogs.Wizard.Drafts;
using ChatOpsCampaigns.Dialogs.Wizard.Files;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class WizardServices
{
    /// <summary>The seven steps.</summary>
    public static IServiceCollection AddWizard(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<DraftViews>()
        .AddSingleton<WizardCards>()
        .AddSingleton<WizardDesk>()
        .AddSingleton<UploadBoard>()
        .AddSingleton<IPreparationWatcher>(provider => provider.GetRequiredService<UploadBoard>())
        .AddSingleton<FileIntake>()
        .AddSingleton<WizardFiles>()
        .AddSingleton<WizardLaunch>()
        .AddSingleton<WizardWords>()
        .AddSingleton<WizardEdits>()
        .AddSingleton<CampaignWizard>()
        .AddSingleton<IInputCheck, WizardInputCheck>();
}
