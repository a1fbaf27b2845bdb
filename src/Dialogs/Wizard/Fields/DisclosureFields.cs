using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Law;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>Step 4, where the chosen countries and ages make the network or the law ask: who pays, for whom, and who is a minor.</summary>
internal static class DisclosureFields
{
    private const int YoungestMinor = 13;
    private const int OldestMinor = 21;
    private const int LongestName = 512;

    /// <summary>A name ends at a comma, unless a company's legal form follows it.</summary>
    private const string Named = @"(?<name>(?:(?!\s+and\s+(?:payer|beneficiary)\b)[^;,\n])+(?:,\s*(?:inc|ltd|llc|limited|gmbh|corp|co|ag|plc|s\.?a|b\.?v)\b\.?)*)";

    public static readonly DraftField Payer = new("Destination.Payer", "targeting", "Paid by", FindPayer, (draft, _) => draft.Destination.Payer)
    {
        Wanted = AsksForPayer,
        Input = new FieldInput("text", "Lumen Games Ltd", value => $"payer {value}") { Value = draft => draft.Destination.Payer },
    };

    public static readonly DraftField Beneficiary = new(
        "Destination.Beneficiary", "targeting", "On behalf of",
        (text, _) => Name($@"\bbeneficiary\s*(?:is|:|=)?\s*{Named}", text, (to, name) => to with { Beneficiary = name }), (draft, _) => draft.Destination.Beneficiary)
    {
        Wanted = AsksForPayer,
        Input = new FieldInput("text", "Lumen Games Ltd", value => $"beneficiary {value}") { Value = draft => draft.Destination.Beneficiary },
    };

    public static readonly DraftField Minors = new(
        nameof(CampaignDraft.MinorsBelow), "targeting", "Minors", FindMinors,
        (draft, _) => draft.MinorsBelow is { } below ? $"people under {below.ToString(CultureInfo.InvariantCulture)}" : null)
    {
        Wanted = context => context.Profile is { } profile && Automation.Campaigns.Law.Minors.MayBeReached(context.Draft, profile),
        Input = new FieldInput("text", "under which age, for example 16", value => $"minors under {value}") { Value = draft => draft.MinorsBelow?.ToString(CultureInfo.InvariantCulture) },
    };

    private static bool AsksForPayer(FieldContext context) => context.Profile is { } profile && EuropeanUnion.AsksForPayer(context.Draft, profile);

    /// <summary>"payer and beneficiary …" says both at once.</summary>
    private static Found? FindPayer(string text, FieldContext context) =>
        Name($@"\b(?:payer\s+and\s+beneficiary|beneficiary\s+and\s+payer)\s*(?:are|is|:|=)?\s*{Named}", text, (to, name) => to with { Payer = name, Beneficiary = name })
        ?? Name($@"\b(?:payer|paid\s+(?:for\s+)?by)\s*(?:is|:|=)?\s*{Named}", text, (to, name) => to with { Payer = name });

    private static Found? Name(string pattern, string text, Func<Destination, string, Destination> apply)
    {
        if (Finding.Pattern(pattern).Match(text) is not { Success: true } match)
            return null;

        var name = match.Groups["name"].Value.Trim().Trim('"');
        return name.Length is 0 or > LongestName
            ? Found.Wrong(match, $"That is the name of a person or company, of at most {LongestName} characters: \"payer Lumen Games Ltd\".")
            : Found.Right(match, draft => draft with { Destination = apply(draft.Destination, name) });
    }

    private static Found? FindMinors(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\bminors?\s*(?:are|is)?\s*(?:people\s+)?(?:under|below|until)?\s*(?<age>\d{1,3})\b").Match(text) is not { Success: true } match)
            return null;

        var age = int.Parse(match.Groups["age"].Value, CultureInfo.InvariantCulture);
        return age is < YoungestMinor or > OldestMinor
            ? Found.Wrong(match, $"People are minors up to an age from {YoungestMinor} to {OldestMinor}, for example \"minors under 16\".")
            : Found.Right(match, draft => draft with { MinorsBelow = age });
    }
}
