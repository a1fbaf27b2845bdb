using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Dialogs.Commands.Workspace;
using ChatOpsCampaigns.Dialogs.Language;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Verbs;

/// <summary>A line split into a verb and the words of its arguments; names are not looked up yet.</summary>
public sealed record ParsedLine(Verb Verb, ImmutableDictionary<string, string> Texts);

/// <summary>From a line to a verb, and from its words to what they mean.</summary>
public sealed record VerbReading(VerbGrammar Grammar, ArgumentBinder Binder);

/// <summary>
/// Reads a line by the catalogue alone: the longest phrase that it begins with is the verb; choices are taken from the front,
/// amounts and durations from the end, and what is left is the name or the words in between.
/// </summary>
public sealed partial class VerbGrammar(VerbCatalogue catalogue)
{
    /// <summary>Of times, also those that no verb takes: its reader says what would be right.</summary>
    private const string Units = "seconds?|minutes?|hours?|days?|weeks?|months?|years?";

    private readonly PhraseBook _book = new(catalogue.Verbs);

    /// <summary>Null also for a bare stop: that asks what to stop, wherever it is read.</summary>
    public ParsedLine? Parse(string line)
    {
        if (ConversationVerbs.Find(line) == ConversationVerbs.Stop)
            return null;

        foreach (var (verb, rest) in _book.Read(line))
        {
            if (Split(verb, rest) is { } texts)
                return new ParsedLine(verb, texts);
        }

        return null;
    }

    /// <summary>
    /// Verbs whose beginning is nearest to what was typed, each with the whole line that would then have been meant: for "did you mean". One that was
    /// written as it is written leaves no doubt about the verb.
    /// </summary>
    /// <param name="letters">How many may be wrong.</param>
    public IReadOnlyList<(Verb Verb, string Line)> Near(string line, int letters = 2)
    {
        var near = _book.Phrases
            .Where(pair => !ComingCommand.Is(pair.Verb))
            .Select(pair => (pair.Verb, pair.Phrase, Distance: Distance(line.ToLowerInvariant(), pair.Phrase)))
            .Where(pair => pair.Distance <= letters)
            .OrderBy(pair => pair.Distance)
            .DistinctBy(pair => pair.Verb)
            .Take(3)
            .ToList();
        return [.. near.Where(pair => near[0].Distance > 0 || pair.Distance == 0).Select(pair => (pair.Verb, Meant(pair.Verb, Rest(line, pair.Phrase))))];
    }

    /// <summary>An argument as it stands in a canonical line.</summary>
    internal static string Written(VerbArgument argument, string text) => argument is { Kind: ArgumentKind.Duration, Optional: true } ? $"for {text}" : text;

    /// <summary>Null where the rest cannot belong to this verb: a verb without arguments takes no words.</summary>
    private static ImmutableDictionary<string, string>? Split(Verb verb, string rest)
    {
        var texts = ImmutableDictionary.CreateBuilder<string, string>();
        var left = rest;
        foreach (var argument in verb.Arguments.Where(argument => argument.Kind == ArgumentKind.Choice))
            left = TakeChoice(argument, left, texts);

        left = NamedFirst(verb, left);

        foreach (var argument in verb.Arguments.Reverse().Where(argument => argument.Kind is ArgumentKind.Money or ArgumentKind.Duration))
            left = TakeEnd(argument, left, texts);

        var open = verb.Arguments.Where(argument => argument.Kind is not (ArgumentKind.Choice or ArgumentKind.Money or ArgumentKind.Duration)).ToList();
        if (left.Length > 0 && open.Count == 0)
            return null;

        if (left.Length > 0)
            SplitOpen(open, left, texts);

        return texts.ToImmutable();
    }

    /// <summary>"aggressive c1" is "c1 aggressive" where a value goes with a campaign: its handle may be said last.</summary>
    private static string NamedFirst(Verb verb, string left) =>
        verb.Arguments.FirstOrDefault(argument => argument.Kind != ArgumentKind.Choice) is { Kind: ArgumentKind.Campaign, Optional: false }
        && verb.Arguments.Any(argument => argument is { Kind: ArgumentKind.Words or ArgumentKind.Money, Optional: false }) && HandleLast().Match(left) is { Success: true } last
            ? $"{last.Groups["handle"].Value} {last.Groups["value"].Value}"
            : left;

    [GeneratedRegex(@"^(?!c\d+\b)(?:to\s+)?(?<value>\S.*?)\s+(?:(?:for|on|of|in)\s+)?(?<handle>c\d+)$", RegexOptions.IgnoreCase)]
    private static partial Regex HandleLast();

    /// <summary>A name followed by words stays together here ("c7 it is too early"): only the store knows where the name ends.</summary>
    private static void SplitOpen(List<VerbArgument> open, string left, ImmutableDictionary<string, string>.Builder texts) =>
        texts[open[0].Name] = left;

    private static string TakeChoice(VerbArgument argument, string text, ImmutableDictionary<string, string>.Builder texts)
    {
        var taken = argument.Choices.FirstOrDefault(choice => text.Equals(choice, StringComparison.OrdinalIgnoreCase)
            || text.StartsWith($"{choice} ", StringComparison.OrdinalIgnoreCase));
        taken ??= Mistaken(argument, text);
        if (taken is null)
            return text;

        texts[argument.Name] = taken;
        return text[taken.Length..].Trim();
    }

    /// <summary>A word that stands in the place of a choice and is none ("rain c1", "x7"): its reader says what would be right.</summary>
    private static string? Mistaken(VerbArgument argument, string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (argument.Optional)
            return words.FirstOrDefault() is { } first && argument.Choices.Any(choice => Digits().IsMatch(choice) && Shape(choice) == Shape(first)) ? first : null;

        return words.Length > 1 ? words[0] : null;
    }

    private static string Shape(string word) => Digits().Replace(word.ToLowerInvariant(), "0");

    private static string TakeEnd(VerbArgument argument, string text, ImmutableDictionary<string, string>.Builder texts)
    {
        var ending = argument.Kind == ArgumentKind.Money ? MoneyAtEnd() : argument.Optional ? ForDurationAtEnd() : DurationAtEnd();
        var match = ending.Match(text);
        if (!match.Success)
            return text;

        texts[argument.Name] = match.Groups["it"].Value;
        return text[..match.Index].Trim();
    }

    /// <summary>Words that the verb has no place for are left out.</summary>
    private static string Meant(Verb verb, string rest) => rest.Length > 0 && Split(verb, rest) is not null ? $"{verb.Name} {rest}" : verb.Name;

    private static string Rest(string typed, string phrase) =>
        string.Join(' ', typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Skip(phrase.Split(' ').Length));

    /// <summary>Of shorter ones two wrong letters make another word.</summary>
    private const int ShortPhrase = 6;

    /// <summary>Of these every letter has to be there: "who" is no "why".</summary>
    private const int Tiny = 4;

    private static int Distance(string typed, string phrase)
    {
        var words = phrase.Split(' ').Length;
        var beginning = string.Join(' ', typed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(words));
        var distance = EditDistance.Between(beginning, phrase);
        return (phrase.Length < ShortPhrase && distance > 1) || (phrase.Length < Tiny && distance > 0 && !beginning.Order().SequenceEqual(phrase.Order())) ? int.MaxValue : distance;
    }

    /// <summary>An amount, or words that stand where one belongs, so that its reader can say what is wrong with them.</summary>
    [GeneratedRegex(@"(^|\s)(?:to\s+)?(?<it>-?[$€£¥]?\s?-?\d[\d.,']*\d?\s?(?:[a-z]{3}|k)?(?:/day| a day)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex MoneyAtEnd();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"(^|\s)for\s+(?<it>\S+(?:\s(?:" + Units + @"))?)$", RegexOptions.IgnoreCase)]
    private static partial Regex ForDurationAtEnd();

    [GeneratedRegex(@"(^|\s)(?<it>\S+(?:\s(?:" + Units + @"))?)$", RegexOptions.IgnoreCase)]
    private static partial Regex DurationAtEnd();
}
