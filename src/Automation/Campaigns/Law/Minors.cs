using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Campaigns.Law;

/// <summary>When a draft may reach people who are not of age.</summary>
public static class Minors
{
    private const int OfAge = 18;

    public static bool MayBeReached(CampaignDraft draft, NetworkProfile profile) =>
        profile.Capabilities.AgeTargeting && profile.Ages.Low < OfAge && draft.AgeMin < OfAge;
}
