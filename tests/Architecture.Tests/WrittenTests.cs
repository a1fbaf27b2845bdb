using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Architecture.Tests;

/// <summary>How the house is written: words, sizes, cards.</summary>
public sealed partial class WrittenTests
{
    private const int LongestFile = 300;

    private const string Sample = ".sample";

    private static readonly string[] BannedWords = ["Helper", "Manager", "Util", "Utils", "Misc", "Info", "Item", "Data", "Handle", "Service"];

    [Fact]
    public void No_type_hides_behind_an_empty_word()
    {
        var hiding =
            from house in Houses.All
            from type in Houses.Written(house)
            where !type.Name.EndsWith("Services", StringComparison.Ordinal)
            from word in Words().Matches(type.Name).Select(match => match.Value)
            where BannedWords.Contains(word)
            select $"{type.FullName}: {word}";

        // The data folder is called so by its setting.
        hiding.Where(found => !found.Contains("DataFolder", StringComparison.Ordinal) && !found.Contains("DataOptions", StringComparison.Ordinal) && !found.Contains("DataState", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void A_long_file_says_at_its_top_why()
    {
        var silent = Houses.Sources("src").Concat(Houses.Sources("tests"))
            .Where(file => File.ReadLines(file).Count() > LongestFile && !File.ReadLines(file).First().StartsWith("// Long because", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Houses.Root, file));

        silent.ShouldBeEmpty();
    }

    [Fact]
    public void Every_card_has_a_template_of_its_own_and_every_template_a_card_and_a_sample()
    {
        var written = Directory.EnumerateFiles(Path.Combine(Houses.Root, "cards"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).ToArray();
        var templates = written.Where(name => !name.EndsWith(Sample, StringComparison.Ordinal)).Order();
        var samples = written.Where(name => name.EndsWith(Sample, StringComparison.Ordinal)).Select(name => name[..^Sample.Length]).Order();
        var views = Houses.All.SelectMany(Houses.Written)
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(ICardView).IsAssignableFrom(type) && type != typeof(KeptCard))
            .Select(type => ((ICardView)RuntimeHelpers.GetUninitializedObject(type)).Template)
            .Order();

        views.ShouldBe(templates);
        samples.ShouldBe(templates);
    }

    [Fact]
    public void Nothing_in_the_repository_waits_to_be_written()
    {
        var unfinished = Houses.Sources("src")
            .Where(file => Unfinished().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Houses.Root, file));

        unfinished.ShouldBeEmpty();
    }

    [Fact]
    public void A_test_carries_only_rows_that_are_on_the_checklist()
    {
        var rows = File.ReadLines(Path.Combine(Houses.Root, "tests", "checklist.txt")).Select(line => line.Split(' ')[0]).ToHashSet();
        var carried = Houses.Sources("tests").SelectMany(file => Proves().Matches(File.ReadAllText(file))).SelectMany(match => match.Groups["rows"].Value.Split(", ")).ToList();

        carried.ShouldNotBeEmpty();
        carried.Where(row => !rows.Contains(row)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\[Proves\((?<rows>[^)]*)\)\]")]
    private static partial Regex Proves();

    [Fact]
    public void Every_log_message_is_generated_from_its_declaration()
    {
        var loose = Houses.Sources("src")
            .Where(file => LooseLog().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Houses.Root, file));

        loose.ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_home_of_moments_writes_a_time_of_day_without_its_day_and_zone()
    {
        var loose =
            from file in Houses.Sources("src")
            where Path.GetFileName(file) != "AccountTime.cs"
            from written in TimeOfDay().Matches(File.ReadAllText(file))
            where !written.Groups["machine"].Success
            select $"{Path.GetRelativePath(Houses.Root, file)}: {written.Value}";

        loose.ShouldBeEmpty();
    }

    /// <summary>What machines read, and the log of a machine that says UTC, are no words of an ad account.</summary>
    [GeneratedRegex(@"(?<machine>yyyy-MM-dd(?:'T'HH:mm:ss\.f+'Z'| HH:mm(?::ss)?\} UTC))|[Hh]{1,2}\\?:mm|\.ToString\(""[tTgG]""|:[tTgG]\}|ToShortTimeString|ToLongTimeString")]
    private static partial Regex TimeOfDay();

    [Fact]
    public void No_two_log_messages_share_a_number()
    {
        var shared = Houses.Sources("src")
            .SelectMany(file => EventNumber().Matches(File.ReadAllText(file)).Select(match => (Number: match.Groups["number"].Value, Path: Path.GetRelativePath(Houses.Root, file))))
            .GroupBy(written => written.Number)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(written => written.Path))}");

        shared.ShouldBeEmpty();
    }

    [GeneratedRegex(@"EventId = (?<number>\d+)")]
    private static partial Regex EventNumber();

    [GeneratedRegex(@"\.Log(?:Trace|Debug|Information|Warning|Error|Critical)\(")]
    private static partial Regex LooseLog();

    [GeneratedRegex("[A-Z][a-z]+")]
    private static partial Regex Words();

    [GeneratedRegex("NotImplementedException|TODO|FIXME|HACK")]
    private static partial Regex Unfinished();
}
