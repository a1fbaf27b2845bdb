using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using static ChatOpsCampaigns.Adapters.AdNetworks.Specs;

namespace ChatOpsCampaigns.Adapters.AdNetworks.TikTok;

/// <summary>TikTok, through the Marketing API v1.3.</summary>
internal static class TikTokProfile
{
    private const string Guide = "TikTok ads help and upload guide";

    private const string Minimums = "ads.tiktok.com: more than 20 USD or 2,500 JPY a day for an ad group";

    public static readonly NetworkProfile Profile = new()
    {
        Name = new NetworkName("TikTok"),
        Title = "TikTok Ads",
        ShortTitle = "TikTok",
        OwnPages = new Uri("https://ads.tiktok.com"),
        Aliases = ["tiktok", "tik tok", "tt", "tiktok ads"],
        BestFor = "young audiences and short vertical film",
        UniqueFeatures = "short-form video, music",
        Difficulty = "easy",
        TypicalCpa = Cpa(5, 15),
        Objectives =
        [
            Maps(CampaignType.AppInstall, Objective.Installs, "APP_PROMOTION/APP_INSTALL", App),
            Maps(CampaignType.AppInstall, Objective.Purchases, "APP_PROMOTION/APP_INSTALL", App),
            Maps(CampaignType.Conversion, Objective.Purchases, "WEB_CONVERSIONS", Site),
            Maps(CampaignType.Conversion, Objective.Leads, "LEAD_GENERATION", DestinationNeeds.LeadForm),
            Maps(CampaignType.Conversion, Objective.Engagement, "ENGAGEMENT", DestinationNeeds.None),
            .. All(CampaignType.Awareness, "REACH", DestinationNeeds.None),
            .. All(CampaignType.Traffic, "TRAFFIC", DestinationNeeds.LandingUrl),
        ],
        BidStrategies = [BidStrategy.LowestCost, BidStrategy.CostCap, BidStrategy.TargetRoas],
        PublishedMinimums = ImmutableDictionary.CreateRange<string, Sourced<decimal>>(
            [new("USD", new Sourced<decimal>(20, Minimums)), new("JPY", new Sourced<decimal>(2500, Minimums))]),
        Slots =
        [
            Video("In-feed 9:16", new PixelSize(1080, 1920), new PixelSize(540, 960), 500, 5, 60, Guide),
            Video("In-feed 1:1", new PixelSize(1080, 1080), new PixelSize(640, 640), 500, 5, 60, Guide),
            Video("In-feed 16:9", new PixelSize(1920, 1080), new PixelSize(960, 540), 500, 5, 60, Guide),
            Image("Image 9:16", new PixelSize(1080, 1920), new PixelSize(540, 960), 50, Guide).Assumed(),
            Image("Image 1:1", new PixelSize(1080, 1080), new PixelSize(640, 640), 50, Guide).Assumed(),
            Image("Image 1.91:1", new PixelSize(1200, 628), new PixelSize(600, 314), 50, Guide).Assumed(),
            Card("Carousel card 9:16", new PixelSize(1080, 1920), new PixelSize(540, 960), 50, Guide).Assumed(),
        ],
        Capabilities = new NetworkCapabilities { Lookalike = true, CustomAudiences = true, Dayparting = true },
        Ages = new Range<int>(13, 65),
        SpecialCategories =
        [
            new SpecialCategory("housing", "HOUSING", KeepsWide: true), new SpecialCategory("employment", "EMPLOYMENT", KeepsWide: true),
            new SpecialCategory("credit", "CREDIT", KeepsWide: true),
        ],
        UsualReportAge = new Sourced<TimeSpan>(TimeSpan.FromMinutes(10), "basic reports about 10 minutes late on average, a connector's note of 2023"),
        MaxDayFactor = new Sourced<decimal>(1.25m, "TikTok help: a dynamic daily budget may reach 125 % on one day, 7 times a week"),
    };
}
