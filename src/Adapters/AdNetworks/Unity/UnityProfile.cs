using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using static ChatOpsCampaigns.Adapters.AdNetworks.Specs;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Unity;

/// <summary>Unity Ads: installs of games inside games. There is no ad set, and a campaign runs only in countries that have a bid.</summary>
internal static class UnityProfile
{
    private const string Api = "Unity Advertising Management API v1";

    public static readonly NetworkProfile Profile = new()
    {
        Name = new NetworkName("Unity"),
        Title = "Unity Ads",
        ShortTitle = "Unity",
        OwnPages = new Uri("https://cloud.unity.com"),
        Aliases = ["unity", "unity ads", "unityads"],
        BestFor = "installs of mobile games, playables and rewarded video",
        UniqueFeatures = "in-game ads, playable ads",
        Difficulty = "medium",
        TypicalCpa = Cpa(3, 12),
        Objectives =
        [
            Maps(CampaignType.AppInstall, Objective.Installs, "installs", App),
            Maps(CampaignType.AppInstall, Objective.Purchases, "roas", App),
            Maps(CampaignType.AppInstall, Objective.Engagement, "retention", App),
            Maps(CampaignType.Conversion, Objective.Purchases, "eventOptimization", App),
            Maps(CampaignType.Conversion, Objective.Leads, "eventOptimization", App),
        ],
        BidStrategies = [BidStrategy.LowestCost, BidStrategy.CostCap, BidStrategy.BidCap, BidStrategy.TargetRoas],
        Slots =
        [
            Video("Portrait video 9:16", new PixelSize(1080, 1920), new PixelSize(540, 960), 100, 1, 30, Api),
            Video("Landscape video 16:9", new PixelSize(1920, 1080), new PixelSize(960, 540), 100, 1, 30, Api),
            Image("Square end card", new PixelSize(800, 800), new PixelSize(800, 800), 5, Api),
            Playable(5, Api),
        ],
        Capabilities = new NetworkCapabilities
        {
            AgeTargeting = false,
            GenderTargeting = false,
            Interests = false,
            LifetimeBudget = false,
            AppGenres = true,
        },
        ExtrasNote = "Unity's API of 2026 takes no genres: they are kept with the campaign and not sent",
        UsualReportAge = new Sourced<TimeSpan>(TimeSpan.FromHours(24), "integrators report 24 to 48 hours; not published", Assumed: true),
        MaxDayFactor = new Sourced<decimal>(2m, "not published", Assumed: true),
    };
}
