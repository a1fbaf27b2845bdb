using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Dialogs.Wizard.Files;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>Prepares creatives while people answer the other questions. What a crash interrupted is begun again at start.</summary>
internal sealed class PreparationWorker(PreparationRunner runner, UploadBoard board, TimeProvider machine, ILogger<PreparationWorker> logger) : TirelessWorker(machine, logger)
{
    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        await board.ResumeAsync(stoppingToken);
        await runner.RunAsync(stoppingToken);
    }
}
