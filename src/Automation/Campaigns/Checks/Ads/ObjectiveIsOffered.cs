namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Ads;

/// <summary>Only pairs of type and objective that the network has a name for.</summary>
internal sealed class ObjectiveIsOffered : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (around.Profile is not { } profile || draft is not { Type: { } type, Objective: { } objective } || profile.FindObjective(type, objective) is not null)
            yield break;

        var sameType = profile.Objectives.Where(mapping => mapping.Type == type).Select(mapping => Word(mapping.Objective)).ToList();
        var types = profile.Objectives.Select(mapping => Word(mapping.Type)).Distinct();
        yield return Problem.Blocks(
            nameof(draft.Objective),
            sameType.Count > 0
                ? $"{profile.Title} runs {Word(type)} campaigns for {string.Join(", ", sameType)}, not for {Word(objective)}: choose one of these."
                : $"{profile.Title} has no {Word(type)} campaigns: choose {string.Join(", ", types)}, or another network.");
    }

    private static string Word(CampaignType type) => type == CampaignType.AppInstall ? "app install" : type.ToString().ToLowerInvariant();

    private static string Word(Objective objective) => objective.ToString().ToLowerInvariant();
}
