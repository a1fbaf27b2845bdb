using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Architecture.Tests;

/// <summary>What the pages point at is there.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Built = ["artifacts", "node_modules", "obj", "bin", ".git", "data"];

    /// <summary>One house has all its rooms in one row of the map.</summary>
    private const string AllRooms = "*";

    [Fact]
    public void Every_link_to_a_file_or_a_heading_of_this_repository_leads_there()
    {
        var links = Pages().SelectMany(page => Links().Matches(Prose(page)).Select(match => (Page: page, To: match.Groups["to"].Value)))
            .Where(link => !Outside().IsMatch(link.To))
            .ToList();

        links.Count.ShouldBeGreaterThan(10);
        links.Where(link => !Leads(link.Page, link.To)).Select(link => $"{Path.GetRelativePath(Houses.Root, link.Page)}: {link.To}").ShouldBeEmpty();
    }

    [Fact]
    public void Every_room_on_the_map_is_there_and_every_room_is_on_the_map()
    {
        var mapped = File.ReadLines(Path.Combine(Houses.Root, "docs", "architecture.md"))
            .SkipWhile(line => line != "## Rooms").Skip(1).TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Rooms(line.Split('|')[1]))
            .ToList();

        mapped.Where(room => !Directory.Exists(Path.Combine(Houses.Root, room))).ShouldBeEmpty();
        Houses.All.Select(house => house.GetName().Name!.Split('.')[^1])
            .Where(house => !mapped.Contains($"src/{house}"))
            .SelectMany(house => Directory.EnumerateDirectories(Path.Combine(Houses.Root, "src", house)))
            .Select(folder => Path.GetRelativePath(Houses.Root, folder))
            .Where(room => !Built.Contains(Path.GetFileName(room)) && !mapped.Contains(room))
            .ShouldBeEmpty();
    }

    /// <summary>A name without a house stands in the house of the name before it.</summary>
    private static IEnumerable<string> Rooms(string cell)
    {
        var house = "";
        foreach (var room in Code().Matches(cell).Select(match => match.Groups[1].Value))
        {
            var parts = room.Split('/');
            house = parts.Length > 1 ? $"src/{parts[0]}" : house;
            yield return (house, parts[^1]) switch
            {
                ("", _) => room,
                (_, AllRooms) => house,
                _ => $"{house}/{parts[^1]}",
            };
        }
    }

    private static bool Leads(string page, string to)
    {
        var parts = to.Split('#', 2);
        var target = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
        return parts.Length == 1 ? Path.Exists(target) : File.Exists(target) && Anchors(target).Contains(parts[1]);
    }

    /// <summary>As they are made of headings where the pages are read: small letters, hyphens for spaces, no other marks, a number where one comes again.</summary>
    private static HashSet<string> Anchors(string page) => [.. Headings().Matches(Prose(page))
        .Select(match => Marks().Replace(match.Groups["says"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))
        .GroupBy(anchor => anchor)
        .SelectMany(same => same.Select((anchor, at) => at == 0 ? anchor : $"{anchor}-{at}"))];

    /// <summary>Without what stands in a block of code.</summary>
    private static string Prose(string page) => Blocks().Replace(File.ReadAllText(page), "");

    private static IEnumerable<string> Pages() => Directory.EnumerateFiles(Houses.Root, "*.md", SearchOption.AllDirectories)
        .Where(page => !Path.GetRelativePath(Houses.Root, page).Split(Path.DirectorySeparatorChar).Any(Built.Contains));

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex("^[a-z]+:")]
    private static partial Regex Outside();

    [GeneratedRegex(@"^#+ (?<says>.+)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"[^\p{L}\p{N}\- _]")]
    private static partial Regex Marks();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
