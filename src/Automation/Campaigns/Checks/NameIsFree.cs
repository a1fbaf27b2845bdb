namespace ChatOpsCampaigns.Automation.Campaigns.Checks;

/// <summary>A name that was taken after the review would be changed behind the person's back.</summary>
internal sealed class NameIsFree : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (draft.Name is { } name && CampaignNames.Free(name, around.Names) is var free && free != name)
            yield return Problem.Blocks(nameof(draft.Name), $"There is a campaign \"{name}\" already: say \"name it {free}\".");
    }
}
