using ChatOpsCampaigns.Automation.Ahead;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Dialogs.Commands.Simulator;

/// <summary>Runs beside the chat, since a week takes longer than a turn may; its one message is edited as it goes and when it is done.</summary>
public sealed partial class FastForwardCommand(FastForward time, CutTime cut, ILogger<FastForwardCommand> logger) : ICommand
{
    private const int Tenths = 10;

    /// <summary>Less is done before anybody wonders.</summary>
    private static readonly TimeSpan WorthTelling = TimeSpan.FromHours(6);

    public Verb Verb { get; } = new(
        "fast forward", ["fast forward", "skip"], [new VerbArgument("time", ArgumentKind.Duration, "how far, from 5 minutes to 7 days")], Permission.Simulate,
        VerbKind.Acts, "moves campaign time ahead with the agent and the monitor at work; only with simulated networks", "fast forward 1 day");

    /// <summary>What runs now; a test waits for it.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var length = call.Get<TimeSpan>("time");
        var subject = $"fast-forward/{turn.Turn.Id}";
        await turn.Chat.ShowAsync(turn.Conversation, subject, new ChatMessage($"Moving ahead by {Ages.Of(length)} …"), cancellationToken);
        Running = GoAsync(length, subject, turn);
    }

    /// <summary>Of a long time every tenth part is told, in the one message.</summary>
    private static Func<TimeSpan, Task>? Told(TimeSpan length, string subject, TurnContext turn)
    {
        if (length < WorthTelling)
            return null;

        var told = 0;
        return async passed =>
        {
            var tenth = (int)(Tenths * (passed / length));
            if (tenth <= told || tenth >= Tenths)
                return;

            told = tenth;
            await turn.Chat.ShowAsync(turn.Conversation, subject, new ChatMessage($"Moving ahead by {Ages.Of(length)} … {tenth}0 % done, {Ages.Of(passed)} of campaign time."), CancellationToken.None);
        };
    }

    private async Task GoAsync(TimeSpan length, string subject, TurnContext turn)
    {
        await Task.Yield();
        try
        {
            var summary = await time.RunAsync(length, CutTime.Where(turn.Conversation, subject), CancellationToken.None, Told(length, subject, turn));
            var message = summary.Refused is { } refused ? new ChatMessage(refused) : ChatMessage.Of(FastForwardCard.Of(summary));
            await turn.Chat.ShowAsync(turn.Conversation, subject, message, CancellationToken.None);
            if (summary.Refused is null)
                await cut.ToldAsync(CancellationToken.None);
        }
        catch (Exception fault)
        {
            NotMoved(fault);
            await cut.TellAsync("Something went wrong on my side on the way.", CancellationToken.None);
        }
    }

    [LoggerMessage(EventId = 335, Level = LogLevel.Error, Message = "Fast forward failed.")]
    private partial void NotMoved(Exception fault);
}
