using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Dialogs.Turns;

/// <summary>What people say to somebody rather than want from a program.</summary>
public enum SmallTalkKind
{
    Greeting,
    HowAreYou,
    Thanks,
    Presence,
    About,
    Farewell,
}

/// <summary>Recognises small talk by whole phrases only: a sentence that asks for something is never taken for it.</summary>
public static partial class SmallTalkWords
{
    private static readonly FrozenDictionary<string, SmallTalkKind> Phrases = new (SmallTalkKind Kind, string[] Said)[]
    {
        (SmallTalkKind.Greeting,
            ["hi", "hello", "hey", "hiya", "howdy", "yo", "greetings", "good morning", "good afternoon", "good evening", "good day", "morning", "evening", "hallo", "hola", "bonjour", "salut", "guten tag", "moin"]),
        (SmallTalkKind.HowAreYou, ["how are you", "how are you doing", "how are things", "how is it going", "how's it going", "hows it going", "what's up", "whats up", "all good"]),
        (SmallTalkKind.Thanks,
            [
                "thanks", "thank you", "thx", "ty", "many thanks", "thanks a lot", "thank you very much", "thank you so much", "cheers", "much appreciated", "merci", "danke",
                "great", "great thanks", "ok thanks", "perfect", "perfect thanks", "awesome", "cool", "nice", "well done", "good job", "good bot", "excellent", "wonderful",
            ]),
        (SmallTalkKind.Presence, ["are you there", "you there", "anybody there", "anyone there", "is anybody there", "is anyone there", "are you awake", "are you alive", "are you online", "ping", "test", "testing"]),
        (SmallTalkKind.About,
            [
                "what can you do", "what can you do for me", "what do you do", "who are you", "what are you", "what is this", "how does this work", "how do you work", "what can i do", "what can i do here",
                "how do i start", "how do i begin", "where do i start", "where do i begin", "i am new here", "i'm new here", "i am new", "i'm new", "help me", "can you help me",
            ]),
        (SmallTalkKind.Farewell, ["bye", "bye bye", "goodbye", "good bye", "good night", "see you", "see you later", "see you tomorrow", "have a nice day", "have a good weekend"]),
    }.SelectMany(group => group.Said.Select(said => (said, group.Kind))).ToFrozenDictionary(pair => pair.said, pair => pair.Kind);

    public static SmallTalkKind? Find(string text)
    {
        var said = Plain(text);

        // "Hello, are you there?" is the second of the two.
        var second = Opening().Replace(said, "");
        foreach (var words in new[] { said, second, Address().Replace(said, ""), Address().Replace(second, "") })
        {
            if (Phrases.TryGetValue(words, out var kind))
                return kind;
        }

        return null;
    }

    /// <summary>What was wanted after a greeting: "hi, pause c1". Null without both.</summary>
    public static string? AfterGreeting(string text) => Greeted().Match(text) is { Success: true } greeting && text.Length > greeting.Length ? text[greeting.Length..].Trim() : null;

    /// <summary>Letters, figures and single spaces, in small letters.</summary>
    private static string Plain(string text) => Spaces().Replace(Signs().Replace(text.ToLowerInvariant(), " "), " ").Trim();

    [GeneratedRegex(@"[^\p{L}\p{Nd}' ]")]
    private static partial Regex Signs();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@" (?:there|bot|campaigns?|again|team|all|everybody|everyone|friend|mate)$")]
    private static partial Regex Address();

    [GeneratedRegex(@"^(?:hi|hello|hey|good (?:morning|afternoon|evening|day))(?: there| bot)? ")]
    private static partial Regex Opening();

    [GeneratedRegex(@"^(?:hi|hello|hey|good (?:morning|afternoon|evening|day))(?: there| bot)?\s*[,!.:;\-]*\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Greeted();
}
