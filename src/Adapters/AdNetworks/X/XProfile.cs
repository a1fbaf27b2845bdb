using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using static ChatOpsCampaigns.Adapters.AdNetworks.Specs;

namespace ChatOpsCampaigns.Adapters.AdNetworks.X;

/// <summary>X, formerly Twitter, through the Ads API v12. There is no target-ROAS bidding and no hour schedule.</summary>
internal static class XProfile
{
    private const string Documents = "X Ads API documentation, August 2026";

    public static readonly NetworkProfile Profile = new()
    {
        Name = new NetworkName("X"),
        Title = "X (Twitter) Ads",
        ShortTitle = "X",
        OwnPages = new Uri("https://ads.x.com"),
        Aliases = ["x", "twitter", "x ads", "twitter ads", "tweet"],
        BestFor = "news, interests and conversations of the day",
        UniqueFeatures = "promoted posts, hashtag targeting",
        Difficulty = "easy",
        TypicalCpa = Cpa(10, 25),
        Objectives =
        [
            Maps(CampaignType.AppInstall, Objective.Installs, "APP_INSTALLS/APP_INSTALLS", App),
            Maps(CampaignType.AppInstall, Objective.Purchases, "APP_INSTALLS/APP_PURCHASES", App),
            Maps(CampaignType.AppInstall, Objective.Engagement, "APP_ENGAGEMENTS/APP_CLICKS", App),
            Maps(CampaignType.Conversion, Objective.Purchases, "WEBSITE_CLICKS/WEBSITE_CONVERSIONS", Site),
            Maps(CampaignType.Conversion, Objective.Leads, "WEBSITE_CLICKS/WEBSITE_CONVERSIONS", Site),
            Maps(CampaignType.Conversion, Objective.Engagement, "WEBSITE_CLICKS/SITE_VISITS", DestinationNeeds.LandingUrl),
            .. All(CampaignType.Awareness, "REACH/MAX_REACH", DestinationNeeds.None),
            .. All(CampaignType.Traffic, "WEBSITE_CLICKS/LINK_CLICKS", DestinationNeeds.LandingUrl),
        ],
        BidStrategies = [BidStrategy.LowestCost, BidStrategy.CostCap, BidStrategy.BidCap],
        Slots =
        [
            Image("Card 1.91:1", new PixelSize(1200, 628), new PixelSize(800, 419), 3, Documents),
            Image("Card 1:1", new PixelSize(1080, 1080), new PixelSize(800, 800), 3, Documents),
            Video("Video 16:9", new PixelSize(1920, 1080), new PixelSize(640, 360), 500, 1, 600, Documents),
            Video("Video 1:1", new PixelSize(1080, 1080), new PixelSize(600, 600), 500, 1, 600, Documents),
            Card("Swipeable card 1:1", new PixelSize(1080, 1080), new PixelSize(800, 800), 3, Documents),
        ],
        Capabilities = new NetworkCapabilities { CustomAudiences = true },
        Ages = new Range<int>(13, 65),
        UsualReportAge = new Sourced<TimeSpan>(TimeSpan.FromMinutes(5), "\"within seconds\" by the documentation, not confirmed; five minutes are ours", Assumed: true),
        MaxDayFactor = new Sourced<decimal>(2m, "not published", Assumed: true),
    };
}
