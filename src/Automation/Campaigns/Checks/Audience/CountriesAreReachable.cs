using ChatOpsCampaigns.Automation.Campaigns.Law;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Audience;

/// <summary>Countries by ISO 3166 code, and none where no network delivers.</summary>
internal sealed class CountriesAreReachable : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        foreach (var country in draft.Countries)
        {
            if (country.Length != 2 || !country.All(char.IsAsciiLetterUpper))
                yield return Problem.Blocks(nameof(draft.Countries), $"\"{country}\" is not a country code: write two letters, for example US.");
            else if (Sanctions.Reach(country))
                yield return Problem.Blocks(nameof(draft.Countries), $"{country} is under sanctions and no network delivers there: leave it out.");
        }
    }
}
