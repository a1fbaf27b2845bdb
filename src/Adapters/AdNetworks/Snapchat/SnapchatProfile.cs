using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using static ChatOpsCampaigns.Adapters.AdNetworks.Specs;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Snapchat;

/// <summary>Snapchat, through the Marketing API v1. Target ROAS was withdrawn on 10 February 2025.</summary>
internal static class SnapchatProfile
{
    private const string Specification = "developers.snap.com specification pages";

    public static readonly NetworkProfile Profile = new()
    {
        Name = new NetworkName("Snapchat"),
        Title = "Snapchat Ads",
        ShortTitle = "Snapchat",
        OwnPages = new Uri("https://ads.snapchat.com"),
        Aliases = ["snapchat", "snap", "snap ads", "snapchat ads"],
        BestFor = "teenagers and young adults, full-screen vertical film",
        UniqueFeatures = "AR lenses, Snap Pixel",
        Difficulty = "easy",
        TypicalCpa = Cpa(7, 18),
        Objectives =
        [
            Maps(CampaignType.AppInstall, Objective.Installs, "APP_PROMOTION/APP_INSTALL", App),
            Maps(CampaignType.AppInstall, Objective.Purchases, "APP_PROMOTION/APP_INSTALL", App),
            Maps(CampaignType.AppInstall, Objective.Engagement, "APP_PROMOTION/APP_REENGAGEMENT", App),
            Maps(CampaignType.Conversion, Objective.Purchases, "SALES", Site),
            Maps(CampaignType.Conversion, Objective.Leads, "LEADS", DestinationNeeds.LeadForm),
            Maps(CampaignType.Conversion, Objective.Engagement, "AWARENESS_AND_ENGAGEMENT", DestinationNeeds.None),
            .. All(CampaignType.Awareness, "AWARENESS_AND_ENGAGEMENT", DestinationNeeds.None),
            .. All(CampaignType.Traffic, "TRAFFIC", DestinationNeeds.LandingUrl),
        ],
        BidStrategies = [BidStrategy.LowestCost, BidStrategy.CostCap, BidStrategy.BidCap],
        Slots =
        [
            Video("Snap ad 9:16", new PixelSize(1080, 1920), new PixelSize(540, 960), 1024, 3, 180, Specification),
            Image("Snap ad 9:16", new PixelSize(1080, 1920), new PixelSize(540, 960), 5, Specification),
            Playable(5, "the API takes playable media; the size is our choice", MediaFormat.Zip, MediaFormat.Html).Assumed(),
        ],
        Capabilities = new NetworkCapabilities { Lookalike = true, CustomAudiences = true, ReportsDataTime = true },
        Ages = new Range<int>(13, 65),
        SpecialCategories =
        [
            new SpecialCategory("dating", "regulated_content"), new SpecialCategory("alcohol", "regulated_content"), new SpecialCategory("gambling", "regulated_content"),
        ],
        UsualReportAge = new Sourced<TimeSpan>(TimeSpan.FromMinutes(15), "developers.snap.com: delivery figures about 15 minutes late"),
        TakesBack = new Sourced<decimal>(0.03m, "figures are final only before finalized_data_end_time; the share is ours", Assumed: true),
        MaxDayFactor = new Sourced<decimal>(2m, "not published", Assumed: true),
    };
}
