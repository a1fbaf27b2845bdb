using ChatOpsCampaigns.Automation.Creatives;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>Prepares creatives while people answer the other questions.</summary>
internal sealed class PreparationWorker(PreparationRunner runner, TimeProvider machine, ILogger<PreparationWorker> logger) : TirelessWorker(machine, logger)
{
    protected override Task WorkAsync(CancellationToken stoppingToken) => runner.RunAsync(stoppingToken);
}
