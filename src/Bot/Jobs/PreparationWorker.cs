using ChatOpsCampaigns.Automation.Creatives;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>Prepares creatives while people answer the other questions.</summary>
internal sealed class PreparationWorker(PreparationRunner runner) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => runner.RunAsync(stoppingToken);
}
