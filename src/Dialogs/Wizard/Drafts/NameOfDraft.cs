using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;

namespace ChatOpsCampaigns.Dialogs.Wizard.Drafts;

/// <summary>The name that is suggested: "Facebook installs US CA".</summary>
internal static class NameOfDraft
{
    private const int MostCountries = 3;

    public static string Suggest(CampaignDraft draft, NetworkProfile profile)
    {
        if (draft.Countries.IsEmpty)
            return $"{profile.ShortTitle} draft";

        var what = draft.Objective is { } objective ? Finding.Lower(objective) : draft.Type is { } type ? ObjectiveFields.Words(type) : "campaign";
        var where = draft.Countries.Length > MostCountries
            ? $"{string.Join(' ', draft.Countries.Take(MostCountries))} +{draft.Countries.Length - MostCountries}"
            : string.Join(' ', draft.Countries);
        return $"{profile.ShortTitle} {what} {where}".Trim();
    }
}
