using System.Text;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;

namespace ChatOpsCampaigns.Adapters.Chat.Teams;

/// <summary>
/// Words on their way out of and into Teams. They are sent as <c>xml</c>, in which <c>&amp; &lt; &gt;</c> are escaped: no style, link or mention comes of what
/// a person, a file or a network wrote.
/// </summary>
internal static class TeamsWords
{
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var sign in text)
        {
            _ = sign switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '\n' => escaped.Append("<br/>"),
                '\r' => escaped,
                _ => escaped.Append(sign),
            };
        }

        return escaped.ToString();
    }

    /// <summary>
    /// What a person typed, as they typed it: the mention of <paramref name="bot"/> goes, by the very text that the activity says it has; others stay as names.
    /// </summary>
    public static string Decode(JsonObject activity, string bot)
    {
        var text = activity.Word("text") ?? "";
        var isHtml = activity.Word("textFormat") == "xml";
        foreach (var mention in activity.List("entities").Where(entity => entity.Word("type") == "mention"))
        {
            if (mention.Word("text") is not { Length: > 0 } written)
                continue;

            var isBot = mention.Word("mentioned", "id") == bot;
            text = text.Replace(written, isBot ? "" : mention.Word("mentioned", "name") ?? "", StringComparison.Ordinal);
        }

        text = text.Replace("\u00a0", " ", StringComparison.Ordinal).Replace("&nbsp;", " ", StringComparison.Ordinal);
        if (isHtml || text.Contains("&lt;", StringComparison.Ordinal) || text.Contains("&gt;", StringComparison.Ordinal) || text.Contains("&amp;", StringComparison.Ordinal))
            text = text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

        return text.Trim();
    }

    public static bool Mentions(JsonObject activity, string bot) =>
        activity.List("entities").Any(entity => entity.Word("type") == "mention" && entity.Word("mentioned", "id") == bot);
}
