using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>Step 4: on which system people see it. An app in a store has said it already.</summary>
internal static class ShownOnFields
{
    private const string Everywhere = "all";

    public static readonly DraftField TargetOs = new(nameof(CampaignDraft.TargetOs), "targeting", "Shown on", Find, Show)
    {
        Wanted = context => context.Draft.Destination.StoreUrl is null,
        Input = new FieldInput("choice", "Systems", value => value == Everywhere ? "target all systems" : $"target {value}")
        {
            Choices = _ => [new Choice("All systems", Everywhere), new Choice("iOS", "ios"), new Choice("Android", "android")],
            Value = draft => draft.TargetOs is { } os ? Finding.Lower(os) : Everywhere,
        },
    };

    /// <summary>Only where it says something that the app's own system does not.</summary>
    private static string? Show(CampaignDraft draft, FieldContext context) =>
        draft.TargetOs is { } os && os != draft.Destination.Os ? $"{AppStores.OsName(os)} only" : null;

    private static Found? Find(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\b(?:target(?:ing)?\s+)?(?:all|any|both)\s+(?:operating\s+)?systems\b").Match(text) is { Success: true } all)
            return Found.Right(all, draft => draft with { TargetOs = null });

        var label = context.Own ? "(?:target(?:ing)?\\s+)?" : "target(?:ing)?\\s+";
        return Finding.Pattern($@"\b{label}(?:only\s+)?(?<os>ios|iphones?|android)(?:\s+(?:users?|people|devices?|phones?))?(?:\s+only)?\b").Match(text) is { Success: true } match
            ? Found.Right(match, draft => draft with { TargetOs = match.Groups["os"].Value.StartsWith("a", StringComparison.OrdinalIgnoreCase) ? DeviceOs.Android : DeviceOs.Ios })
            : null;
    }
}
