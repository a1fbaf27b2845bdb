using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Dialogs.Wizard;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>Prepares creatives while people answer the other questions. What a crash interrupted is begun again at start.</summary>
internal sealed partial class PreparationWorker(PreparationRunner runner, UploadBoard board, ILogger<PreparationWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ResumeAsync(stoppingToken), runner.RunAsync(stoppingToken));

    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await board.ResumeAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotResumed(fault);
        }
    }

    [LoggerMessage(EventId = 312, Level = LogLevel.Error, Message = "Preparations of before could not be gone on with; they are made at launch.")]
    private partial void NotResumed(Exception fault);
}
