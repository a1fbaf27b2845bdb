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
    private readonly Channel<ChatTurn> _arrived = Channel.CreateUnbounded<ChatTurn>();
    private readonly ConcurrentDictionary<ConversationId, Task> _last = new();

    /// <summary>Keeps a turn, then has it handled. Returns as soon as it is kept; false when it was known already.</summary>
    public async Task<bool> AcceptAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        if (!await inbox.AddAsync(turn, cancellationToken))
            return false;

        await _arrived.Writer.WriteAsync(turn, cancellationToken);
        return true;
    }

    /// <summary>What was left behind comes before anything new, and is read before anything new is kept.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var turn in await inbox.WaitingAsync(cancellationToken))
            await _arrived.Writer.WriteAsync(turn, cancellationToken);

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

            var before = _last.GetValueOrDefault(turn.Conversation, Task.CompletedTask);
            _last[turn.Conversation] = AfterAsync(before, turn, stoppingToken);
        }
    }

    private async Task AfterAsync(Task before, ChatTurn turn, CancellationToken cancellationToken)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        try
        {
            await handler.HandleAsync(turn, cancellationToken);
            await inbox.DoneAsync(turn, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotHandled(turn.Id, fault);
        }
    }

    [LoggerMessage(EventId = 140, Level = LogLevel.Error, Message = "Turn {Turn} was not handled; it is taken up again at the next start.")]
    private partial void NotHandled(string turn, Exception fault);
}
