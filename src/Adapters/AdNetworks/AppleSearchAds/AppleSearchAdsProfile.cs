using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using static ChatOpsCampaigns.Adapters.AdNetworks.Specs;

namespace ChatOpsCampaigns.Adapters.AdNetworks.AppleSearchAds;

/// <summary>
/// Apple Ads in the App Store, through the Platform API v1. Ads are made from the app's product page: there is no upload, and
/// its reports know no revenue.
/// </summary>
internal static class AppleSearchAdsProfile
{
    public static readonly NetworkProfile Profile = new()
    {
        Name = new NetworkName("Apple"),
        Title = "Apple Search Ads",
        ShortTitle = "Apple",
        OwnPages = new Uri("https://ads.apple.com"),
        Aliases = ["apple", "asa", "apple search ads", "apple ads", "search ads", "app store"],
        BestFor = "people who search the App Store; iOS installs without creatives of your own",
        UniqueFeatures = "the search of the App Store, keywords (our own words, Apple is not in the comparison)",
        Difficulty = "medium",
        TypicalCpa = Cpa(10, 25) with { Source = "the range of X; our choice, Apple is not in the comparison", Assumed = true },
        Objectives =
        [
            Maps(CampaignType.AppInstall, Objective.Installs, "APPSTORE_APP/INSTALL", App),
            Maps(CampaignType.AppInstall, Objective.Purchases, "APPSTORE_APP/INSTALL", App),
            Maps(CampaignType.AppInstall, Objective.Engagement, "APPSTORE_APP/RETURNING", App),
        ],
        BidStrategies = [BidStrategy.LowestCost, BidStrategy.CostCap, BidStrategy.BidCap],
        Slots = [],
        Capabilities = new NetworkCapabilities { Interests = false, LifetimeBudget = false, Dayparting = true, ReportsRevenue = false },
        UsualReportAge = new Sourced<TimeSpan>(TimeSpan.FromHours(3), "Apple's help speaks of up to about 3 hours; not confirmed", Assumed: true),
        MaxDayFactor = new Sourced<decimal>(2m, "not published", Assumed: true),
    };
}
