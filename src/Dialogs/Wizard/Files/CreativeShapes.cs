using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;

namespace ChatOpsCampaigns.Dialogs.Wizard.Files;

/// <summary>"crop 2", "pad all", "fit two.png": how a file of another shape is brought to the network's. Never by distortion.</summary>
internal static class CreativeShapes
{
    public static CreativeChange? Read(string text, CampaignDraft draft, NetworkProfile? profile)
    {
        if (Finding.Pattern(@"^\s*(?<fit>crop|pad|bars|fit)(?:\s+(?<which>\S.*))?\s*$").Match(text) is not { Success: true } match
            || CreativeWords.Which(match.Groups["which"].Value.ToLowerInvariant(), draft) is not { } named)
            return null;

        if (named.Problem is { } problem)
            return CreativeChange.Wrong(draft, problem);

        var fit = match.Groups["fit"].Value.ToLowerInvariant() switch { "crop" => Fit.Crop, "fit" => Fit.Inside, _ => Fit.Pad };
        var judged = named.Positions.Select(position => Judge(draft.Creatives[position] with { Fit = fit }, draft.Creatives[position], profile)).ToList();
        ImmutableArray<SourceCreative> chosen = [.. judged.Where(one => one.Right).Select(one => one.Chosen)];
        var says = string.Join(" ", judged.Select(one => one.Says));
        if (chosen.IsEmpty)
            return CreativeChange.Wrong(draft, says);

        var changed = draft.Creatives.Select(creative => chosen.FirstOrDefault(one => one.File == creative.File) ?? creative);
        return new CreativeChange(draft with { Creatives = [.. changed] }, says, true, [.. chosen.Select(creative => creative.File)]);
    }

    private static (SourceCreative Chosen, string Says, bool Right) Judge(SourceCreative chosen, SourceCreative before, NetworkProfile? profile)
    {
        if (chosen.Kind is not (CreativeKind.Image or CreativeKind.Video))
            return (chosen, $"{chosen.FileName} is a {chosen.Kind.ToString().ToLowerInvariant()} and keeps its shape.", false);

        if (profile is null)
            return (chosen, $"{chosen.FileName}: {UploadCards.Word(chosen.Fit!.Value)}.", true);

        if (SlotPlan.Possible(before, profile) is { } now && SlotPlan.Choices(before, profile).IsEmpty)
            return (chosen, $"{chosen.FileName} has the shape of {now.Slot.Name} already.", false);

        return SlotPlan.Best(chosen, profile) switch
        {
            null => (chosen, $"{profile.Title} has no place for {chosen.FileName}.", false),
            { IsPossible: false } plan => (chosen, string.Join(" ", plan.Problems), false),
            var plan => (chosen, $"{chosen.FileName} for {plan.Slot.Name}: {string.Join(", ", plan.Changes.DefaultIfEmpty("as it is"))}.", true),
        };
    }
}
