using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Bot.Tests.Surface;

/// <summary>What <c>docs/surface.md</c> promises, row by row.</summary>
internal static partial class SurfacePage
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Root(), "docs", "surface.md"));

    /// <summary>The rows of the table under a heading, each as its cells.</summary>
    public static IReadOnlyList<string[]> Rows(string heading) => [.. Lines
        .SkipWhile(line => line != heading).Skip(1)
        .TakeWhile(line => !line.StartsWith('#'))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))];

    /// <summary>What stands in back quotes in a cell.</summary>
    public static IEnumerable<string> Quoted(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
