using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.Hours;
using ChatOpsCampaigns.Automation.Commands.Settlement;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Incidents.Judging;
using ChatOpsCampaigns.Automation.Incidents.Resuming;
using ChatOpsCampaigns.Automation.Incidents.RollingBack;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Auditing;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Standing;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Safety.Tracking;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Jobs;
using ChatOpsCampaigns.Bot.Jobs.Sweeping;
using ChatOpsCampaigns.Bot.Options;
using Microsoft.Extensions.Options;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class SafetyServices
{
    /// <summary>The emergency monitor, incidents, and what people do to running campaigns.</summary>
    public static IServiceCollection AddSafety(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SafetyOptions>().Bind(configuration.GetSection("Safety")).ValidateDataAnnotations().ValidateOnStart();

        return services
            .AddSingleton(_ => new SafetyPanel())
            .AddSingleton<ReadingWindows>()
            .AddSingleton<StatusReconciler>()
            .AddSingleton<AccountReader>()
            .AddSingleton<Observer>()
            .AddSingleton<IncidentBook>()
            .AddSingleton<IncidentVoice>()
            .AddSingleton<IncidentReminders>()
            .AddSingleton<UntoldIncidents>()
            .AddSingleton<StopPause>()
            .AddSingleton<BidCut>()
            .AddSingleton<PresentStanding>()
            .AddSingleton<IncidentOpening>()
            .AddSingleton<CampaignStop>()
            .AddSingleton<MilderRemedy>()
            .AddSingleton<EmergencyStop>()
            .AddSingleton<TrackingWatch>()
            .AddSingleton<StopKeeper>()
            .AddSingleton<WatchList>()
            .AddSingleton<LastJudged>()
            .AddSingleton<CampaignJudge>()
            .AddSingleton<AccountSweep>()
            .AddSingleton<SweepRetries>()
            .AddSingleton<StopRound>()
            .AddSingleton<StrayActs>()
            .AddSingleton<Orphans>()
            .AddSingleton<Strays>()
            .AddSingleton<StraySearch>()
            .AddSingleton<EmergencyMonitor>()
            .AddSingleton<SweepPulse>()
            .AddSingleton<ISelfCheck>(provider => new EveryCampaignIsJudged(
                provider.GetRequiredService<ICampaignStore>(), provider.GetRequiredService<LastJudged>(), provider.GetRequiredService<SweepPulse>(),
                provider.GetRequiredService<CampaignClock>(), provider.GetRequiredService<IOptions<SafetyOptions>>().Value.SweepEvery))
            .AddSingleton<ISelfCheck, EveryIncidentHasANextStep>()
            .AddSingleton<ISelfCheck, EveryIntentHasARetrier>()
            .AddSingleton<SelfAuditIncident>()
            .AddSingleton<SelfAudit>()
            .AddSingleton<IncidentAcknowledgement>()
            .AddSingleton<IncidentClosing>()
            .AddSingleton<ResumeJudge>()
            .AddSingleton<KnownCause>()
            .AddSingleton<ResumeAgain>()
            .AddSingleton<ResumeCheck>()
            .AddSingleton<Resumption>()
            .AddSingleton<StoppedResume>()
            .AddSingleton<RollBackRaises>()
            .AddSingleton<RollBackPlans>()
            .AddSingleton<LeverRollBack>()
            .AddSingleton<RollBack>()
            .AddSingleton<UndoPlans>()
            .AddSingleton<UndoDesk>()
            .AddSingleton<HigherLimit>()
            .AddSingleton<IncidentDesk>()
            .AddSingleton<StopJudgement>()
            .AddSingleton<ResumeOutlook>()
            .AddSingleton<ResumeProposals>()
            .AddSingleton<SettledResume>()
            .AddSingleton<ISettledMoves>(provider => provider.GetRequiredService<SettledResume>())
            .AddSingleton<EndedStops>()
            .AddSingleton<StopEverything>()
            .AddSingleton<CampaignHours>()
            .AddSingleton<CampaignTurns>()
            .AddSingleton<HoursSwitch>()
            .AddSingleton<UnusualAmounts>()
            .AddSingleton<RaiseDesk>()
            .AddSingleton<CampaignControl>()
            .AddSingleton<IApprovalEffect, LiftCapApproval>()
            .AddSingleton<CapRaises>()
            .AddSingleton<SettingDesk>()
            .AddSingleton<LimitRaises>()
            .AddSingleton<IApprovalEffect, CapApproval>()
            .AddSingleton<IApprovalEffect, SettingApproval>()
            .AddSingleton<IApprovalEffect, LimitApproval>()
            .AddSingleton<IApprovalEffect, RaiseApproval>()
            .AddSingleton<IApprovalEffect, ResumeAgainApproval>()
            .AddHostedService<EmergencySweep>()
            .AddHostedService<SweepRetryWorker>()
            .AddHostedService<SweepWatch>()
            .AddHostedService<HoursWorker>();
    }
}
