using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Bot.Inbox;

/// <summary>
/// How much one person may say: <see cref="Burst"/> messages at once and <see cref="ASecond"/> a second from then on, of the machine's time, so
/// that nobody's flood keeps others waiting. What stops, pauses, resumes or acknowledges is never held back.
/// </summary>
internal sealed partial class TurnPace(TimeProvider machine)
{
    public const int Burst = 60;
    public const int ASecond = 20;

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);

    /// <summary>Whoever has not spoken for so long has the whole burst again, and nothing has to be remembered.</summary>
    private static readonly TimeSpan Forgotten = TellEvery;

    public static readonly string Sentence =
        $"That was more than {Burst} messages at once, and I did not read what came after them. Please say it again in a moment. Stop, pause, resume and ack always come through.";

    private readonly ConcurrentDictionary<PersonId, Said> _people = new();

    /// <param name="Left">Messages that may come at once.</param>
    private sealed record Said(double Left, DateTimeOffset At, DateTimeOffset? ToldAt);

    /// <summary>Whether a turn is taken; and where it is not, whether the person has to be told.</summary>
    public (bool Taken, bool Tell) Ask(ChatTurn turn)
    {
        if (IsUrgent(turn))
            return (true, false);

        var now = machine.GetUtcNow();
        var (taken, tell) = (true, false);
        _people.AddOrUpdate(
            turn.Person,
            _ => new Said(Burst - 1, now, null),
            (_, before) =>
            {
                var left = Math.Min(Burst, before.Left + (Math.Max(0, (now - before.At).TotalSeconds) * ASecond));
                taken = left >= 1;
                tell = !taken && (before.ToldAt is not { } told || now - told >= TellEvery);
                return new Said(taken ? left - 1 : left, now, tell ? now : before.ToldAt);
            });
        Forget(now);
        return (taken, tell);
    }

    /// <summary>Read generously: a harmless message that passes costs less than a stop that does not.</summary>
    private static bool IsUrgent(ChatTurn turn) =>
        turn.Action is { } action ? Urgent().IsMatch($"{action.Verb} {action.Target}") : turn.Text is { Length: <= TurnText.Longest } text && Urgent().IsMatch(TurnText.Clean(text));

    private void Forget(DateTimeOffset now)
    {
        foreach (var (person, said) in _people)
        {
            if (now - said.At > Forgotten)
                _people.TryRemove(KeyValuePair.Create(person, said));
        }
    }

    [GeneratedRegex(@"\b(?:stop|freeze|halt|pause|kill|suspend|disable|turn|switch|shut|emergency|resume|ack|acknowledge|confirm|yes)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Urgent();
}
