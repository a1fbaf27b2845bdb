using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Wizard.Fields.Inputs;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>Step 3: what is wanted, and where a click leads.</summary>
internal static class ObjectiveFields
{
    private static readonly (CampaignType Type, string Words)[] Types =
    [
        (CampaignType.AppInstall, @"\bapp[\s_-]?installs?\b(?:\s+campaign)?"),
        (CampaignType.Conversion, @"\bconversions?\b(?:\s+campaign)?"),
        (CampaignType.Awareness, @"\b(?:brand\s+)?awareness\b"),
        (CampaignType.Traffic, @"\b(?:website\s+)?traffic\b"),
    ];

    private static readonly (Objective Objective, string Words)[] Objectives =
    [
        (Objective.Installs, @"\binstalls?\b|\bdownloads?\b"),
        (Objective.Purchases, @"\bpurchases?\b(?!\s+\d)|\bsales\b"),
        (Objective.Leads, @"\bleads?\b"),
        (Objective.Engagement, @"\bengagement\b"),
    ];

    public static readonly DraftField Type = new(nameof(CampaignDraft.Type), "objective", "Campaign type", FindType, (draft, _) => draft.Type is { } type ? Words(type) : null)
    {
        Input = new FieldInput("choice", "Campaign type", value => value)
        {
            Choices = _ => [new Choice("App install", "app install"), new Choice("Conversion", "conversion"), new Choice("Awareness", "awareness"), new Choice("Traffic", "traffic")],
            Value = draft => draft.Type is { } type ? Words(type) : null,
        },
    };

    public static readonly DraftField Goal = new(
        nameof(CampaignDraft.Objective), "objective", "Objective", FindObjective, (draft, _) => draft.Objective is { } objective ? Finding.Lower(objective) : null)
    {
        Input = new FieldInput("choice", "Objective", value => value)
        {
            Choices = _ => [new Choice("Installs", "installs"), new Choice("Purchases", "purchases"), new Choice("Leads", "leads"), new Choice("Engagement", "engagement")],
            Value = draft => draft.Objective is { } objective ? Finding.Lower(objective) : null,
        },
    };

    public static readonly DraftField Address = new(nameof(CampaignDraft.Destination), "objective", "Address", FindAddress, (draft, _) => draft.Destination.StoreUrl ?? draft.Destination.LandingUrl)
    {
        Input = new FieldInput("text", "https://apps.apple.com/app/id… or your page", value => value)
        {
            Value = draft => draft.Destination.StoreUrl ?? draft.Destination.LandingUrl,
        },
    };

    public static readonly DraftField Os = new("Destination.Os", "objective", "System", FindOs, (draft, _) => draft.Destination.Os is { } os ? AppStores.OsName(os) : null)
    {
        // An address in a store says it already.
        Wanted = context => context.Draft.Destination.StoreUrl is null,
        Input = new FieldInput("choice", "System", value => value)
        {
            Choices = _ => [new Choice("iOS", "ios"), new Choice("Android", "android")],
            Value = draft => draft.Destination.Os is { } os ? Finding.Lower(os) : null,
        },
    };

    public static readonly DraftField Pixel = Labelled("Destination.Pixel", "Pixel", @"\bpixel(?:\s+id)?\s*[:=]?\s*(?<value>[\w-]{3,64})", (draft, value) => draft with { Destination = draft.Destination with { Pixel = value } }, draft => draft.Destination.Pixel, DestinationNeeds.Pixel);

    public static readonly DraftField LeadForm = Labelled("Destination.LeadForm", "Lead form", @"\b(?:lead\s+)?form(?:\s+id)?\s*[:=]?\s*(?<value>[\w-]{3,64})", (draft, value) => draft with { Destination = draft.Destination with { LeadForm = value } }, draft => draft.Destination.LeadForm, DestinationNeeds.LeadForm);

    public static string Words(CampaignType type) => type == CampaignType.AppInstall ? "app install" : Finding.Lower(type);

    private static Found? FindType(string text, FieldContext context)
    {
        foreach (var (type, words) in Types)
        {
            if (Finding.Pattern(words).Match(text) is { Success: true } match)
                return Found.Right(match, draft => Typed(draft, type));
        }

        // "my puzzle game" is an app; who writes a sentence is not asked for the type again.
        return context is { Draft.Type: null } and ({ Sentence: true } or { Own: true }) && Advertised.Match(text) is { Success: true } said
            ? Found.Right(said, draft => Typed(draft, CampaignType.AppInstall))
            : null;
    }

    /// <summary>"my cosy puzzle game": what it is like says nothing that the campaign needs; a system or a place in it does.</summary>
    public static readonly Regex Advertised = Finding.Pattern(
        @"\b(?:(?:my|our|the|an?|new)\s+(?:(?!(?:ios|iphone|ipad|android|on|in|for|to|with|and|or|at|is)\b)[\p{L}\d'-]{3,}\s+){0,3})?(?:mobile\s+)?(?:games?|apps?)\b(?!\s+inst)");

    private static CampaignDraft Typed(CampaignDraft draft, CampaignType type) => draft with
    {
        Type = type,
        Objective = draft.Objective ?? (type == CampaignType.AppInstall ? Objective.Installs : null),
    };

    private static Found? FindObjective(string text, FieldContext context)
    {
        foreach (var (objective, words) in Objectives)
        {
            if (Finding.Pattern(words).Match(text) is { Success: true } match)
                return Found.Right(match, draft => draft with { Objective = objective });
        }

        return null;
    }

    private static Found? FindAddress(string text, FieldContext context)
    {
        if (FileLinks.Find(text, context) is { } link)
            return link;

        if (Finding.Pattern(@"\b(?:https?://|www\.|(?:apps\.apple|itunes\.apple|play\.google)\.com/)[^\s,;]+").Match(text) is not { Success: true } match)
            return null;

        var written = match.Value.TrimEnd('.', ')', '>', '"');
        if (!Uri.TryCreate(written.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? written : $"https://{written}", UriKind.Absolute, out var address) || !address.Host.Contains('.', StringComparison.Ordinal))
            return Found.Wrong(match, $"\"{written}\" is not an address; write it whole, for example https://apps.apple.com/app/id1234567890.");

        var os = AppStores.OsOf(address);
        return Found.Right(match, draft => draft with
        {
            Destination = os is null
                ? draft.Destination with { LandingUrl = address.AbsoluteUri }
                : draft.Destination with { StoreUrl = address.AbsoluteUri, Os = os },
        });
    }

    private static Found? FindOs(string text, FieldContext context) => Finding.Pattern(@"\b(?:target\s+)?(?<os>ios|iphones?|android)\b").Match(text) is { Success: true } match
        ? Found.Right(match, draft => WithOs(draft, match.Groups["os"].Value.StartsWith("a", StringComparison.OrdinalIgnoreCase) ? DeviceOs.Android : DeviceOs.Ios))
        : null;

    /// <summary>An address in a store has said it already; then this is about whom to show it to.</summary>
    private static CampaignDraft WithOs(CampaignDraft draft, DeviceOs os) =>
        draft with { TargetOs = os, Destination = draft.Destination.StoreUrl is null ? draft.Destination with { Os = os } : draft.Destination };

    private static DraftField Labelled(string name, string label, string pattern, Func<CampaignDraft, string, CampaignDraft> apply, Func<CampaignDraft, string?> show, DestinationNeeds need) => new(
        name, "objective", label,
        (text, _) => Finding.Pattern(pattern).Match(text) is { Success: true } match ? Found.Right(match, draft => apply(draft, match.Groups["value"].Value)) : null,
        (draft, _) => show(draft))
    {
        Wanted = context => context.Draft is { Type: { } type, Objective: { } objective } && context.Profile?.FindObjective(type, objective)?.Needs.HasFlag(need) == true,
        Input = new FieldInput("text", $"{label} id", value => $"{label.ToLowerInvariant()} {value}") { Value = show },
    };
}
