using System.Text.RegularExpressions;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Language;
using ChatOpsCampaigns.Dialogs.Verbs;

namespace ChatOpsCampaigns.Dialogs.Turns;

/// <summary>Stopping and freezing everything, known however a chat marks it up and whatever polite or urgent words stand around it; a question is none, nor is what only begins like it.</summary>
public static partial class UrgentOrder
{
    /// <summary>What a line that is no order may mean by one.</summary>
    /// <param name="IsOfAPart">The line speaks of some campaigns alone, and the order would be for all.</param>
    public sealed record Guess(string Order, bool IsOfAPart);

    /// <summary>The order in a typed line, or in one that a pressed button says; null when there is none.</summary>
    public static string? Of(ChatTurn turn) => In(turn.Text) ?? (turn.Action is { Target: { } says } action && IsSaying(action.Verb) ? In(says) : null);

    /// <summary>The order that a typed line says in other words, is a slip away from, quotes or strikes out: it is asked about at once, and never taken for it.</summary>
    public static Guess? Nearly(ChatTurn turn)
    {
        if (turn is not { Action: null, Text: { Length: > 0 and <= TurnText.Longest } line } || In(line) is not null || ConversationVerbs.Find(line) == ConversationVerbs.Stop)
            return null;

        var bare = Bare(TurnText.Clean(line).Replace('~', ' ').TrimStart('>', ' '));
        if (In(bare) is { } taken)
            return new Guess(taken, IsOfAPart: false);

        if (Besides().Match(bare) is { Success: true } besides)
            return new Guess($"{besides.Groups["verb"].Value.ToLowerInvariant()} everything", IsOfAPart: false);

        if (OtherWords().Match(bare) is { Success: true } said)
            return new Guess(said.Groups["verb"].Value.Equals("freeze", StringComparison.OrdinalIgnoreCase) ? Freeze : Stop, said.Groups["part"].Success);

        var core = Slip().Match(bare).Groups["core"].Value.ToLowerInvariant();
        return Orders.FirstOrDefault(order => IsSlip(core, order)) is { } meant ? new Guess(meant, IsOfAPart: false) : null;
    }

    private const string Stop = "stop everything";
    private const string Freeze = "freeze everything";
    private static readonly string[] Orders = [Stop, Freeze];

    /// <summary>Two letters may be wrong, but no more than one of them in the verb: "unfreeze" is not "freeze".</summary>
    private static bool IsSlip(string core, string order) => Math.Abs(order.Length - core.Length) <= 2 && EditDistance.Between(core, order) switch
    {
        1 => true,
        2 => EditDistance.Between(core.Split(' ')[0], order.Split(' ')[0]) < 2,
        _ => false,
    };

    /// <summary>A button of this verb says its words for whoever presses it.</summary>
    public static bool IsSaying(string verb) => verb == "say" || verb.StartsWith("say.", StringComparison.Ordinal);

    /// <summary>The order that a line is, in the plain words of its verb; null when it is none.</summary>
    public static string? In(string? line) =>
        line is { Length: > 0 and <= TurnText.Longest } && Order().Match(Bare(TurnText.Clean(line))) is { Success: true } order ? $"{order.Groups["verb"].Value.ToLowerInvariant()} everything" : null;

    /// <summary>Whether words as a chat sends them are worth a look; a slip is mostly in one part of "everything".</summary>
    public static bool MayBeIn(string words) => WorthALook().IsMatch(words);

    /// <summary>Without signs of style and what is said by pictures.</summary>
    private static string Bare(string line) => Spaces().Replace(Signs().Replace(line, " "), " ").Trim();

    private const string Called = @"^(?:(?:hi|hello|hey|ok|okay)(?: there| bot)?\s?[,!.:]?\s)?(?:@?campaigns\s?[,!.:]?\s)?(?:/campaigns?\s)?(?:(?:please|pls)\s?,?\s)?";

    private const string Urgently =
        @"(?:[\s,;:.!-]*\b(?:right now|now|immediately|at once|asap|urgent(?:ly)?|please|pls|(?:it'?s|it is|we'?re|we are|money is) (?:burning|on fire|bleeding)(?: money)?))*[\s,.!-]*$";

    private const string All =
        @"(?:everything|it all|all of it|all of them|them all|all|(?:all|every|each)(?: of)?(?: the| our| my)?(?: single| last| active| running| live)?(?<part> (?!(?:of|the|our|my) )[\w'&-]+)? (?:campaigns?|ads?|adverts?|accounts?|spend(?:ing)?)"
        + @"|(?:the|our|my) (?:campaigns|ads|adverts|accounts|spending))";

    /// <summary>Who names a campaign means that one, unless all but that.</summary>
    private const string NoneNamed = @"^(?!(?:(?!\b(?:but|except|besides|apart|other|without)\b).)*\bc\d)";

    private const string SomeAlone = @"(?: now| please)?\s?,?(?<part> (?:on|in|at(?! once)|of|for(?! now| today)|from|but|except|besides|apart from|other than|without)\b[^?]*)$";

    private const string WithAReason = @"(?: now| please)?(?:\s?[,;:.!-]+ [^?]*| (?:it|it's|its|we|we're|they|they're|because|since|as|for now|for today|today|until)\b[^?]*)$";

    [GeneratedRegex(@"[*_`""]|\p{So}|\p{Cs}|(?<![^\s*_`]):[a-z0-9_+'-]+:(?![^\s*_`.!])", RegexOptions.IgnoreCase)]
    private static partial Regex Signs();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"every|thing|\b(?:stop|freeze)\s+ev|\b(?:all|each|campaigns|ads|adverts|accounts|spending|emergency|kill switch)\b", RegexOptions.IgnoreCase)]
    private static partial Regex WorthALook();

    [GeneratedRegex(Called + "(?<verb>stop|freeze) everything" + Urgently, RegexOptions.IgnoreCase)]
    private static partial Regex Order();

    [GeneratedRegex(
        NoneNamed + Called + "(?:(?<verb>stop|pause|halt|kill|suspend|disable|freeze|turn off|switch off|shut down|shut off) " + All + "|(?:turn|switch|shut) " + All + " (?:off|down)|emergency (?:stop|shutdown|halt|brake)|kill switch)(?:"
        + Urgently + "|" + SomeAlone + "|" + WithAReason + ")",
        RegexOptions.IgnoreCase)]
    private static partial Regex OtherWords();

    /// <summary>The order behind another one: "pause c3 and stop everything".</summary>
    [GeneratedRegex(@"^(?!.*\b(?:not|never|don'?t|said|says|why|how|if|when|would)\b)[^?]*(?:[;,.]|\b(?:and|then|also)\b)\s*(?:(?:and|then|also|please|just)\s+)*(?<verb>stop|freeze) everything" + Urgently, RegexOptions.IgnoreCase)]
    private static partial Regex Besides();

    [GeneratedRegex(Called + @"(?<core>[^\s?]+?(?:\s[^\s?]+?)??)" + Urgently, RegexOptions.IgnoreCase)]
    private static partial Regex Slip();
}
