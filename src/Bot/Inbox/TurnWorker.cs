using System.Collections.Concurrent;
using System.Threading.Channels;
using ChatOpsCampaigns.Bot.Jobs;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Bot.Inbox;

/// <summary>
/// Takes stored turns to their handler: one after another within a conversation, conversations side by side; <c>stop everything</c>
/// waits for nobody. What a crash left unhandled is taken up at start.
/// </summary>
internal sealed partial class TurnWorker(IInbox inbox, ITurnHandler handler, TimeProvider machine, ILogger<TurnWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly Channel<ChatTurn> _arrived = Channel.CreateUnbounded<ChatTurn>();
    private readonly ConcurrentDictionary<ConversationId, TaskCompletionSource> _last = new();

    /// <summary>How many conversations have a turn that is not finished: none of the others is remembered.</summary>
    public int Busy => _last.Count;

    /// <summary>
    /// Keeps a turn, then has it handled; a stop also when it cannot be kept. Returns as soon as it is kept; false when it was known already.
    /// Whoever brought it may hang up meanwhile: what is being kept is handled all the same, since brought again it would be known.
    /// </summary>
    public Task<bool> AcceptAsync(ChatTurn turn, CancellationToken cancellationToken) => AcceptAsync(turn).WaitAsync(cancellationToken);

    private async Task<bool> AcceptAsync(ChatTurn turn)
    {
        try
        {
            if (!await TurnDispatcher.KeptAsync(turn, inbox.AddAsync(turn, CancellationToken.None), Machine, CancellationToken.None))
                return false;
        }
        catch (Exception fault) when (TurnDispatcher.WaitsForNobody(turn) && fault is not OperationCanceledException)
        {
            NotKept(turn.Id, fault);
        }

        _arrived.Writer.TryWrite(turn);
        return true;
    }

    /// <summary>What was left behind comes before anything new, and is read before anything new is kept.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var turn in await inbox.WaitingAsync(cancellationToken))
            await _arrived.Writer.WriteAsync(turn with { IsAgain = true }, cancellationToken);

        await base.StartAsync(cancellationToken);
    }

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        await foreach (var turn in _arrived.Reader.ReadAllAsync(stoppingToken))
        {
            if (TurnDispatcher.WaitsForNobody(turn))
            {
                _ = AfterAsync(Task.CompletedTask, turn, stoppingToken);
                continue;
            }

            var before = _last.GetValueOrDefault(turn.Conversation)?.Task ?? Task.CompletedTask;
            var finished = _last[turn.Conversation] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = InLineAsync(before, turn, finished, stoppingToken);
        }
    }

    /// <summary>The next turn of the conversation waits for this one; after the last one it is forgotten.</summary>
    private async Task InLineAsync(Task before, ChatTurn turn, TaskCompletionSource finished, CancellationToken cancellationToken)
    {
        await AfterAsync(before, turn, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _last.TryRemove(KeyValuePair.Create(turn.Conversation, finished));
        finished.SetResult();
    }

    private async Task AfterAsync(Task before, ChatTurn turn, CancellationToken cancellationToken)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        try
        {
            await handler.HandleAsync(turn, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotHandled(turn.Id, fault);
            return;
        }

        if (!await IsOnRecordAsync(turn, cancellationToken))
            _ = UntilOnRecordAsync(turn, cancellationToken);
    }

    /// <summary>What is not on record as done would be carried out again at the next start, however much later. The conversation does not wait for it.</summary>
    private async Task UntilOnRecordAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        do
            await Task.Delay(BetweenTries, Machine, cancellationToken);
        while (!await IsOnRecordAsync(turn, cancellationToken));
    }

    private async Task<bool> IsOnRecordAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        try
        {
            await inbox.DoneAsync(turn, cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotOnRecord(turn.Id, fault.Message);
            return false;
        }
    }

    [LoggerMessage(EventId = 149, Level = LogLevel.Warning, Message = "Turn {Turn} was handled, and that could not be written; tried again: {Says}")]
    private partial void NotOnRecord(string turn, string says);

    [LoggerMessage(EventId = 146, Level = LogLevel.Critical, Message = "Turn {Turn} could not be kept; it is carried out all the same.")]
    private partial void NotKept(string turn, Exception fault);

    [LoggerMessage(EventId = 145, Level = LogLevel.Error, Message = "Turn {Turn} was not handled; it is taken up again at the next start.")]
    private partial void NotHandled(string turn, Exception fault);
}
