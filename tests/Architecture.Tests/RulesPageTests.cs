using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Agent.Optimizers;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Safety;

namespace ChatOpsCampaigns.Architecture.Tests;

/// <summary>The page of rules says what the rules say of themselves. <c>UPDATE_GOLDEN=1</c> writes it.</summary>
public sealed partial class RulesPageTests
{
    private static readonly string Page = Path.Combine(Houses.Root, "docs", "rules.md");

    [Fact]
    public void The_page_of_rules_is_what_the_rules_say_of_themselves()
    {
        var says = Written();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(Page, says);

        File.ReadAllText(Page).ShouldBe(says);
    }

    private static string Written()
    {
        var text = new StringBuilder();
        text.Append(
            """
            # The rules: what stops a campaign, what moves it, and what holds a move back

            Written from the summaries in the source; a test compares them. Which limits and figures a rule goes by is said where it speaks: in `why`, on the card of
            an incident, and in [the surface](surface.md).

            ## What the emergency monitor judges

            With every check, in this order: when several speak, the first one names the incident. What is not known is never taken for fine.

            | it watches | name on record | what it says |
            |---|---|---|

            """);
        foreach (var rule in SafetyRules.All)
            text.Append(CultureInfo.InvariantCulture, $"| {RuleWords.Of(rule.Id)} | `{rule.Id}` | {SummaryOf(rule.GetType())} |\n");

        text.Append(
            """

            ## What the agent wants

            In every turn, each at most one move of its lever.

            | it moves | how |
            |---|---|

            """);
        foreach (var (lever, optimizer) in new[] { ("bid", typeof(BidOptimizer)), ("daily budget, where the curve is known", typeof(CurveBudget)), ("daily budget, else", typeof(BudgetOptimizer)), ("ads", typeof(CreativeOptimizer)), ("whether it runs", typeof(CampaignPause)) })
            text.Append(CultureInfo.InvariantCulture, $"| {lever} | {SummaryOf(optimizer)} |\n");

        text.Append(
            """

            ## What holds a move back

            Each move passes all of them, in this order; they shorten it or drop it, and never make a raise larger.

            | by name | on record | what it says |
            |---|---|---|

            """);
        foreach (var rail in AllRails.InOrder)
            text.Append(CultureInfo.InvariantCulture, $"| {RailNames.InWords(rail.Name)} | `{rail.Name}` | {SummaryOf(rail.GetType())} |\n");

        return text.ToString();
    }

    private static string SummaryOf(Type type)
    {
        foreach (var source in Houses.Sources("src/Automation").Select(File.ReadAllText))
        {
            if (Regex.Match(source, $@"(?<doc>(?:^[ \t]*///[^\n]*\n)+)(?:^[ \t]*\[[^\n]*\n)*^[ \t]*(?:public|internal)\s+(?:sealed|static)\s+(?:partial\s+)?class\s+{type.Name}\b", RegexOptions.Multiline) is { Success: true } match)
            {
                var doc = Slashes().Replace(match.Groups["doc"].Value, " ");
                var summary = Summary().Match(doc).Groups["says"].Value;
                return Gaps().Replace(Tags().Replace(summary, "$1"), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
            }
        }

        throw new InvalidOperationException($"{type.Name} says nothing of itself.");
    }

    [GeneratedRegex(@"^[ \t]*///", RegexOptions.Multiline)]
    private static partial Regex Slashes();

    [GeneratedRegex(@"<summary>(?<says>.*?)</summary>", RegexOptions.Singleline)]
    private static partial Regex Summary();

    [GeneratedRegex(@"<[^>]*?(?:cref|name)=""(?:[^""]*\.)?([^"".]*)""[^>]*/>|</?c>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Gaps();
}
