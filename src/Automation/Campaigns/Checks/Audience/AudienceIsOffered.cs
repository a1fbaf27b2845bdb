namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Audience;

/// <summary>What the network cannot target at all: said before the launch instead of being dropped in silence.</summary>
internal sealed class AudienceIsOffered : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (around.Profile is not { } profile)
            yield break;

        var can = profile.Capabilities;
        if (draft.Gender is Gender.Male or Gender.Female && !can.GenderTargeting)
            yield return Problem.Blocks(nameof(draft.Gender), $"{profile.Title} cannot target a gender: say \"all genders\".");

        if (!draft.Interests.IsEmpty && !can.Interests)
            yield return Problem.Blocks(nameof(draft.Interests), $"{profile.Title} cannot target interests: say \"no interests\".");

        if (draft.Lookalike is not null && !can.Lookalike)
            yield return Problem.Blocks(nameof(draft.Lookalike), $"{profile.Title} has no lookalike audiences: say \"no lookalike\".");

        if (draft.Lookalike is { Percent: not (1 or 5 or 10) } lookalike)
            yield return Problem.Blocks(nameof(draft.Lookalike), $"A lookalike takes 1, 5 or 10 %, not {lookalike.Percent} %.");

        if (!draft.CustomAudiences.IsEmpty && !can.CustomAudiences)
            yield return Problem.Blocks(nameof(draft.CustomAudiences), $"{profile.Title} takes no custom audiences: say \"no custom audiences\".");
    }
}
