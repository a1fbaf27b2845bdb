using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Adapters.Media;

/// <summary>
/// What the page of a playable fetches when it is opened. Networks play it from their own servers and refuse one that needs others. Where a page
/// leads to when it is pressed (the store) is no part of it, and what a script asks for while it runs cannot be seen from outside.
/// </summary>
internal static partial class PlayablePage
{
    /// <summary>Google asks that a playable loads its exit API from here (Google Ads Help, "HTML5 ads: exit API").</summary>
    private const string GoogleExits = "tpc.googlesyndication.com";

    /// <summary>The first host that it fetches something from; null when it brings everything along.</summary>
    public static string? FetchesFrom(string html)
    {
        var shown = Comments().Replace(html, "");
        return Elements().Matches(shown).Concat(Styles().Matches(shown)).Select(found => found.Groups["host"].Value).FirstOrDefault(host => host != GoogleExits);
    }

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Comments();

    [GeneratedRegex(
        """<(script|link|img|iframe|frame|video|audio|source|track|embed|object|image|base)\s([^>]*[\s"'])?(src|href|data|srcset|poster)\s*=\s*["']?\s*((https?|wss?):)?//(?<host>[^/\s"'>?#]+)""",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Elements();

    [GeneratedRegex("""(url\(|@import)\s*["']?\s*(https?:)?//(?<host>[^/\s"')?#]+)""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Styles();
}
