using ChatOpsCampaigns.Adapters.Language;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Bot.Jobs;
using ChatOpsCampaigns.Bot.Jobs.Talking;
using ChatOpsCampaigns.Bot.Start;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Announcing.Hearing;
using ChatOpsCampaigns.Dialogs.Announcing.Quiet;
using ChatOpsCampaigns.Dialogs.Announcing.Requests;
using ChatOpsCampaigns.Dialogs.Announcing.Threads;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Commands;
using ChatOpsCampaigns.Dialogs.Commands.Campaigns;
using ChatOpsCampaigns.Dialogs.Commands.Drafts;
using ChatOpsCampaigns.Dialogs.Commands.Everything;
using ChatOpsCampaigns.Dialogs.Commands.Incidents;
using ChatOpsCampaigns.Dialogs.Commands.Levers;
using ChatOpsCampaigns.Dialogs.Commands.Looking;
using ChatOpsCampaigns.Dialogs.Commands.People;
using ChatOpsCampaigns.Dialogs.Commands.Proposals;
using ChatOpsCampaigns.Dialogs.Commands.Settings;
using ChatOpsCampaigns.Dialogs.Commands.Simulator;
using ChatOpsCampaigns.Dialogs.Commands.Workspace;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Dialogs.Setup;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class DialogServices
{
    /// <summary>What people say and press, and what is told to them.</summary>
    public static IServiceCollection AddDialogs(this IServiceCollection services, IConfiguration configuration)
    {
        foreach (var command in Commands)
            services.AddSingleton(typeof(ICommand), command);

        foreach (var coming in ComingCommand.All)
            services.AddSingleton<ICommand>(coming);

        return services
            .AddSingleton(provider => new Lazy<VerbCatalogue>(provider.GetRequiredService<VerbCatalogue>))
            .AddSingleton<VerbCatalogue>()
            .AddSingleton<VerbGrammar>()
            .AddSingleton<CampaignFinder>()
            .AddSingleton<ArgumentReaders>()
            .AddSingleton<ArgumentBinder>()
            .AddSingleton<VerbReading>()
            .AddSingleton<Rights>()
            .AddSingleton<VerbRunner>()
            .AddSingleton<SmallTalk>()
            .AddSingleton<TurnRoutes>()
            .AddSingleton<Sights>()
            .AddSingleton<ITurnHandler, TurnDispatcher>()
            .AddSingleton<CampaignPictures>()
            .AddSingleton<Audience>()
            .AddSingleton<IncidentBoard>()
            .AddSingleton(provider => new Lazy<IncidentBoard>(provider.GetRequiredService<IncidentBoard>))
            .AddSingleton<IReceiptBoard>(provider => provider.GetRequiredService<IncidentBoard>())
            .AddSingleton<IAlertChannel, ChatAlertChannel>()
            .AddSingleton<PostmortemDraft>()
            .AddSingleton<IncidentNews>()
            .AddSingleton<IncidentThread>()
            .AddSingleton<RequestThread>()
            .AddSingleton<OpenThreads>()
            .AddSetup()
            .AddSingleton<PersonReader>()
            .AddSingleton<RoleChanges>()
            .AddSingleton<IncidentReply>()
            .AddSingleton<ResumeQuestion>()
            .AddSingleton<ApprovalFacts>()
            .AddSingleton<ApprovalBoard>()
            .AddSingleton<SuggestionBoard>()
            .AddSingleton<UntoldNews>()
            .AddSingleton<QuietDigests>()
            .AddSingleton<CampaignThreads>()
            .AddSingleton<CampaignCards>()
            .AddSingleton<CampaignNews>()
            .AddSingleton<FeedAnnouncer>()
            .AddSingleton<ClosedPlaces>()
            .AddSingleton<DeafChats>()
            .AddSingleton<HomePage>()
            .AddSingleton<CutTime>()
            .AddSingleton<LaunchMessages>()
            .AddSingleton<ILaunchWatcher>(provider => provider.GetRequiredService<LaunchMessages>())
            .AddSingleton<ISettingsView, SettingsLines>()
            .AddSingleton(provider => VerbPlugin.Build(provider.GetRequiredService<VerbCatalogue>()))
            .AddHostedService<AnnouncerWorker>()
            .AddHostedService<ClosedPlacesWorker>()
            .AddHostedService<DeafChatsWorker>();
    }

    /// <summary>The set-up of the workspace in the chat, and the test emergency that it ends with.</summary>
    private static IServiceCollection AddSetup(this IServiceCollection services) => services
        .AddSingleton<SetupReader>()
        .AddSingleton<SetupCaps>()
        .AddSingleton<SetupAnswers>()
        .AddSingleton<SetupCards>()
        .AddSingleton<SetupDialog>()
        .AddSingleton<SetupThread>()
        .AddSingleton<TestDesk>()
        .AddHostedService<TestEmergencyWorker>();

    /// <summary>Every verb that is built: adding one is its file and a line here.</summary>
    internal static IReadOnlyList<Type> Commands { get; } =
    [
        typeof(NewCampaignCommand), typeof(CopyCommand), typeof(DraftsCommand), typeof(ContinueCommand), typeof(DeleteDraftCommand), typeof(HandOverCommand),
        typeof(CampaignsCommand), typeof(StatusCommand), typeof(WhyCommand), typeof(OverrideCommand), typeof(GoOnCommand), typeof(UndoLaunchCommand),
        typeof(PauseCommand), typeof(ResumeCommand), typeof(SetBudgetCommand), typeof(SetBidCommand), typeof(SetCapCommand), typeof(SetModeCommand), typeof(SetTargetCommand), typeof(SetMinRoasCommand), typeof(SetMaxCpaCommand), typeof(SetSwitchCommand), typeof(SetAutonomyCommand), typeof(SetFeeCommand), typeof(SetCreativeCostCommand), typeof(TrueReturnCommand), typeof(TakeOverCommand), typeof(HandBackCommand),
        typeof(DoItCommand), typeof(NotNowCommand), typeof(DeclineCommand),
        typeof(IncidentsCommand), typeof(AckCommand), typeof(ResumeIncidentCommand), typeof(RollBackCommand), typeof(HigherLimitCommand), typeof(WhyIncidentCommand), typeof(ViewIncidentCommand),
        typeof(StopEverythingCommand), typeof(FreezeEverythingCommand), typeof(AllowEverythingCommand),
        typeof(ApprovalsCommand), typeof(ApproveCommand), typeof(RejectCommand),
        typeof(FeedCommand), typeof(SettingsCommand), typeof(SetupCommand), typeof(AuditVerifyCommand), typeof(HelpCommand), typeof(WhoAmICommand),
        typeof(ExposureCommand), typeof(RecommendationsCommand), typeof(ExportCommand), typeof(WhyNotCommand), typeof(ScorecardCommand), typeof(JudgeCommand), typeof(PostmortemCommand), typeof(WhatIfCommand), typeof(DrillCommand), typeof(UndoCommand), typeof(UndoActCommand), typeof(RollBackSinceCommand),
        typeof(PeopleCommand), typeof(PeopleGrantCommand), typeof(PeopleRevokeCommand), typeof(PeopleLinkCommand), typeof(PeopleUnlinkCommand),
        typeof(FastForwardCommand), typeof(SimulateCommand), typeof(CalmCommand),
    ];
}
