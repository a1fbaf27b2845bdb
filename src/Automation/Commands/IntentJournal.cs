using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Commands;

/// <summary>
/// Writes what is wanted before it is tried and what came of it after. What reduces goes out also when nothing can be written: it is noted
/// beside the database and written first when that returns.
/// </summary>
public sealed partial class IntentJournal(
    IIntentStore intents, IStopJournal stops, JournalStanding standing, CampaignClock clock, ILogger<IntentJournal> logger)
{
    /// <summary>The intent as it stands in the journal: an earlier one of its key, if there is one.</summary>
    public async Task<CommandIntent> PlanAsync(CommandIntent planned, CancellationToken cancellationToken)
    {
        try
        {
            ThrowIfAway(planned);
            var intent = await intents.AddAsync(planned, cancellationToken);
            standing.Written();
            return intent;
        }
        catch (Exception fault) when (Reduces(planned) && fault is not OperationCanceledException)
        {
            await NoteAsync(planned, fault, cancellationToken);
            return planned;
        }
    }

    /// <summary>Whether what came of it is noted beside the database and not written yet: then what stands there is older.</summary>
    public async Task<bool> IsNotedAsync(CommandKey key, CancellationToken cancellationToken) =>
        (await stops.PendingAsync(cancellationToken)).Intents.Any(noted => noted.Key == key);

    public Task SentAsync(CommandIntent intent, CancellationToken cancellationToken) =>
        KeepAsync(intent with { State = IntentState.Sent }, cancellationToken);

    public Task<CommandOutcome> ConfirmedAsync(CommandIntent intent, CommandOutcome.Confirmed shown, CancellationToken cancellationToken) => EndAsync(
        intent with { State = IntentState.Confirmed, Result = shown.Id, Fault = null, Says = null }, shown, cancellationToken);

    public Task<CommandOutcome> RefusedAsync(CommandIntent intent, string says, CancellationToken cancellationToken) => EndAsync(
        intent with { State = IntentState.Refused, Says = says }, new CommandOutcome.Refused(says), cancellationToken);

    public Task<CommandOutcome> FailedAsync(CommandIntent intent, FaultKind kind, string says, CancellationToken cancellationToken) => EndAsync(
        intent with { State = IntentState.Failed, Fault = kind, Says = says }, new CommandOutcome.Failed(kind, says), cancellationToken);

    public Task<CommandOutcome> UnknownAsync(CommandIntent intent, FaultKind kind, string says, CancellationToken cancellationToken) => EndAsync(
        intent with { State = IntentState.Unknown, Fault = kind, Says = says }, new CommandOutcome.Unknown(says), cancellationToken);

    public Task<CommandOutcome> TakenBackAsync(CommandIntent intent, string says, CancellationToken cancellationToken) => EndAsync(
        intent with { State = IntentState.TakenBack, Result = null, Says = says }, new CommandOutcome.Refused(says), cancellationToken);

    /// <summary>Taking it back is wanted, and not confirmed.</summary>
    /// <param name="unsettled">How the intent stands meanwhile.</param>
    public Task<CommandOutcome> NotTakenBackAsync(CommandIntent intent, IntentState unsettled, string says, CancellationToken cancellationToken) => EndAsync(
        intent with { State = unsettled, Result = null, Says = says }, new CommandOutcome.Unknown(says), cancellationToken);

    private async Task<CommandOutcome> EndAsync(CommandIntent intent, CommandOutcome outcome, CancellationToken cancellationToken)
    {
        await KeepAsync(intent with { SettledAt = clock.GetUtcNow() }, cancellationToken);
        return outcome;
    }

    private async Task KeepAsync(CommandIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            ThrowIfAway(intent);
            await SaveAsync(intent, cancellationToken);
        }
        catch (Exception fault) when (Reduces(intent) && fault is not OperationCanceledException)
        {
            await NoteAsync(intent, fault, cancellationToken);
        }
    }

    /// <summary>A save that is told to have failed may stand there all the same: then nobody would come back to say what came of it.</summary>
    private async Task SaveAsync(CommandIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            await intents.SaveAsync(intent, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException && !intent.IsOpen)
        {
            if ((await intents.FindAsync(intent.Key, cancellationToken))?.State != intent.State)
                throw;
        }
    }

    private static bool Reduces(CommandIntent intent) => intent.Command.Direction == Direction.Reduces;

    private void ThrowIfAway(CommandIntent intent)
    {
        if (Reduces(intent) && standing.IsAway)
            throw new JournalAwayException();
    }

    private async Task NoteAsync(CommandIntent intent, Exception fault, CancellationToken cancellationToken)
    {
        if (fault is not JournalAwayException)
            standing.Failed();

        StopNotWritten(intent.Command.Words, intent.Key, fault);
        await stops.NoteAsync(intent, fault.Message, cancellationToken);
    }

    [LoggerMessage(EventId = 110, Level = LogLevel.Critical, Message = "The journal cannot be written; \"{Words}\" ({Key}) goes out all the same.")]
    private partial void StopNotWritten(string words, CommandKey key, Exception fault);
}
