namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Audience;

/// <summary>Custom audiences are looked up at the network, or it is said that nobody could.</summary>
internal sealed class AudiencesExist : IDraftCheck
{
    private const int MostNamed = 10;

    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (draft.CustomAudiences.IsEmpty || around.Profile is not { Capabilities.CustomAudiences: true } profile || around.Account is null)
            yield break;

        if (around.Outside.Audiences is not { } known)
        {
            yield return Problem.Warns(nameof(draft.CustomAudiences), $"{profile.Title} cannot be asked now whether {string.Join(", ", draft.CustomAudiences)} exist: it is not checked before the launch, and the network may refuse it.");
            yield break;
        }

        var unknown = draft.CustomAudiences.Where(wanted => !known.Contains(wanted, StringComparer.OrdinalIgnoreCase)).ToList();
        if (unknown.Count > 0)
            yield return Problem.Blocks(nameof(draft.CustomAudiences), known.Length == 0
                ? $"The ad account {around.Account.Id} has no custom audiences at {profile.Title}: say \"no custom audiences\"."
                : $"There is no custom audience {string.Join(", ", unknown.Select(name => $"\"{name}\""))} in {around.Account.Id}: it has {string.Join(", ", known.Take(MostNamed))}.");
    }
}
