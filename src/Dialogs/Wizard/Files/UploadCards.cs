using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Dialogs.Cards;

namespace ChatOpsCampaigns.Dialogs.Wizard.Files;

/// <summary>Makes the card of one dropped file, from its arrival until it is ready.</summary>
internal static class UploadCards
{
    public static UploadCard Received(string fileName) => new(fileName, "received, looking at it …", [], "good", null);

    public static UploadCard Unusable(string fileName, string says) => new(fileName, says, [], "bad", null);

    public static UploadCard LeftOut(SourceCreative creative) =>
        new(creative.FileName, "left out of the campaign. Drop it again to take it back.", [], "bad", ThumbnailOf(creative.Thumbnail));

    /// <param name="draft">Null when it was launched already: then nothing can be chosen any more.</param>
    /// <param name="outcome">Null while it is being prepared.</param>
    public static UploadCard Of(CampaignDraft? draft, SourceCreative creative, NetworkProfile? profile, PreparationOutcome? outcome)
    {
        var card = Looked(creative) with { Number = NumberOf(draft, creative), Target = draft?.Id.Value ?? "", File = creative.File.Value };
        if (profile is null)
            return card;

        card = draft is null ? card : card with { Shapes = ShapesOf(creative, profile) };
        return outcome switch
        {
            PreparationOutcome.Ready { File: var made } => card with
            {
                State = "good",
                Stage = "ready",
                Standing = $"ready for {made.Slot}{(made.Changes.IsEmpty ? "" : $": {string.Join(", ", made.Changes)}")}",
                Thumbnail = ThumbnailOf(made.Thumbnail),
            },
            PreparationOutcome.Refused { Says: var says } => card with { State = "bad", Stage = "cannot", Standing = $"cannot: {says}" },
            PreparationOutcome.Interrupted { Says: var says } => card with { State = "change", Stage = "preparing", Standing = says },
            _ => Judged(card, creative, profile),
        };
    }

    /// <summary>What is in the file, before any network has a say.</summary>
    public static UploadCard Looked(SourceCreative creative)
    {
        var lasts = creative.Duration is { } duration ? $", {Measures.Words(duration)}{(creative is { Kind: CreativeKind.Video, HasSound: false } ? " without sound" : "")}" : "";
        var size = creative.Size is { Width: > 0 } ? $", {creative.Size}" : "";
        return new UploadCard(
            creative.FileName, $"{Measures.Words(creative.Format)} {creative.Kind.ToString().ToLowerInvariant()}{size}, {Measures.Words(creative.Bytes)}{lasts}",
            [.. WordsOf(creative)], "good", ThumbnailOf(creative.Thumbnail));
    }

    public static string Word(Fit fit) => fit == Fit.Inside ? "fit" : fit.ToString().ToLowerInvariant();

    private static UploadCard Judged(UploadCard card, SourceCreative creative, NetworkProfile profile)
    {
        var findings = CreativeProcessor.Judge(creative, profile);
        var isPossible = SlotPlan.Possible(creative, profile) is not null;
        var state = findings.All(finding => finding.Kind == FindingKind.Refused) ? "bad" : findings.Any(finding => finding.Kind == FindingKind.WillChange) ? "change" : "good";
        return state == "bad"
            ? card with { State = state, Stage = "cannot", Standing = $"cannot be used: {string.Join(" ", findings.Select(finding => finding.Says))}" }
            : card with
            {
                Details = [.. findings.Select(finding => finding.Says), .. card.Details],
                State = state,
                Stage = isPossible ? "preparing" : null,
                Standing = isPossible ? "preparing …" : "",
            };
    }

    private static ImmutableArray<ShapeView> ShapesOf(SourceCreative creative, NetworkProfile profile)
    {
        if (CreativeTrims.Asks(creative, profile))
            return [new ShapeView("Show its beginning alone (trim)", CreativeTrims.Word)];

        var now = SlotPlan.Possible(creative, profile)?.Fit;
        return [.. SlotPlan.Choices(creative, profile).Select(fit => new ShapeView($"{(fit == now ? "✓ " : "")}{Title(fit)}", Word(fit)))];
    }

    private static IEnumerable<string> WordsOf(SourceCreative creative)
    {
        if (creative.Headline is { } headline)
            yield return $"headline: {headline}";

        if (creative.Description is { } description)
            yield return $"description: {description}";

        if (creative.CallToAction is { } button)
            yield return $"button: {button}";
    }

    private static string? NumberOf(CampaignDraft? draft, SourceCreative creative)
    {
        var position = draft?.Creatives.Select(known => known.File).ToList().IndexOf(creative.File) ?? -1;
        return position < 0 ? null : (position + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string? ThumbnailOf(Automation.Values.Digest? small) => small is { } digest ? $"/media/{digest}" : null;

    private static string Title(Fit fit) => fit switch
    {
        Fit.Pad => "Bars (pad)",
        Fit.Crop => "Cut off (crop)",
        _ => "Own shape (fit)",
    };
}
