namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Ads;

/// <summary>What single networks have beside the rest: refused elsewhere, and said where it does not reach the network today.</summary>
internal sealed class ExtrasAreOffered : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (around.Profile is not { } profile)
            yield break;

        if (!draft.Genres.IsEmpty && !profile.Capabilities.AppGenres)
            yield return Problem.Blocks(nameof(draft.Genres), $"{profile.Title} knows no game genres: say \"all genres\".");

        if (draft.PredictedLtvTop is not null && !profile.Capabilities.PredictedLtv)
            yield return Problem.Blocks(nameof(draft.PredictedLtvTop), $"{profile.Title} has no predicted-LTV audience: say \"no predicted ltv\".");

        var wanted = (!draft.Genres.IsEmpty && profile.Capabilities.AppGenres) || (draft.PredictedLtvTop is not null && profile.Capabilities.PredictedLtv);
        if (wanted && profile.ExtrasNote is { } note)
            yield return Problem.Warns(draft.Genres.IsEmpty ? nameof(draft.PredictedLtvTop) : nameof(draft.Genres), $"{note}.");
    }
}
