using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using static ChatOpsCampaigns.Adapters.AdNetworks.Specs;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Meta;

/// <summary>Facebook and Instagram. Only the six OUTCOME_ objectives can still be created.</summary>
internal static class MetaProfile
{
    private const string Sheet = "Meta ads specification sheets, 2026 (third party); 30 MB and 4 GB are Meta's own caps";

    public static readonly NetworkProfile Profile = new()
    {
        Name = new NetworkName("Meta"),
        Title = "Facebook / Instagram (Meta)",
        ShortTitle = "Facebook",
        OwnPages = new Uri("https://business.facebook.com/adsmanager"),
        Aliases = ["facebook", "fb", "meta", "insta", "instagram", "ig", "facebook ads", "meta ads", "instagram ads"],
        BestFor = "broad reach, app installs and sales; the widest choice of creatives",
        UniqueFeatures = "lookalike audiences, detailed targeting",
        Difficulty = "easy",
        TypicalCpa = Cpa(8, 20),
        Objectives =
        [
            Maps(CampaignType.AppInstall, Objective.Installs, "OUTCOME_APP_PROMOTION", App),
            Maps(CampaignType.AppInstall, Objective.Purchases, "OUTCOME_APP_PROMOTION", App),
            Maps(CampaignType.AppInstall, Objective.Engagement, "OUTCOME_ENGAGEMENT", DestinationNeeds.None),
            Maps(CampaignType.Conversion, Objective.Purchases, "OUTCOME_SALES", Site),
            Maps(CampaignType.Conversion, Objective.Leads, "OUTCOME_LEADS", DestinationNeeds.LeadForm),
            Maps(CampaignType.Conversion, Objective.Engagement, "OUTCOME_ENGAGEMENT", DestinationNeeds.None),
            .. All(CampaignType.Awareness, "OUTCOME_AWARENESS", DestinationNeeds.None),
            .. All(CampaignType.Traffic, "OUTCOME_TRAFFIC", DestinationNeeds.LandingUrl),
        ],
        BidStrategies = [BidStrategy.LowestCost, BidStrategy.CostCap, BidStrategy.BidCap, BidStrategy.TargetRoas],
        Slots =
        [
            Image("Feed 1:1", new PixelSize(1080, 1080), new PixelSize(600, 600), 30, Sheet),
            Image("Feed 4:5", new PixelSize(1080, 1350), new PixelSize(600, 750), 30, Sheet),
            Image("Landscape 1.91:1", new PixelSize(1200, 628), new PixelSize(600, 314), 30, Sheet),
            Image("Story 9:16", new PixelSize(1080, 1920), new PixelSize(600, 1067), 30, Sheet),
            Video("Feed video 1:1", new PixelSize(1080, 1080), new PixelSize(720, 720), 4096, 1, 240, Sheet).Assumed(),
            Video("Story video 9:16", new PixelSize(1080, 1920), new PixelSize(720, 1280), 4096, 1, 240, Sheet).Assumed(),
            Video("Landscape video 16:9", new PixelSize(1920, 1080), new PixelSize(1280, 720), 4096, 1, 240, Sheet).Assumed(),
            Card("Carousel card 1:1", new PixelSize(1080, 1080), new PixelSize(600, 600), 30, Sheet),
            Playable(2, "2 MB of HTML5, from memory of Meta's help", MediaFormat.Html, MediaFormat.Zip).Assumed(),
        ],
        Capabilities = new NetworkCapabilities { Lookalike = true, CustomAudiences = true },
        Ages = new Range<int>(13, 65),
        SpecialCategories =
        [
            new SpecialCategory("housing", "HOUSING", KeepsWide: true), new SpecialCategory("employment", "EMPLOYMENT", KeepsWide: true),
            new SpecialCategory("financial products", "FINANCIAL_PRODUCTS_SERVICES", KeepsWide: true), new SpecialCategory("credit", "CREDIT", KeepsWide: true),
            new SpecialCategory("politics", "ISSUES_ELECTIONS_POLITICS"), new SpecialCategory("gambling", "ONLINE_GAMBLING_AND_GAMING"),
        ],
        NamesPayerInEu = true,
        UsualReportAge = new Sourced<TimeSpan>(TimeSpan.FromMinutes(15), "insights are usually refreshed about every 15 minutes", Assumed: true),
        MaxDayFactor = new Sourced<decimal>(1.75m, "Meta help: up to 75 % over a daily budget on one day, levelled over the week"),
    };
}
