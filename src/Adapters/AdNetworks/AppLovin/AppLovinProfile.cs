using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using static ChatOpsCampaigns.Adapters.AdNetworks.Specs;

namespace ChatOpsCampaigns.Adapters.AdNetworks.AppLovin;

/// <summary>AppLovin Axon: its model sets every bid; we give it a goal and a budget, in US dollars only.</summary>
internal static class AppLovinProfile
{
    private const string Api = "Axon Campaign Management API; the exact pixel sizes are not published";

    public static readonly NetworkProfile Profile = new()
    {
        Name = new NetworkName("AppLovin"),
        Title = "AppLovin (Axon)",
        ShortTitle = "AppLovin",
        OwnPages = new Uri("https://ads.axon.ai"),
        Aliases = ["applovin", "app lovin", "axon", "applovin axon"],
        BestFor = "games at scale with the network's own learning bidder",
        UniqueFeatures = "machine-learned bidding, LTV targeting",
        Difficulty = "hard",
        TypicalCpa = Cpa(4, 15),
        Objectives =
        [
            Maps(CampaignType.AppInstall, Objective.Installs, "CPI", App),
            Maps(CampaignType.AppInstall, Objective.Purchases, "CPP", App),
            Maps(CampaignType.AppInstall, Objective.Leads, "CPE", App),
            Maps(CampaignType.AppInstall, Objective.Engagement, "CPE", App),
        ],
        BidStrategies = [BidStrategy.LowestCost, BidStrategy.CostCap, BidStrategy.TargetRoas],
        Slots =
        [
            Video("Portrait video 9:16", new PixelSize(1080, 1920), new PixelSize(540, 960), 1024, 5, 60, Api).Assumed(),
            Image("Portrait interstitial", new PixelSize(1080, 1920), new PixelSize(540, 960), 5, Api).Assumed(),
            Playable(5, Api).Assumed(),
        ],
        Capabilities = new NetworkCapabilities
        {
            AgeTargeting = false,
            GenderTargeting = false,
            Interests = false,
            LifetimeBudget = false,
            OwnsTheBid = true,
            PredictedLtv = true,
        },
        ExtrasNote = "Axon's API of 2026 takes no predicted-LTV audience, its model looks for such people itself: the wish is kept with the campaign and not sent",
        UsualReportAge = new Sourced<TimeSpan>(TimeSpan.FromHours(2), "hourly rows arrive late; the last two hours count as provisional", Assumed: true),
        MaxDayFactor = new Sourced<decimal>(2m, "not published", Assumed: true),
    };
}
