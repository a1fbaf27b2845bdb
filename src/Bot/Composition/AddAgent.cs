using ChatOpsCampaigns.Adapters.Charts;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.FollowUps;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Agent.Replays;
using ChatOpsCampaigns.Automation.Agent.Rounds;
using ChatOpsCampaigns.Automation.Agent.Sharing;
using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Ahead;
using ChatOpsCampaigns.Automation.Commands.Settlement;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Feed.Reports;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Bot.Jobs.Deciding;
using ChatOpsCampaigns.Bot.Options;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class AgentServices
{
    /// <summary>Forecasts, the agent's turns and their schedule, the dashboard's figures, charts.</summary>
    public static IServiceCollection AddAgent(this IServiceCollection services, IConfiguration configuration)
    {
        var options = AgentOptions.From(configuration);
        return services
            .AddSingleton(options)
            .AddSingleton(new AgentPolicy(options.Autonomy))
            .AddSingleton<DrawnCharts>()
            .AddSingleton<ICharts>(provider => new Charts(provider.GetRequiredService<IMediaStore>(), provider.GetRequiredService<DrawnCharts>()))
            .AddSingleton<PastCampaigns>()
            .AddSingleton<IPredictor, Predictor>()
            .AddSingleton<ISafetyWatch, SafetyWatch>()
            .AddSingleton<AgentMemories>()
            .AddSingleton<ISettledMoves, SettledMoves>()
            .AddSingleton<Traces>()
            .AddSingleton<ScorecardReader>()
            .AddSingleton<LaunchScores>()
            .AddSingleton<ReplayDesk>()
            .AddSingleton<AgentReporter>()
            .AddSingleton<ActionExecutor>()
            .AddSingleton<ShareBook>()
            .AddSingleton<SurroundingsReader>()
            .AddSingleton<SuggestionBook>()
            .AddSingleton<ForecastBook>()
            .AddSingleton<AgentSight>()
            .AddSingleton<SecondLook>()
            .AddSingleton<SuggestionDesk>()
            .AddSingleton<CampaignAgent>()
            .AddSingleton<AccountTroubles>()
            .AddSingleton<AccountTurns>()
            .AddSingleton<AgentTurns>()
            .AddSingleton<SkipJournal>()
            .AddSingleton<FastForward>()
            .AddSingleton<Alarms>()
            .AddSingleton<LastActions>()
            .AddSingleton<DashboardProjection>()
            .AddSingleton<CampaignReport>()
            .AddSingleton<ExposureProjection>()
            .AddHostedService<DecisionSchedule>()
            .AddHostedService<TurnRetryWorker>()
            .AddHostedService<ScoreWorker>()
            .AddHostedService<ResumeProposalWorker>();
    }
}
