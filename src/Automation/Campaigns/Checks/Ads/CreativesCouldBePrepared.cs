using ChatOpsCampaigns.Automation.Creatives;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Ads;

/// <summary>What the preparation in the background found out about the files themselves.</summary>
public sealed class CreativesCouldBePrepared(PreparationFaults faults) : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (around.Profile is not { } profile)
            yield break;

        for (var position = 0; position < draft.Creatives.Length; position++)
        {
            if (faults.Find(draft.Creatives[position], profile) is { } says)
                yield return Problem.Blocks("Creatives", $"{says} Or leave it out: \"remove {position + 1}\".");
        }
    }
}
