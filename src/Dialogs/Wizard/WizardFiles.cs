using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>Takes files into a draft: acknowledged at once, looked into side by side, one card for each that is edited in place.</summary>
public sealed class WizardFiles(CreativeProcessor creatives)
{
    private const int MostCreatives = 30;

    /// <summary>The draft with the usable files added; the others are explained on their cards and lose nothing.</summary>
    public async Task<CampaignDraft> TakeAsync(TurnContext turn, CampaignDraft draft, NetworkProfile? profile, CancellationToken cancellationToken)
    {
        var first = draft.Creatives.Length;
        var files = turn.Turn.Files.Take(MostCreatives - first).ToList();
        foreach (var (file, index) in files.Select((file, index) => (file, index)))
            await turn.Chat.ShowAsync(turn.Conversation, Subject(draft, turn, index), ChatMessage.Of(new UploadCard(file.Name, "received, looking at it …", [], "good", null)), cancellationToken);

        if (files.Count < turn.Turn.Files.Length)
            await turn.SayAsync($"A campaign takes at most {MostCreatives} creatives; {turn.Turn.Files.Length - files.Count} of these were left out.", cancellationToken);

        var seen = await Task.WhenAll(files.Select((file, index) => LookAsync(turn, draft, profile, file, index, cancellationToken)));
        var added = draft.Creatives;
        foreach (var creative in seen.OfType<SourceCreative>().Where(creative => added.All(known => known.File != creative.File)))
            added = added.Add(creative);

        if (profile is not null)
            creatives.Warm(added, profile);

        return draft with { Creatives = added };
    }

    private async Task<SourceCreative?> LookAsync(
        TurnContext turn, CampaignDraft draft, NetworkProfile? profile, ChatFile file, int index, CancellationToken cancellationToken)
    {
        var digest = await turn.Chat.FetchAsync(turn.Conversation, file, cancellationToken);
        var inspection = draft.Creatives.FirstOrDefault(known => known.File == digest) is { } known
            ? new Inspection.Refused($"This is the same file as {known.FileName}; it is in the campaign already.")
            : await creatives.InspectAsync(digest, file.Name, cancellationToken);

        var card = inspection switch
        {
            Inspection.Usable usable => Card(usable.Creative, profile),
            Inspection.Refused refused => new UploadCard(file.Name, refused.Says, [], "bad", null),
            _ => throw new InvalidOperationException(inspection.GetType().Name),
        };
        await turn.Chat.ShowAsync(turn.Conversation, Subject(draft, turn, index), ChatMessage.Of(card), cancellationToken);
        return (inspection as Inspection.Usable)?.Creative;
    }

    private static UploadCard Card(SourceCreative creative, NetworkProfile? profile)
    {
        var about = $"{Kind(creative)}, {creative.Size}, {Bytes(creative.Bytes)}{(creative.Duration is { } duration ? $", {duration.TotalSeconds:0.#} s" : "")}";
        var thumbnail = creative.Thumbnail is { } small ? $"/media/{small}" : null;
        if (profile is null)
            return new UploadCard(creative.FileName, about, [], "good", thumbnail);

        var findings = CreativeProcessor.Judge(creative, profile);
        var state = findings.Any(finding => finding.Kind != FindingKind.Refused) ? findings.Any(finding => finding.Kind == FindingKind.WillChange) ? "change" : "good" : "bad";
        return new UploadCard(creative.FileName, about, [.. findings.Select(finding => finding.Says)], state, thumbnail);
    }

    private static string Kind(SourceCreative creative) => $"{creative.Format.ToString().ToUpperInvariant()} {creative.Kind.ToString().ToLowerInvariant()}";

    private static string Bytes(long bytes) => bytes < 1_000_000
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Math.Max(1, bytes / 1000)} KB")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1_000_000m:0.#} MB");

    private static string Subject(CampaignDraft draft, TurnContext turn, int index) => $"upload/{draft.Id}/{turn.Turn.Id}/{index}";
}
