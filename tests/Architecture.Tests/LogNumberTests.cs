using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Architecture.Tests;

/// <summary>What the log says loudly is on the operators' page, by its number.</summary>
public sealed partial class LogNumberTests
{
    private const string Heading = "## Numbers of the log";

    [Fact]
    public void Every_error_has_its_number_on_the_operators_page_with_what_to_do()
    {
        var errors = Logged("Error|Critical");

        errors.Count.ShouldBeGreaterThan(50);
        errors.Where(number => !OnThePage().Contains(number)).ShouldBeEmpty();
    }

    [Fact]
    public void The_operators_page_has_no_number_that_the_program_never_logs() => OnThePage().Except(Logged("Error|Critical|Warning")).ShouldBeEmpty();

    private static IReadOnlySet<int> Logged(string levels) => Houses.Sources("src")
        .SelectMany(file => Messages().Matches(File.ReadAllText(file)))
        .Where(message => levels.Split('|').Contains(message.Groups["level"].Value))
        .Select(message => Number(message.Groups["number"].Value))
        .ToHashSet();

    /// <summary>The first cell of each row: <c>224, 243</c>. The others say what happened and what to do.</summary>
    private static IReadOnlySet<int> OnThePage()
    {
        var rows = File.ReadLines(Path.Combine(Houses.Root, "docs", "operating.md"))
            .SkipWhile(line => line != Heading).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 3 && char.IsAsciiDigit(cells[1].FirstOrDefault()))
            .ToList();
        rows.Where(cells => cells.Length != 5 || cells[2].Length == 0 || cells[3].Length == 0).Select(cells => cells[1]).ShouldBeEmpty();
        return rows.SelectMany(cells => cells[1].Split(", ")).Select(Number).ToHashSet();
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"EventId = (?<number>\d+), Level = LogLevel\.(?<level>\w+)")]
    private static partial Regex Messages();
}
