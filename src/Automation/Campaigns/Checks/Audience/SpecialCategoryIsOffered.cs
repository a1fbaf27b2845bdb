namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Audience;

/// <summary>Only what the network knows can be declared, and what it keeps wide cannot be narrowed.</summary>
internal sealed class SpecialCategoryIsOffered : IDraftCheck
{
    private const int OfAge = 18;
    private const int Oldest = 65;

    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (draft.Destination.SpecialCategory is not { } said || around.Profile is not { } profile)
            yield break;

        var category = profile.SpecialCategories.FirstOrDefault(known => known.Word == said);
        if (category is null)
        {
            yield return Problem.Blocks("Destination.SpecialCategory", profile.SpecialCategories.IsEmpty
                ? $"{profile.Title} asks for no special category: say \"no special category\"."
                : $"{profile.Title} has no special category \"{said}\": it knows {string.Join(", ", profile.SpecialCategories.Select(known => known.Word))}; or say \"no special category\".");
            yield break;
        }

        var narrow = draft.AgeMin > OfAge || draft.AgeMax < Math.Min(Oldest, profile.Ages.High) || draft.Gender is Gender.Male or Gender.Female || draft.Lookalike is not null;
        if (category.KeepsWide && narrow)
            yield return Problem.Warns("Destination.SpecialCategory", $"{profile.ShortTitle} allows no narrow ages, gender or lookalike for {said} in many countries and may refuse it: \"{OfAge}-{Oldest}; all; no lookalike\" is safe.");
    }
}
