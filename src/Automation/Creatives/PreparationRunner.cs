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
        async (wish, token) => await PrepareAsync(wish, token));

    private async Task PrepareAsync(PreparationWish wish, CancellationToken cancellationToken)
    {
        var standing = new PreparationStanding(wish, await OutcomeAsync(wish, cancellationToken));
        foreach (var watcher in watchers)
        {
            try
            {
                await watcher.SeeAsync(standing, cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                NotShown(wish.Creative.FileName, fault);
            }
        }
    }

    private async Task<PreparationOutcome> OutcomeAsync(PreparationWish wish, CancellationToken cancellationToken)
    {
        var name = wish.Creative.FileName;
        try
        {
            var prepared = await creatives.PrepareAsync(wish.Creative, wish.Profile, cancellationToken);
            return prepared.Count > 0
                ? new PreparationOutcome.Ready(prepared[0])
                : new PreparationOutcome.Refused($"{wish.Profile.Title} has no place for {name}.");
        }
        catch (CreativeException refusal)
        {
            return new PreparationOutcome.Refused(refusal.Message);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            NotPrepared(name, fault);
            return new PreparationOutcome.Interrupted($"{name} could not be prepared now; it is tried again at launch.");
        }
    }

    [LoggerMessage(EventId = 310, Level = LogLevel.Error, Message = "{File} could not be prepared in the background.")]
    private partial void NotPrepared(string file, Exception fault);

    [LoggerMessage(EventId = 311, Level = LogLevel.Warning, Message = "The progress of {File} could not be shown.")]
    private partial void NotShown(string file, Exception fault);
}
