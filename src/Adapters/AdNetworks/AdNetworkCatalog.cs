using ChatOpsCampaigns.Adapters.AdNetworks.AppleSearchAds;
using ChatOpsCampaigns.Adapters.AdNetworks.AppLovin;
using ChatOpsCampaigns.Adapters.AdNetworks.Google;
using ChatOpsCampaigns.Adapters.AdNetworks.Meta;
using ChatOpsCampaigns.Adapters.AdNetworks.Snapchat;
using ChatOpsCampaigns.Adapters.AdNetworks.TikTok;
using ChatOpsCampaigns.Adapters.AdNetworks.Unity;
using ChatOpsCampaigns.Adapters.AdNetworks.X;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Adapters.AdNetworks;

/// <summary>Every ad network, in the order in which the wizard offers them. A ninth is one profile and one line here.</summary>
internal static class AdNetworkCatalog
{
    public static readonly IReadOnlyList<NetworkProfile> Profiles =
    [
        MetaProfile.Profile, GoogleProfile.Profile, TikTokProfile.Profile, SnapchatProfile.Profile, XProfile.Profile,
        UnityProfile.Profile, AppLovinProfile.Profile, AppleSearchAdsProfile.Profile,
    ];
}
