using System.Text.RegularExpressions;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Language;

namespace ChatOpsCampaigns.Dialogs.Turns;

/// <summary>Stopping and freezing everything, known however a chat marks it up and whatever polite words stand around it; a question is none, nor is what only begins like it.</summary>
public static partial class UrgentOrder
{
    /// <summary>The order in a typed line, or in one that a pressed button says; null when there is none.</summary>
    public static string? Of(ChatTurn turn) => In(turn.Text) ?? (turn.Action is { Target: { } says } action && IsSaying(action.Verb) ? In(says) : null);

    /// <summary>The order that a typed line is one slip away from, or quotes: it is asked about at once, and never taken for it.</summary>
    public static string? Nearly(ChatTurn turn)
    {
        if (turn is not { Action: null, Text: { Length: > 0 and <= TurnText.Longest } line } || In(line) is not null)
            return null;

        var frame = Frame().Match(Bare(TurnText.Clean(line)));
        var core = frame.Groups["core"].Value.TrimEnd('.', '!').ToLowerInvariant();
        if (frame.Groups["quoted"].Success && Orders.Contains(core))
            return core;

        return core.EndsWith('?') ? null : Orders.FirstOrDefault(order => Math.Abs(order.Length - core.Length) < 2 && EditDistance.Between(core, order) == 1);
    }

    private static readonly string[] Orders = ["stop everything", "freeze everything"];

    /// <summary>A button of this verb says its words for whoever presses it.</summary>
    public static bool IsSaying(string verb) => verb == "say" || verb.StartsWith("say.", StringComparison.Ordinal);

    /// <summary>The order that a line is, in the plain words of its verb; null when it is none.</summary>
    public static string? In(string? line) =>
        line is { Length: > 0 and <= TurnText.Longest } && Order().Match(Bare(TurnText.Clean(line))) is { Success: true } order ? $"{order.Groups["verb"].Value.ToLowerInvariant()} everything" : null;

    /// <summary>Without signs of style and what is said by pictures.</summary>
    private static string Bare(string line) => Spaces().Replace(Signs().Replace(line, " "), " ").Trim();

    [GeneratedRegex(@"[*_`""]|\p{So}|\p{Cs}|(?<![^\s*_`]):[a-z0-9_+'-]+:(?![^\s*_`.!])", RegexOptions.IgnoreCase)]
    private static partial Regex Signs();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(
        @"^(?:(?:hi|hello|hey|ok|okay)(?: there| bot)?\s?[,!.:]?\s)?(?:@?campaigns\s?[,!.:]?\s)?(?:/campaigns?\s)?(?:please\s?,?\s)?(?<verb>stop|freeze) everything(?: now| immediately| at once)?(?:\s?,?\s?please)?[.!\s]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Order();

    [GeneratedRegex(@"^(?<quoted>>\s?)?(?:@?campaigns\s?[,!.:]?\s)?(?:/campaigns?\s)?(?:please\s?,?\s)?(?<core>\S+(?:\s\S+)?)(?: now| immediately| at once)?(?:\s?,?\s?please)?[.!\s]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Frame();
}
