using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;

namespace ChatOpsCampaigns.Dialogs.Wizard.Files;

/// <summary>"trim 2", "trim night.mp4": the beginning of a film that is much too long is enough.</summary>
internal static class CreativeTrims
{
    public const string Word = "trim";

    public static CreativeChange? Read(string text, CampaignDraft draft, NetworkProfile? profile)
    {
        if (Finding.Pattern($@"^\s*{Word}(?:\s+(?<which>\S.*))?\s*$").Match(text) is not { Success: true } match
            || CreativeWords.Which(match.Groups["which"].Value.ToLowerInvariant(), draft) is not { } named)
            return null;

        if (named.Problem is { } problem)
            return CreativeChange.Wrong(draft, problem);

        var wanted = named.Positions.Select(position => draft.Creatives[position]).ToList();
        var chosen = wanted.Where(creative => Asks(creative, profile)).Select(creative => creative with { TrimAccepted = true }).ToImmutableArray();
        if (chosen.IsEmpty)
            return CreativeChange.Wrong(draft, $"{string.Join(", ", wanted.Select(creative => creative.FileName))} {(wanted.Count == 1 ? "is no film that has" : "are no films that have")} to be trimmed.");

        var says = chosen.Select(creative => SlotPlan.Possible(creative, profile!) is { } plan
            ? $"{creative.FileName} for {plan.Slot.Name}: {string.Join(", ", plan.Changes)}."
            : string.Join(" ", CreativeProcessor.Judge(creative, profile!).Select(finding => finding.Says)));
        var changed = draft.Creatives.Select(creative => chosen.FirstOrDefault(one => one.File == creative.File) ?? creative);
        return new CreativeChange(draft with { Creatives = [.. changed] }, string.Join(" ", says), true, [.. chosen.Select(creative => creative.File)]);
    }

    /// <summary>It waits for this word alone.</summary>
    public static bool Asks(SourceCreative creative, NetworkProfile? profile) => profile is not null && creative is { Kind: CreativeKind.Video, TrimAccepted: false }
        && SlotPlan.Possible(creative, profile) is null && SlotPlan.Possible(creative with { TrimAccepted = true }, profile) is not null;
}
