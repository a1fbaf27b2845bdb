using ChatOpsCampaigns.Adapters.Charts;
using ChatOpsCampaigns.Automation.Predictions;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class AgentServices
{
    /// <summary>Forecasts, the agent's turns and their schedule, the dashboard's figures, charts.</summary>
    public static IServiceCollection AddAgent(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<ICharts, Charts>()
        .AddSingleton<PastCampaigns>()
        .AddSingleton<IPredictor, Predictor>();
}
