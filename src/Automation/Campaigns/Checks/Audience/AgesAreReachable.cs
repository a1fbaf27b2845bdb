namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Audience;

/// <summary>The youngest comes first, and both are ages that the network reaches.</summary>
internal sealed class AgesAreReachable : IDraftCheck
{
    private const int OfAge = 18;

    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (draft is not { AgeMin: { } min, AgeMax: { } max })
            yield break;

        if (min > max)
        {
            yield return Problem.Blocks(nameof(draft.AgeMin), $"The ages run backwards, from {min} to {max}: did you mean {max}-{min}?");
            yield break;
        }

        if (around.Profile is not { } profile)
            yield break;

        var narrowed = min > profile.Ages.Low || max < profile.Ages.High;
        if (!profile.Capabilities.AgeTargeting && narrowed && (min, max) is not (18, 65))
            yield return Problem.Warns(nameof(draft.AgeMin), $"{profile.Title} cannot target ages: it will be shown to every age, not only to {min}–{max}.");
        else if (min < profile.Ages.Low || max > profile.Ages.High)
            yield return Problem.Blocks(nameof(draft.AgeMin), $"{profile.Title} takes ages from {profile.Ages.Low} to {profile.Ages.High}, not {min}–{max}: for example {Math.Max(min, profile.Ages.Low)}-{Math.Min(max, profile.Ages.High)}.");

        if (min < OfAge)
            yield return Problem.Warns(nameof(draft.AgeMin), $"Below {OfAge} the networks allow no targeting by interests or behaviour, and gender only in part: from {OfAge} on everything works.");
    }
}
