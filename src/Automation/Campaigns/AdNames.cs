using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Campaigns;

/// <summary>What a campaign's ads are called, at its network since they were made and wherever people read of them.</summary>
public static class AdNames
{
    /// <param name="position">The creative's place in the campaign, from 0.</param>
    public static string At(string campaign, int position) => $"{campaign} {position + 1}";

    /// <summary>For sentences: <c>ad "Spring US 2"</c>, or its number where nobody can tell which of the creatives it shows.</summary>
    public static string Of(Campaign campaign, ExternalId ad)
    {
        var index = campaign.Network.Ads.IndexOf(ad);
        var positions = Enumerable.Range(0, campaign.Spec.Creatives.Length).Where(position => campaign.RefusedAds.All(refused => refused.Position != position)).ToList();
        return index >= 0 && positions.Count == campaign.Network.Ads.Length ? $"ad \"{At(campaign.Name, positions[index])}\"" : $"ad {ad}";
    }
}
