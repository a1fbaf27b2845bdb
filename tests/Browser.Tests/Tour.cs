using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Browser.Tests;

/// <summary>
/// What the README tells its reader, taken from it: <c>`typed`</c>, <c>*comes on the page*</c>, a step that begins with <c>**Drop</c>,
/// and <c>`?user=ana` (marketer)</c>. Everything else is there to be read.
/// </summary>
/// <param name="Arguments">What follows <c>scripts/run.sh --</c>.</param>
/// <param name="UntilTheStop">The longest that the README lets its reader wait after the fault was typed.</param>
internal sealed partial record Tour(IReadOnlyList<string> Arguments, IReadOnlyList<Tour.Step> Steps, TimeSpan UntilTheStop)
{
    private const string Heading = "## A tour of five minutes";
    private const string Run = "scripts/run.sh -- ";

    /// <summary>Before it the reader is told how to read the rest.</summary>
    private const string Begins = "Open <";

    private static readonly string[] Numbers = ["no", "one", "two", "three", "four", "five"];

    /// <summary>One thing that the reader does or sees.</summary>
    internal abstract record Step
    {
        private Step()
        {
        }

        internal sealed record Say(string Text) : Step;

        internal sealed record See(string Text) : Step;

        internal sealed record Drop : Step;

        internal sealed record Be(string Person, string Role) : Step;
    }

    public static Tour Read()
    {
        var section = Section(Heading);
        var arguments = Block(section).Single(line => line.StartsWith(Run, StringComparison.Ordinal))[Run.Length..].Split(' ');
        var prose = section[section.IndexOf(Begins, StringComparison.Ordinal)..];
        var most = Array.IndexOf(Numbers, Promise().Match(prose).Groups["most"].Value);
        most.ShouldBePositive("the README says how many minutes after the fault the stop comes");
        return new Tour(arguments, [.. Marked().Matches(prose).Select(StepOf)], TimeSpan.FromMinutes(most));
    }

    /// <summary>The lines of the block of code under a heading.</summary>
    public static IReadOnlyList<string> BlockUnder(string heading) => Block(Section(heading));

    private static Step StepOf(Match mark)
    {
        if (mark.Groups["person"] is { Success: true } person)
            return new Step.Be(person.Value, mark.Groups["role"].Value);

        if (mark.Groups["typed"] is { Success: true } typed)
            return new Step.Say(typed.Value);

        return mark.Groups["seen"] is { Success: true } seen ? new Step.See(Spaces().Replace(seen.Value, " ")) : new Step.Drop();
    }

    private static string[] Block(string section) =>
        Blocks().Match(section).Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..^1];

    private static string Section(string heading) => string.Join('\n', File.ReadLines(Readme())
        .SkipWhile(line => line != heading).Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)));

    private static string Readme([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "README.md"));

    [GeneratedRegex(@"`\?user=(?<person>\w+)` \((?<role>[^)]+)\)|`(?<typed>[^`?][^`]*)`|(?<drop>\*\*Drop)|(?<!\*)\*(?<seen>[^*]+)\*(?!\*)")]
    private static partial Regex Marked();

    [GeneratedRegex("one to (?<most>[a-z]+) minutes after the fault")]
    private static partial Regex Promise();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
