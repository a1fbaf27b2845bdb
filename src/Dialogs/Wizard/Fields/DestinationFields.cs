using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>Step 3, beside the address: what the ads are about, and what goes with a landing address.</summary>
internal static class DestinationFields
{
    private const string NoneSaid = "none";
    private const string Parameters = @"(?<list>[\w.~%+-]+=[^\s,;&?#]*(?:&[\w.~%+-]+=[^\s,;&?#]*)*)";

    public static readonly DraftField SpecialCategory = new(
        "Destination.SpecialCategory", "objective", "Special ad category", FindCategory,
        (draft, context) => draft.Destination.SpecialCategory ?? (draft is { Type: not null, Objective: not null } && HasCategories(context) ? "none declared" : null))
    {
        Wanted = HasCategories,
        Input = new FieldInput("choice", "What the ads are about", value => value == NoneSaid ? "no special category" : $"special category {value}")
        {
            Choices = context => [new Choice("None of these", NoneSaid), .. (context.Profile?.SpecialCategories ?? []).Select(category => new Choice(category.Word, category.Word))],
            Value = draft => draft.Destination.SpecialCategory ?? NoneSaid,
        },
    };

    public static readonly DraftField Tracking = new(
        "Destination.Tracking", "objective", "Tracking", FindTracking, (draft, _) => draft.Destination is { StoreUrl: null, Tracking: { } tracking } ? tracking : null)
    {
        Wanted = LeadsToPage,
        Input = new FieldInput("text", "utm_source=facebook&utm_campaign=spring (optional)", value => $"tracking {value}") { Value = draft => draft.Destination.Tracking },
    };

    private static bool HasCategories(FieldContext context) => context.Profile?.SpecialCategories.IsEmpty == false;

    private static bool LeadsToPage(FieldContext context)
    {
        var draft = context.Draft;
        var needs = draft is { Type: { } type, Objective: { } objective } ? context.Profile?.FindObjective(type, objective)?.Needs : null;
        return draft.Destination.StoreUrl is null && (draft.Destination.LandingUrl is not null || needs?.HasFlag(DestinationNeeds.LandingUrl) == true);
    }

    private static readonly Regex NoneOfThem = Finding.Pattern(
        @"\bno special (?:ad )?categor(?:y|ies)\b|\bspecial\s+(?:ad\s+)?categor(?:y|ies)\s*(?:is|:|=)?\s*(?:none(?:\s+of\s+(?:these|them))?|no|nothing)\b");

    private static readonly Regex NoneAlone = Finding.Pattern(@"^\s*none(?:\s+of\s+(?:these|them))?\s*[.!]*\s*$");

    private static Found? FindCategory(string text, FieldContext context)
    {
        if (NoneOfThem.Match(text) is { Success: true } none || (context.Own && (none = NoneAlone.Match(text)).Success))
            return Found.Right(none, draft => draft with { Destination = draft.Destination with { SpecialCategory = null } });

        if (Finding.Pattern(@"\bspecial\s+(?:ad\s+)?categor(?:y|ies)\s*(?:is|:|=)?\s*(?<said>[a-z]+(?:\s+[a-z]+)?)").Match(text) is not { Success: true } match)
            return null;

        if (context.Profile is { SpecialCategories.IsEmpty: true } silent)
            return Found.Wrong(match, $"{silent.Title} asks for no special category; leave it out.");

        var known = context.Profile?.SpecialCategories ?? [.. context.Networks.SelectMany(profile => profile.SpecialCategories)];
        var said = match.Groups["said"];
        return known.FirstOrDefault(category => said.Value.StartsWith(category.Word, StringComparison.OrdinalIgnoreCase)) is { } found
            ? new Found(match.Index, said.Index - match.Index + found.Word.Length, draft => draft with { Destination = draft.Destination with { SpecialCategory = found.Word } }, null)
            : Found.Wrong(match, $"There is no special category \"{said.Value}\" here; there are {string.Join(", ", known.Select(category => category.Word).Distinct())}, or \"no special category\".");
    }

    private static Found? FindTracking(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\bno tracking(?: parameters?)?\b").Match(text) is { Success: true } none)
            return Found.Right(none, draft => With(draft, null));

        if (Finding.Pattern($@"\btracking(?:\s+parameters?)?\s*[:=]?\s*\??{Parameters}|(?<![\w?&=])(?=utm_){Parameters}").Match(text) is { Success: true } match)
            return Found.Right(match, draft => With(draft, match.Groups["list"].Value));

        return Finding.Pattern(@"\btracking\s+(?:parameters?\s+)?(?<word>[^\s,;]+)").Match(text) is { Success: true } wrong
            ? Found.Wrong(wrong, "Tracking parameters are written name=value and joined by &, for example \"tracking utm_source=facebook&utm_campaign=spring\".")
            : null;
    }

    private static CampaignDraft With(CampaignDraft draft, string? tracking) => draft with { Destination = draft.Destination with { Tracking = tracking } };
}
