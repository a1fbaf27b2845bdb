using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Creatives;

/// <summary>What a network makes of a creative, in words. There is a verdict for every kind at every network.</summary>
public static class CreativeJudge
{
    /// <summary>Something can be shown of it; before a network is chosen that is not known, and it counts.</summary>
    public static bool IsUsable(SourceCreative creative, NetworkProfile? profile) =>
        profile is null || Judge(creative, profile).Any(finding => finding.Kind != FindingKind.Refused);

    public static IReadOnlyList<SpecFinding> Judge(SourceCreative creative, NetworkProfile profile) => creative.Kind switch
    {
        _ when !profile.TakesCreatives => [new SpecFinding(
            FindingKind.Fits, $"{profile.Title} makes its ads from the store page; {creative.FileName} is kept with the draft and not uploaded.")],
        CreativeKind.Image or CreativeKind.Video => JudgeShape(creative, profile),
        CreativeKind.Carousel => [Later(
            creative, profile, "A carousel is not uploaded yet", "Send its pictures one by one: each runs as an ad of its own.")],
        CreativeKind.Playable => [Later(
            creative, profile, "A playable is not uploaded yet", "Send a film or a picture beside it, so that the campaign has something to show.")],
        _ => throw new ArgumentOutOfRangeException(nameof(creative), creative.Kind, "A new kind of creative needs a verdict here."),
    };

    private static List<SpecFinding> JudgeShape(SourceCreative creative, NetworkProfile profile)
    {
        if (creative.Size.Width <= 0 || creative.Size.Height <= 0)
            return [new SpecFinding(FindingKind.Refused, $"{creative.FileName} has no picture in it. Send it again from the program that made it.")];

        if (SlotPlan.Best(creative, profile) is not { } plan)
            return [NoSlot(creative, profile)];

        if (!plan.IsPossible)
            return [.. plan.Problems.Select(problem => new SpecFinding(FindingKind.Refused, problem, plan.Slot))];

        var named = Measures.PromisedBy(creative.FileName) is { } promised && promised != creative.Format
            ? $" (named {Measures.Words(promised)}, really {Measures.Words(creative.Format)})"
            : "";
        return plan.Changes.IsEmpty
            ? [new SpecFinding(FindingKind.Fits, $"{plan.Slot.Name}: fits as it is{named}.", plan.Slot)]
            : [new SpecFinding(FindingKind.WillChange, $"{plan.Slot.Name}: {string.Join(", ", plan.Changes)}{named}.", plan.Slot)];
    }

    private static SpecFinding NoSlot(SourceCreative creative, NetworkProfile profile)
    {
        var takes = profile.Slots.Where(slot => slot.Kind is CreativeKind.Image or CreativeKind.Video).Select(slot => $"{Word(slot.Kind)} {slot.Target}").Distinct();
        return new SpecFinding(
            FindingKind.Refused, $"{profile.Title} has no place for {Word(creative.Kind)}s like {creative.FileName}. It takes {string.Join(", ", takes)}.");
    }

    private static SpecFinding Later(SourceCreative creative, NetworkProfile profile, string says, string right)
    {
        var slot = profile.Slots.FirstOrDefault(slot => slot.Kind == creative.Kind);
        var where = slot is null ? $", and {profile.Title} has no place for it" : "";
        return new SpecFinding(FindingKind.Refused, $"{says}{where}: {creative.FileName} is kept with the draft. {right}", slot);
    }

    private static string Word(CreativeKind kind) => kind switch
    {
        CreativeKind.Image => "picture",
        CreativeKind.Video => "film",
        CreativeKind.Carousel => "carousel",
        _ => "playable",
    };
}
