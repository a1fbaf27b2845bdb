using System.Collections.Frozen;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Kit;

/// <summary>
/// What people see is in their words: no id of a rule, no name of one of our enums, no word of the workshop, no time of day
/// in a zone that is not the account's. Everything that is posted, published or sent in a test is held against it.
/// </summary>
public static partial class PlainWords
{
    private static readonly FrozenSet<string> Names = new[] { typeof(Campaign).Assembly, typeof(ChatMessage).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.IsEnum)
        .SelectMany(Enum.GetNames)
        .Where(name => TwoHumps().IsMatch(name))
        .Concat(SafetyRules.All.Select(rule => rule.Id.Value)).Concat(typeof(SafetyRules).GetFields().Select(field => field.GetValue(null)).OfType<RuleId>().Select(rule => rule.Value))
        .ToFrozenSet();

    /// <exception cref="InvalidOperationException">With the word that nobody outside knows.</exception>
    public static void Insist(string text)
    {
        if (Problem(text) is { } problem)
            throw new InvalidOperationException($"People would read \"{problem}\" in: {text}");
    }

    /// <summary>The first word that is none of people's, or null.</summary>
    public static string? Problem(string text) =>
        Words().Matches(text).Select(match => match.Value).FirstOrDefault(Names.Contains)
        ?? (Workshop().Match(text) is { Success: true } workshop ? workshop.Value : null)
        ?? (NoZone().Match(text) is { Success: true } time ? time.Value : null);

    [GeneratedRegex("[a-z][A-Z]")]
    private static partial Regex TwoHumps();

    [GeneratedRegex("[A-Za-z][A-Za-z-]*[A-Za-z]")]
    private static partial Regex Words();

    [GeneratedRegex(@"\b(?:digests?|intents?|journal(?:ed)?|sweeps?|read(?:s|ing)?(?: it| everything)? back|risk gate|exception|null)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Workshop();

    [GeneratedRegex(@"\d\d:\d\d(?::\d\d)? UTC\b")]
    private static partial Regex NoZone();
}
