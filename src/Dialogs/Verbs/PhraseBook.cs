using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Dialogs.Verbs;

/// <summary>Finds the verb that a line begins with, by the phrases of some verbs: the longest first.</summary>
internal sealed partial class PhraseBook(IEnumerable<Verb> verbs)
{
    private readonly ImmutableArray<(string Phrase, Verb Verb)> _phrases =
        [.. verbs.SelectMany(verb => verb.Phrases.Select(phrase => (phrase, verb))).OrderByDescending(pair => pair.phrase.Length)];

    public ImmutableArray<(string Phrase, Verb Verb)> Phrases => _phrases;

    /// <summary>Every verb that the line may mean, with the words that follow. A verb without arguments takes no words.</summary>
    public IEnumerable<(Verb Verb, string More)> Read(string line)
    {
        var text = Spaces().Replace(line.Trim(), " ");
        var plain = Polite().Replace(text.TrimEnd('.', '!', '?'), "").TrimEnd('.', '!', '?');
        foreach (var (phrase, verb) in _phrases)
        {
            var said = plain.Length == 0 ? text : plain;
            if (!said.StartsWith(phrase, StringComparison.OrdinalIgnoreCase) || (said.Length > phrase.Length && said[phrase.Length] is not (' ' or ':' or ',')))
                continue;

            var rest = said[phrase.Length..].Trim(' ', ':', ',');
            if (rest.Length == 0 || !verb.Arguments.IsEmpty)
                yield return (verb, SaidBy(phrase, verb) is { } choice ? $"{choice} {rest}".TrimEnd() : rest);
        }
    }

    /// <summary>A phrase that ends with one of its verb's choices says it: "set bids" is the switch for bids.</summary>
    private static string? SaidBy(string phrase, Verb verb) => verb.Arguments.SelectMany(argument => argument.Choices).FirstOrDefault(choice => phrase.EndsWith($" {choice}", StringComparison.Ordinal));

    public (Verb Verb, string More)? Find(string line) => Read(line).Cast<(Verb, string)?>().FirstOrDefault();

    /// <summary>"please launch", "launch, please", "launch it now, thanks".</summary>
    [GeneratedRegex(@"^(?:please|pls|ok|okay)(?:,\s*|\s+)(?=\S)|(?<=\S)(?:,\s*|\s+)(?:please|pls|thanks|thank you|thx)$", RegexOptions.IgnoreCase)]
    private static partial Regex Polite();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
