using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using static ChatOpsCampaigns.Adapters.AdNetworks.Specs;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Google;

/// <summary>Google: App campaigns for installs, Demand Gen for the rest, Display for awareness.</summary>
internal static class GoogleProfile
{
    private const string Assets = "support.google.com asset specifications and Google Ads API v25 comments";

    private const string OnlyYouTube =
        "Google's API cannot create a campaign for YouTube alone. Demand Gen runs on YouTube, Discover and Gmail: say \"google\" for that.";

    public static readonly NetworkProfile Profile = new()
    {
        Name = new NetworkName("Google"),
        Title = "Google Ads (App, Demand Gen, Display)",
        ShortTitle = "Google",
        OwnPages = new Uri("https://ads.google.com"),
        Aliases = ["google", "google ads", "uac", "adwords", "demand gen", "demandgen", "gads", "display", "app campaigns"],
        RefusedWords = ImmutableDictionary.CreateRange<string, string>([new("youtube", OnlyYouTube), new("youtube ads", OnlyYouTube), new("yt", OnlyYouTube)]),
        BestFor = "people who are looking for it, and Android installs",
        UniqueFeatures = "keyword targeting, YouTube",
        Difficulty = "medium",
        TypicalCpa = Cpa(10, 30),
        Objectives =
        [
            Maps(CampaignType.AppInstall, Objective.Installs, "MULTI_CHANNEL/APP_CAMPAIGN", App),
            Maps(CampaignType.AppInstall, Objective.Purchases, "MULTI_CHANNEL/APP_CAMPAIGN", App),
            Maps(CampaignType.AppInstall, Objective.Engagement, "MULTI_CHANNEL/APP_CAMPAIGN_FOR_ENGAGEMENT", App),
            Maps(CampaignType.Conversion, Objective.Purchases, "DEMAND_GEN", Site),
            Maps(CampaignType.Conversion, Objective.Leads, "DEMAND_GEN", Site),
            Maps(CampaignType.Conversion, Objective.Engagement, "DEMAND_GEN", DestinationNeeds.LandingUrl),
            .. All(CampaignType.Awareness, "DISPLAY", DestinationNeeds.LandingUrl),
            .. All(CampaignType.Traffic, "DEMAND_GEN", DestinationNeeds.LandingUrl),
        ],
        BidStrategies = [BidStrategy.LowestCost, BidStrategy.CostCap, BidStrategy.BidCap, BidStrategy.TargetRoas],
        Slots =
        [
            Image("Landscape 1.91:1", new PixelSize(1200, 628), new PixelSize(600, 314), 5, Assets),
            Image("Square 1:1", new PixelSize(1200, 1200), new PixelSize(300, 300), 5, Assets),
            Image("Portrait 4:5", new PixelSize(1200, 1500), new PixelSize(480, 600), 5, Assets),
            Image("Tall 9:16", new PixelSize(1080, 1920), new PixelSize(600, 1067), 5, Assets),
            Video("YouTube 16:9", new PixelSize(1920, 1080), new PixelSize(854, 480), 5120, 10, 60, Assets),
            Video("YouTube Shorts 9:16", new PixelSize(1080, 1920), new PixelSize(480, 854), 5120, 10, 60, Assets),
            Card("Demand Gen card 1:1", new PixelSize(1200, 1200), new PixelSize(300, 300), 5, Assets).Assumed(),
            Playable(5, "zip of HTML5 up to 5 MB, not confirmed", MediaFormat.Zip, MediaFormat.Html).Assumed(),
        ],
        Capabilities = new NetworkCapabilities { CustomAudiences = true },
        SpecialCategories = [new SpecialCategory("politics", "CONTAINS_EU_POLITICAL_ADVERTISING")],
        UsualReportAge = new Sourced<TimeSpan>(TimeSpan.FromHours(3), "support.google.com 2544985: clicks and cost usually within 3 hours"),
        TakesBack = new Sourced<decimal>(0.03m, "invalid clicks are credited after the fact; the share is ours", Assumed: true),
        MaxDayFactor = new Sourced<decimal>(2m, "support.google.com 1704443: up to twice the daily budget, 30.4 times a month"),
    };
}
