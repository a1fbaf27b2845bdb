namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Ads;

/// <summary>A page that does not answer is said and blocks nothing: it may be ready when the campaign is.</summary>
internal sealed class LandingPageAnswers : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (around.Outside.LandingProblem is { } says)
            yield return Problem.Warns(nameof(draft.Destination), says);
    }
}
