using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Sharing;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

/// <summary>Valid things with fixed values; a test changes what it is about.</summary>
public static class A
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The eight networks as they really are.</summary>
    public static IReadOnlyList<NetworkProfile> Networks => Adapters.AdNetworks.AdNetworkCatalog.Profiles;

    public static Money Usd(decimal amount) => Currency.Usd.Of(amount);

    public static NetworkProfile Profile(string name = "Meta") => new()
    {
        Name = new NetworkName(name),
        Title = $"{name} Ads",
        ShortTitle = name,
        OwnPages = new Uri($"https://ads.{name.ToLowerInvariant()}.example"),
        Aliases = [name.ToLowerInvariant(), .. name == "Meta" ? (string[])["facebook", "fb"] : []],
        BestFor = "tests",
        UniqueFeatures = "features of its own",
        Difficulty = "easy",
        TypicalCpa = new Sourced<Range<decimal>>(new Range<decimal>(8, 20), "test"),
        Objectives =
        [
            new ObjectiveMapping(CampaignType.AppInstall, Objective.Installs, "APP_INSTALLS", DestinationNeeds.StoreUrl | DestinationNeeds.Os),
            new ObjectiveMapping(CampaignType.Traffic, Objective.Engagement, "TRAFFIC", DestinationNeeds.LandingUrl),
        ],
        BidStrategies = [BidStrategy.LowestCost, BidStrategy.CostCap, BidStrategy.BidCap, BidStrategy.TargetRoas],
        Slots =
        [
            new CreativeSlot(
                "Square", CreativeKind.Image, new PixelSize(1080, 1080), new PixelSize(600, 600), 30_000_000, [MediaFormat.Jpeg, MediaFormat.Png], "test"),
            new CreativeSlot(
                "Story", CreativeKind.Video, new PixelSize(1080, 1920), new PixelSize(540, 960), 500_000_000, [MediaFormat.Mp4], "test")
            {
                MaxDuration = TimeSpan.FromSeconds(60),
            },
        ],
        Capabilities = new NetworkCapabilities { Lookalike = true, CustomAudiences = true },
        UsualReportAge = new Sourced<TimeSpan>(TimeSpan.FromMinutes(15), "test"),
        MaxDayFactor = new Sourced<decimal>(1.75m, "test"),
    };

    public static AdAccount Account(string network = "Meta") => new(
        new AdAccountId(network.ToLowerInvariant()), WorkspaceId.Local, new NetworkName(network), $"act-{network}", Currency.Usd, "America/New_York",
        Usd(10_000), NetworkMode.Simulated);

    public static SourceCreative Picture(string name = "a.png") => new(
        Digest.Of(name), name, CreativeKind.Image, MediaFormat.Png, new PixelSize(1080, 1080), 120_000, null, false, Digest.Of($"{name}-small"));

    public static CampaignSpec Spec(string name = "Facebook installs US CA", string network = "Meta") => new(
        name, new NetworkName(network), new AdAccountId(network.ToLowerInvariant()), CampaignType.AppInstall, Objective.Installs,
        new Destination { StoreUrl = "https://apps.apple.com/app/id1234567890", Os = DeviceOs.Ios },
        new Targeting { Countries = ["US", "CA"], AgeMin = 18, AgeMax = 44 },
        new Budget(BudgetType.Daily, Usd(500), Usd(750)),
        new Bidding { Strategy = BidStrategy.CostCap, TargetCpa = Usd(12), MaxBid = Usd(15) },
        new AutomationSettings { MinRoas = 2m, MaxCpa = Usd(18) },
        Schedule.Now,
        [Picture()]);

    public static Campaign Campaign(CampaignStatus status = CampaignStatus.Active, string id = "c-1") => new(
        new CampaignId(id), WorkspaceId.Local, "c1", Spec(), NetworkMode.Simulated, status,
        status == CampaignStatus.Launching ? NetworkIds.None : new NetworkIds(new ExternalId("n1"), new ExternalId("n1-set"), [new ExternalId("n1/0")]),
        Usd(500), Usd(12), Noon.AddDays(-10), new PersonId("local:ana"))
    {
        Conversation = "local/ana",
        LaunchedAt = status == CampaignStatus.Launching ? null : Noon.AddDays(-10),
    };

    /// <summary>The same campaign as its network has it.</summary>
    public static NetworkCampaign AtNetwork(Campaign campaign, NetworkStatus status = NetworkStatus.Active) => new(
        campaign.Network.Campaign ?? new ExternalId("n1"), campaign.Name, status, campaign.DailyBudget, campaign.Bid, null,
        [.. campaign.Network.Ads.Select(ad => new NetworkAd(ad, ad.Value, NetworkStatus.Active))])
    {
        Ours = campaign.Id,
    };

    /// <summary>A draft that passes every check.</summary>
    public static CampaignDraft Draft(string id = "d-1") => new(new DraftId(id), WorkspaceId.Local, new PersonId("local:ana"), "local/ana", "review")
    {
        Name = "Facebook installs US CA",
        NameSaid = true,
        Network = new NetworkName("Meta"),
        Account = new AdAccountId("meta"),
        Creatives = [Picture()],
        CreativesDone = true,
        Type = CampaignType.AppInstall,
        Objective = Objective.Installs,
        Destination = new Destination { StoreUrl = "https://apps.apple.com/app/id1234567890", Os = DeviceOs.Ios },
        Countries = ["US", "CA"],
        AgeMin = 18,
        AgeMax = 44,
        Gender = Gender.All,
        BudgetType = BudgetType.Daily,
        BudgetAmount = Usd(500),
        MaxDailySpend = Usd(750),
        Strategy = BidStrategy.CostCap,
        TargetCpa = Usd(12),
        MaxBid = Usd(15),
        Automation = new AutomationSettings { MinRoas = 2m, MaxCpa = Usd(18) },
        ModeSaid = true,
        Schedule = Schedule.Now,
    };

    /// <summary>What days say of the budget of <see cref="Campaign"/>: nothing that moves it.</summary>
    public static BudgetShare Share() => new(new CampaignId("c-1"), Usd(500), Usd(500), Usd(10), Usd(8), Usd(12), null, .5, 12, 400, [new CampaignId("c-1")]) { Limit = Usd(12) };
}
