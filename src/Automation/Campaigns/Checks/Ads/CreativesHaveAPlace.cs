using ChatOpsCampaigns.Automation.Creatives;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Ads;

/// <summary>Each creative against the network's places: one that fits is enough, the others are said.</summary>
internal sealed class CreativesHaveAPlace : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (around.Profile is not { TakesCreatives: true } profile || draft.Creatives.IsEmpty)
            yield break;

        var refused = draft.Creatives
            .Select(creative => (creative, findings: CreativeProcessor.Judge(creative, profile)))
            .Where(judged => judged.findings.All(finding => finding.Kind == FindingKind.Refused))
            .ToList();
        var none = refused.Count == draft.Creatives.Length;
        foreach (var (creative, findings) in refused)
            yield return none ? Problem.Blocks("Creatives", $"{creative.FileName}: {findings[0].Says}") : Problem.Warns("Creatives", $"{creative.FileName}: {findings[0].Says} It is left out.");
    }
}
