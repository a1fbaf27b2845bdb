using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Telemetry;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Dialogs.Turns;

/// <summary>
/// Takes a turn of any channel to whom it belongs: one at a time in a conversation, each once, and never without an answer.
/// <c>stop everything</c> waits for nobody.
/// </summary>
public sealed partial class TurnDispatcher(
    ChatDesk chat, Sights people, IConversationStore conversations, TurnRoutes routes, TimeProvider machine, ILogger<TurnDispatcher> logger) : ITurnHandler
{
    /// <summary>The longest that one turn may take: 60 seconds of the machine's time.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>What was said longer ago, while the program was away, is not done unasked: an hour of the machine's time. Stopping always is.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromHours(1);

    /// <summary>What stops everything waits no longer than this to be written down: a second of the machine's time.</summary>
    private static readonly TimeSpan KeptWithin = TimeSpan.FromSeconds(1);

    /// <summary>How long a conversation with one person alone is waited for to open: ten seconds of the machine's time.</summary>
    private static readonly TimeSpan OpenedWithin = TimeSpan.FromSeconds(10);

    /// <summary>How much of what was said is repeated, in characters.</summary>
    private const int Quoted = 100;

    private readonly Turnstile _conversations = new();

    /// <summary>How a turn ended, for a metric.</summary>
    private enum TurnEnd
    {
        Answered,
        KnownAlready,
        TookTooLong,
        CameTooLate,
        Failed,
    }

    /// <summary>Stopping and freezing everything, and what is a slip away from it, are not queued behind what the same person said before.</summary>
    public static bool WaitsForNobody(ChatTurn turn) => UrgentOrder.Of(turn) is not null || UrgentOrder.Nearly(turn) is not null;

    /// <summary>Waits until something of a turn is written; of one that waits for nobody only for a second, and it may be written later.</summary>
    /// <exception cref="TimeoutException">It is not written yet, and the turn is to be taken all the same.</exception>
    public static Task<T> KeptAsync<T>(ChatTurn turn, Task<T> keeping, TimeProvider machine, CancellationToken cancellationToken) =>
        WaitsForNobody(turn) ? keeping.WaitAsync(KeptWithin, machine, cancellationToken) : keeping;

    public async Task HandleAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        using var trace = Signals.Traces.StartActivity("turn");
        var outcome = Signals.Word(await AnswerAsync(turn, cancellationToken));
        var channel = Signals.Tag("channel", turn.Conversation.Channel);
        Signals.ChatLatency.Record((machine.GetUtcNow() - turn.At).TotalSeconds, channel, Signals.Tag("outcome", outcome));
        trace?.SetTag("turn", turn.Id).SetTag(channel.Key, channel.Value).SetTag("outcome", outcome);
    }

    private async Task<TurnEnd> AnswerAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        var clean = turn with { Text = TurnText.Clean(turn.Text), Action = turn.Action is { } action ? TurnText.Clean(action) : null };
        if (WaitsForNobody(clean))
            return await AtOnceAsync(clean, cancellationToken);

        turn = clean = await PlacedAsync(clean, cancellationToken);
        using var pass = await _conversations.EnterAsync(turn.Conversation.Value, cancellationToken);
        return await OnceAsync(clean, cancellationToken);
    }

    /// <summary>What was pressed or commanded where no conversation was open yet belongs to the one that is opened for its answer. One that does not open is tried again with the answer.</summary>
    private async Task<ChatTurn> PlacedAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        if (chat.FindReader(turn.Conversation) is null)
            return turn;

        try
        {
            return turn with { Conversation = await chat.ReachAsync(turn.Conversation, cancellationToken).WaitAsync(OpenedWithin, machine, cancellationToken) };
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotOpened(turn.Conversation, fault.Message);
            return turn;
        }
    }

    /// <summary>Stopping waits for no other turn, has no time limit, and happens also when nothing can be written.</summary>
    private async Task<TurnEnd> AtOnceAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        if (!await IsFirstAsync(turn, cancellationToken))
            return TurnEnd.KnownAlready;

        try
        {
            var person = await people.GetAsync(turn.Person, cancellationToken);
            var context = new TurnContext(turn, person, chat);
            await routes.TakeAsync(context, cancellationToken);
            if (UrgentOrder.Of(turn) is not null)
                return TurnEnd.Answered;

            return await OvertakeAsync(context, cancellationToken);
        }
        catch (NotKeptException fault)
        {
            NotKept(turn.Text, turn.Person, fault);
            return TurnEnd.Answered;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotStopped(turn.Text, turn.Person, fault);
            await ApologiseAsync(turn, "That went wrong on my side. Say it again, and look at \"status\": what is not confirmed has to be paused in the network's own pages.", cancellationToken);
            return TurnEnd.Failed;
        }
    }

    /// <summary>What was asked at once is on its way; what stands in the conversation is written in its turn, as by every other.</summary>
    private async Task<TurnEnd> OvertakeAsync(TurnContext context, CancellationToken cancellationToken)
    {
        var turn = context.Turn;
        try
        {
            using var pass = await _conversations.EnterAsync(turn.Conversation.Value, cancellationToken);
            await routes.OvertakeAsync(context, cancellationToken);
            return TurnEnd.Answered;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            TurnFailed(turn.Id, turn.Person, fault);
            return TurnEnd.Failed;
        }
    }

    private async Task<bool> IsFirstAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        try
        {
            return await KeptAsync(turn, conversations.TryClaimTurnAsync(turn.Id, cancellationToken), machine, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotWritten(turn.Id, fault);
            return true;
        }
    }

    private async Task<TurnEnd> OnceAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Longest, machine);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (!await conversations.TryClaimTurnAsync(turn.Id, both.Token))
                return TurnEnd.KnownAlready;

            if (machine.GetUtcNow() - turn.At > Stale)
                return await NotDoneAsync(turn, both.Token);

            await RouteAsync(turn, both.Token);
            return TurnEnd.Answered;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            await ApologiseAsync(turn, "That took too long and I stopped waiting. Your draft is safe; \"status\" shows how things stand.", cancellationToken);
            return TurnEnd.TookTooLong;
        }
        catch (Exception fault)
        {
            TurnFailed(turn.Id, turn.Person, fault);
            await ApologiseAsync(turn, "That went wrong on my side. Your draft is safe; \"status\" shows how things stand. Please try again.", cancellationToken);
            return TurnEnd.Failed;
        }
    }

    /// <summary>It may have been begun before the program ended, so nothing is said of what was done.</summary>
    private async Task<TurnEnd> NotDoneAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        var what = turn.Text is { Length: > 0 } text ? $"said \"{(text.Length > Quoted ? $"{text[..Quoted]}…" : text)}\"" : turn.Action is null ? "sent that" : "pressed a button";
        await chat.PostAsync(
            turn.Conversation,
            new ChatMessage($"I was away after you {what} {Ages.Since(turn.At, machine.GetUtcNow())}, and do not go on with it now: things may have changed. \"status\" shows how they stand; do it again if you still want it."),
            cancellationToken);
        return TurnEnd.CameTooLate;
    }

    private async Task RouteAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        var person = await people.GetAsync(turn.Person, turn.Conversation, cancellationToken);
        await RememberAsync(turn, cancellationToken);
        var context = new TurnContext(turn, person, chat);
        if (context.Text.Length > TurnText.Longest)
        {
            await context.SayAsync($"That is {context.Text.Length:N0} characters; I read at most {TurnText.Longest:N0} at a time. Please send it in parts.", cancellationToken);
            return;
        }

        await chat.TypingAsync(turn.Conversation, cancellationToken);
        await routes.TakeAsync(context, cancellationToken);
    }

    /// <summary>Where a person can be reached later.</summary>
    private async Task RememberAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        if (await conversations.FindAsync(turn.Conversation, cancellationToken) is null)
            await conversations.SaveAsync(new ConversationState(turn.Conversation, turn.Person), cancellationToken);
    }

    private async Task ApologiseAsync(ChatTurn turn, string says, CancellationToken cancellationToken)
    {
        try
        {
            await chat.PostAsync(turn.Conversation, new ChatMessage(says), cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotSaid(turn.Conversation, fault);
        }
    }

    [LoggerMessage(EventId = 602, Level = LogLevel.Warning, Message = "The conversation that {Conversation} stands for did not open yet: {Says}")]
    private partial void NotOpened(ConversationId conversation, string says);

    [LoggerMessage(EventId = 330, Level = LogLevel.Critical, Message = "\"{Text}\" of {Person} failed.")]
    private partial void NotStopped(string? text, PersonId person, Exception fault);

    [LoggerMessage(EventId = 338, Level = LogLevel.Critical, Message = "\"{Text}\" of {Person} was carried out, and the answer could not be kept.")]
    private partial void NotKept(string? text, PersonId person, Exception fault);

    [LoggerMessage(EventId = 331, Level = LogLevel.Critical, Message = "The turn {Turn} could not be written; it is carried out all the same.")]
    private partial void NotWritten(string turn, Exception fault);

    [LoggerMessage(EventId = 332, Level = LogLevel.Error, Message = "Turn {Turn} of {Person} failed.")]
    private partial void TurnFailed(string turn, PersonId person, Exception fault);

    [LoggerMessage(EventId = 333, Level = LogLevel.Error, Message = "Nothing could be said in {Conversation}.")]
    private partial void NotSaid(ConversationId conversation, Exception fault);
}
