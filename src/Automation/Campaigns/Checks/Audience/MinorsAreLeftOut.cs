using ChatOpsCampaigns.Automation.Campaigns.Law;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Audience;

/// <summary>Whoever targets ages below 18 says once for the account from which age people are no minors, and none are targeted.</summary>
internal sealed class MinorsAreLeftOut : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (around.Profile is not { } profile || !Minors.MayBeReached(draft, profile))
            yield break;

        if (draft.MinorsBelow is not { } below)
            yield return Problem.Blocks(nameof(draft.MinorsBelow), $"Ages from {draft.AgeMin} may reach minors: say once for this account who is one, for example \"minors under 16\".");
        else if (draft.AgeMin < below)
            yield return Problem.Blocks(nameof(draft.AgeMin), $"Ages from {draft.AgeMin} reach minors, who are people under {below} in this account: say \"{below}-{Math.Max(below, draft.AgeMax ?? below)}\".");
    }
}
