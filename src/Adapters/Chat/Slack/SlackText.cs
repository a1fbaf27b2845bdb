using System.Text;
using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>
/// Words on their way out of and into Slack's own mark-up (mrkdwn). Outside of it <c>&amp; &lt; &gt;</c> are the only entities; <c>* _ ~ `</c>
/// have no escape, so a zero-width space after each keeps it from pairing.
/// </summary>
internal static partial class SlackText
{
    private const char ZeroWidthSpace = '\u200b';

    /// <summary>Words of a person, a file or a network, shown as they are: no mention, link or style comes of them.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var sign in text)
        {
            switch (sign)
            {
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '*' or '_' or '~' or '`':
                    escaped.Append(sign).Append(ZeroWidthSpace);
                    break;
                default:
                    escaped.Append(sign);
                    break;
            }
        }

        return escaped.ToString();
    }

    /// <summary>At most so many code points, the last an ellipsis when something was left out.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return text;

        var runes = text.EnumerateRunes().ToList();
        return runes.Count <= longest ? text : $"{string.Concat(runes.Take(longest - 1))}…";
    }

    /// <summary>The same of words in Slack's mark-up: no link, entity or sign is cut within, and what is styled ends styled.</summary>
    public static string CutMarkup(string mrkdwn, int longest)
    {
        if (mrkdwn.Length <= longest || mrkdwn.EnumerateRunes().Count() <= longest)
            return mrkdwn;

        var kept = new StringBuilder();
        var open = new List<char>();
        var left = longest - 1;
        foreach (Match token in Tokens().Matches(mrkdwn))
        {
            // What opens a style needs room for what closes it too.
            var style = token.Groups["style"] is { Success: true, Value: [var sign] } ? sign : (char?)null;
            var needs = token.Value.EnumerateRunes().Count();
            needs += style is not { } opened ? 0 : open.Contains(opened) ? -1 : 1;
            if (needs > left)
                break;

            left -= needs;
            kept.Append(token.Value);
            if (style is { } one && !open.Remove(one))
                open.Add(one);
        }

        return $"{kept}…{string.Concat(Enumerable.Reverse(open))}";
    }

    /// <summary>Words in parts of at most so many characters, each ending at the end of a line or else of a word; the last has whatever is left.</summary>
    public static IReadOnlyList<string> Parts(string text, int longest, int most)
    {
        var parts = new List<string>();
        var left = text;
        while (left.Length > longest && parts.Count < most - 1)
        {
            var end = left.LastIndexOf('\n', longest - 1) is var line and > 0 ? line : left.LastIndexOf(' ', longest - 1) is var word and > 0 ? word : longest - (char.IsHighSurrogate(left[longest - 1]) ? 1 : 0);
            parts.Add(left[..end]);
            left = left[end..].TrimStart();
        }

        return [.. parts, left];
    }

    /// <summary>
    /// What a person typed, as they typed it: mentions of <paramref name="bot"/>, whom they talk to, go, links and mailto become their words,
    /// other mentions, channels and groups their ids, since a name is not one person's, and the three entities their signs.
    /// </summary>
    public static string Decode(string? text, string? bot)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var typed = bot is null ? text : Regex.Replace(text, $@"[^\S\n]*<@{Regex.Escape(bot)}(\|[^>]*)?>[^\S\n]*[:,]*[^\S\n]*", " ").Trim();

        return MarkUp().Replace(typed, Unwrap)
            .Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal);
    }

    /// <summary>A link is its address, whatever its label hides; only an amount that Slack took for a link is its label.</summary>
    private static string Unwrap(Match match)
    {
        var address = match.Groups["address"].Value;
        var label = match.Groups["label"].Value;
        return address[0] switch
        {
            '@' or '#' => address,
            '!' when address.Split('^') is ["!subteam", var group] => $"@{group}",
            '!' => label.Length > 0 ? label : $"@{address[1..].Split('^')[0]}",
            _ when IsAmount(label) => label,
            _ => address.StartsWith("mailto:", StringComparison.Ordinal) ? address["mailto:".Length..] : address,
        };
    }

    private static bool IsAmount(string label) => label.Length > 0 && label.All(sign => char.IsAsciiDigit(sign) || "$€£.,% ".Contains(sign));

    [GeneratedRegex(@"<[^<>]*>|&(?:amp|lt|gt);|[*_~`]\u200b|(?<style>[*_~`])|[\uD800-\uDBFF][\uDC00-\uDFFF]|[\s\S]")]
    private static partial Regex Tokens();

    [GeneratedRegex(@"<(?<address>[@#!]?[^|<>\s][^|<>]*)(\|(?<label>[^<>]*))?>")]
    private static partial Regex MarkUp();
}
