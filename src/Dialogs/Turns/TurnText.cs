using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Turns;

/// <summary>Makes typed text plain: what looks the same reads the same.</summary>
public static partial class TurnText
{
    /// <summary>The longest text that is read, in characters; longer ones are refused in words.</summary>
    public const int Longest = 4000;

    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var plain = new StringBuilder(text.Length);
        foreach (var sign in text.Normalize(NormalizationForm.FormC))
            Append(plain, sign);

        return plain.ToString().Trim();
    }

    /// <summary>A line without what it was copied with: the command of a chat, quotes around an amount. What is said in an ad keeps its quotes, and what is quoted as somebody's words orders nothing.</summary>
    public static string Uncopied(string line)
    {
        var bare = Copied().Match(line) is { Success: true } copied ? copied.Groups["line"].Value : line;
        return WordsOfAnAd().IsMatch(bare) ? bare : QuotedAmount().Replace(bare, "${amount}");
    }

    [GeneratedRegex(@"\b(?:headline|description|button|cta)\b", RegexOptions.IgnoreCase)]
    private static partial Regex WordsOfAnAd();

    [GeneratedRegex(@"(?<![^\s:])(?<quote>[""'])(?<amount>-?\s?[$€£¥]?\s?-?\d[\d.,]*\s?(?:k|%|[a-z]{3})?(?:\s?(?:/|a |per )\s?day)?)\k<quote>(?![^\s.,;!])", RegexOptions.IgnoreCase)]
    private static partial Regex QuotedAmount();

    [GeneratedRegex(@"^/campaigns?\s+(?<line>\S.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Copied();

    /// <summary>The same for what was entered on a card.</summary>
    public static ChatAction Clean(ChatAction action) => action with { Fields = action.Fields.ToImmutableDictionary(field => field.Key, field => Clean(field.Value)) };

    private static void Append(StringBuilder plain, char sign)
    {
        switch (sign)
        {
            case '\u2018' or '\u2019' or '\u201b':
                plain.Append('\'');
                return;
            case '\u201c' or '\u201d' or '\u201e':
                plain.Append('"');
                return;
            case '\u2012' or '\u2013' or '\u2014' or '\u2212':
                plain.Append('-');
                return;
            case '\r':
                return;
            case '\n':
                plain.Append('\n');
                return;
        }

        var kind = char.GetUnicodeCategory(sign);
        if (kind is UnicodeCategory.SpaceSeparator || sign == '\t')
            plain.Append(' ');
        else if (kind is UnicodeCategory.DecimalDigitNumber)
            plain.Append((char)('0' + (int)char.GetNumericValue(sign)));
        else if (kind is not (UnicodeCategory.Format or UnicodeCategory.Control))
            plain.Append(sign);
    }
}
