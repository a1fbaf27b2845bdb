using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;

namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>"headline 1: Play now", "description: …", "button: Install Now": the words that go with a creative, or with all of them.</summary>
internal static class CreativeCopy
{
    private const int Longest = 90;

    /// <summary>What was set, in words, with the draft; null when the text is about something else.</summary>
    public static (CampaignDraft Draft, string Says, bool Right)? Read(string text, CampaignDraft draft)
    {
        if (Finding.Pattern(@"^\s*(?<what>headline|description|button|cta)\s*(?<number>\d{1,2})?\s*[:=]\s*(?<words>.+)$").Match(text) is not { Success: true } match)
            return null;

        var words = match.Groups["words"].Value.Trim().Trim('"');
        if (words.Length > Longest)
            return (draft, $"A {match.Groups["what"].Value.ToLowerInvariant()} has at most {Longest} characters; this one has {words.Length}.", false);

        if (draft.Creatives.IsEmpty)
            return (draft, "Drop the pictures or films first; then their words can be said.", false);

        var number = match.Groups["number"].Success ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) : (int?)null;
        if (number is { } one && (one < 1 || one > draft.Creatives.Length))
            return (draft, $"There is no creative {one}; there are {draft.Creatives.Length}.", false);

        var what = match.Groups["what"].Value.ToLowerInvariant();
        ImmutableArray<SourceCreative> changed = [.. draft.Creatives.Select((creative, index) => number is { } wanted && wanted != index + 1 ? creative : With(creative, what, words))];
        return (draft with { Creatives = changed }, $"{char.ToUpperInvariant(what[0])}{what[1..]} of {(number is { } which ? draft.Creatives[which - 1].FileName : "all creatives")}: {words}", true);
    }

    private static SourceCreative With(SourceCreative creative, string what, string words) => what switch
    {
        "headline" => creative with { Headline = words },
        "description" => creative with { Description = words },
        _ => creative with { CallToAction = words },
    };
}
