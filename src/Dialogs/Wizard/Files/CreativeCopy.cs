using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;

namespace ChatOpsCampaigns.Dialogs.Wizard.Files;

/// <summary>"headline 1: Play now", "description: …", "button: Install Now": the words that go with a creative, or with all of them.</summary>
internal static class CreativeCopy
{
    private const int Longest = 90;

    private static readonly (string Name, string Label, string Example, Func<SourceCreative, string?> Of)[] Parts =
    [
        ("headline", "Headline", "Play now (optional)", creative => creative.Headline),
        ("description", "Description", "A puzzle for the way home (optional)", creative => creative.Description),
        ("button", "Button", "Install Now, Learn More (optional)", creative => creative.CallToAction),
    ];

    /// <summary>What was set; null when the text is about something else.</summary>
    public static CreativeChange? Read(string text, CampaignDraft draft)
    {
        if (Finding.Pattern(@"^\s*(?<what>headline|description|button|cta)\s*#?(?<number>\d{1,2})?\s*[:=]\s*(?<words>.+)$").Match(text) is not { Success: true } match)
            return null;

        var (what, words) = (match.Groups["what"].Value.ToLowerInvariant(), match.Groups["words"].Value.Trim().Trim('"'));
        if (TooLong(what, words) is { } problem)
            return CreativeChange.Wrong(draft, problem);

        if (draft.Creatives.IsEmpty)
            return CreativeChange.Wrong(draft, CreativeWords.DropFirst);

        var number = match.Groups["number"].Success ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) : (int?)null;
        if (number is { } one && (one < 1 || one > draft.Creatives.Length))
            return CreativeChange.Wrong(draft, $"There is no creative {one}; there {(draft.Creatives.Length == 1 ? "is 1" : $"are {draft.Creatives.Length}")}.");

        ImmutableArray<SourceCreative> changed = [.. draft.Creatives.Select((creative, index) => number is { } wanted && wanted != index + 1 ? creative : With(creative, what, words))];
        var whose = number is { } which ? draft.Creatives[which - 1].FileName : "all creatives";
        return Change(draft, changed, $"{char.ToUpperInvariant(what[0])}{what[1..]} of {whose}: {words}");
    }

    /// <summary>What was entered on the card counts for all; an input that was left as it stood changes nothing. Null when none was changed.</summary>
    public static CreativeChange? Enter(CampaignDraft draft, IReadOnlyDictionary<string, string> entered)
    {
        var creatives = draft.Creatives;
        foreach (var part in Parts)
        {
            if (!entered.TryGetValue(part.Name, out var value) || value.Trim() is var words && words == (Common(draft, part.Of) ?? ""))
                continue;

            if (TooLong(part.Name, words) is { } problem)
                return CreativeChange.Wrong(draft, problem);

            creatives = [.. creatives.Select(creative => With(creative, part.Name, words.Length == 0 ? null : words))];
        }

        return creatives == draft.Creatives ? null : Change(draft, creatives, "");
    }

    /// <summary>The card's inputs, once there is something that the words can go with.</summary>
    public static IEnumerable<InputView> Inputs(CampaignDraft draft) => draft.Creatives.IsEmpty
        ? []
        : Parts.Select(part => new InputView(
            part.Name, "text", part.Label, Common(draft, part.Of) ?? "", Differ(draft, part.Of) ? "a different one for each" : part.Example, []));

    /// <summary>For the summary: said once when all have the same, else by number. Empty when nothing was said.</summary>
    public static IEnumerable<(string Label, string Value)> Summary(CampaignDraft draft) =>
        from part in Parts
        where draft.Creatives.Any(creative => part.Of(creative) is not null)
        select (part.Label, Common(draft, part.Of) ?? string.Join("; ", draft.Creatives
            .Select((creative, index) => (Number: index + 1, Words: part.Of(creative)))
            .Where(one => one.Words is not null)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Number}: {one.Words}"))));

    private static string? Common(CampaignDraft draft, Func<SourceCreative, string?> part) =>
        draft.Creatives.Select(part).Distinct().ToList() is [var only] ? only : null;

    private static bool Differ(CampaignDraft draft, Func<SourceCreative, string?> part) => draft.Creatives.Select(part).Distinct().Count() > 1;

    private static string? TooLong(string what, string words) =>
        words.Length > Longest ? $"A {what} has at most {Longest} characters; this one has {words.Length}." : null;

    private static CreativeChange Change(CampaignDraft draft, ImmutableArray<SourceCreative> creatives, string says) =>
        new(draft with { Creatives = creatives }, says, true, [.. creatives.Select(creative => creative.File)]);

    private static SourceCreative With(SourceCreative creative, string what, string? words) => what switch
    {
        "headline" => creative with { Headline = words },
        "description" => creative with { Description = words },
        _ => creative with { CallToAction = words },
    };
}
