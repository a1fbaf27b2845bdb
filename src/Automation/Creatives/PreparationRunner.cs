using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Creatives;

/// <summary>Empties the queue, two at a time. A file that cannot be prepared keeps no other from being prepared.</summary>
public sealed partial class PreparationRunner(
    PreparationQueue queue, ICreativePreparation creatives, IEnumerable<IPreparationWatcher> watchers, ILogger<PreparationRunner> logger)
{
    private const int AtATime = 2;

    public Task RunAsync(CancellationToken cancellationToken) => Parallel.ForEachAsync(
        queue.TakeAsync(cancellationToken),
        new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
        async (waiting, token) => await PrepareAsync(waiting.Creative, waiting.Profile, token));

    private async Task PrepareAsync(SourceCreative creative, AdNetworks.NetworkProfile profile, CancellationToken cancellationToken)
    {
        var standing = await StandingAsync(creative, profile, cancellationToken);
        foreach (var watcher in watchers)
        {
            try
            {
                await watcher.SeeAsync(standing, cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                NotShown(creative.FileName, fault);
            }
        }
    }

    private async Task<PreparationStanding> StandingAsync(
        SourceCreative creative, AdNetworks.NetworkProfile profile, CancellationToken cancellationToken)
    {
        try
        {
            var prepared = await creatives.PrepareAsync(creative, profile, cancellationToken);
            return new PreparationStanding(creative, profile, prepared.Count == 0 ? null : prepared[0], null);
        }
        catch (CreativeException refusal)
        {
            return new PreparationStanding(creative, profile, null, refusal.Message);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotPrepared(creative.FileName, fault);
            return new PreparationStanding(creative, profile, null, $"{creative.FileName} could not be prepared now; it is tried again at launch.");
        }
    }

    [LoggerMessage(EventId = 310, Level = LogLevel.Error, Message = "{File} could not be prepared in the background.")]
    private partial void NotPrepared(string file, Exception fault);

    [LoggerMessage(EventId = 311, Level = LogLevel.Warning, Message = "The progress of {File} could not be shown.")]
    private partial void NotShown(string file, Exception fault);
}
