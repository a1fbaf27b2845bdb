using System.Collections.Immutable;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Demo;

/// <summary>A demonstration campaign in the making: its place in the market and the numbers it is run by.</summary>
internal sealed class DemoDraft
{
    /// <summary>Of the campaigns that the market would draw, one is taken whose cost is near the middle: it stays well inside its limits.</summary>
    private const double NearMiddle = 0.25;
    private const int Tries = 200;

    /// <summary>One after the other, over five days; more than these begin again with the first, so that none is launched in the future.</summary>
    private const int LaunchesInARow = 1000;

    /// <summary>What the campaign bids above its true cost, and the ceilings above that.</summary>
    private const decimal BidOverCost = 1.15m;
    private const decimal MaxBidOverBid = 1.5m;
    private const decimal MaxCpaOverBid = 1.6m;
    private const decimal CapOverBudget = 2m;
    private const decimal LeastRoas = 1.2m;

    private DemoDraft(DemoCampaign plan, AdAccount account, NetworkProfile profile, ExternalId id, MarketParameters market, CampaignOrder order, DateTimeOffset launched)
    {
        (Plan, Account, Profile, Id, Market, Order, LaunchedAt) = (plan, account, profile, id, market, order, launched);
        Campaign = new CampaignId($"demo-{id.Value}");
        Bid = order.Bidding.Strategy is BidStrategy.CostCap or BidStrategy.BidCap && !profile.Capabilities.OwnsTheBid ? order.Bidding.TargetCpa : null;
    }

    public DemoCampaign Plan { get; }

    public AdAccount Account { get; }

    public NetworkProfile Profile { get; }

    public ExternalId Id { get; }

    public CampaignId Campaign { get; }

    public MarketParameters Market { get; }

    public CampaignOrder Order { get; }

    public DateTimeOffset LaunchedAt { get; }

    public Money? Bid { get; }

    public static PersonId Launcher => new("local:ana");

    public static DemoDraft Of(DemoCampaign plan, int number, AdAccount account, NetworkProfile profile, SimulatorOptions options, DateTimeOffset now)
    {
        var rate = MarketParameters.PerDollar(account.Currency);
        var daily = account.Currency.Of(plan.Daily * rate).Rounded();
        var launched = account.DayAt(now.AddDays(-plan.DaysAgo)).Start(account.Zone()).AddHours(9).AddMinutes(7 * (number % LaunchesInARow));
        var native = profile.FindObjective(plan.Type, plan.Objective)!.NativeName;
        var order = new CampaignOrder(
            plan.Name, new CommandKey($"demo/{number}"), native, daily, new Bidding { Strategy = plan.Strategy },
            new Targeting { Countries = plan.Countries, AgeMin = 18, AgeMax = 44 }, DestinationOf(plan), Schedule.Now)
        {
            Result = ResultWord.Of(plan.Type, plan.Objective),
        };

        var (id, market) = Placed(account, profile, order, number, options);
        var target = account.Currency.Of((decimal)market.TrueCost * BidOverCost).Rounded();
        var bidding = new Bidding
        {
            Strategy = plan.Strategy,
            TargetCpa = target,
            MaxBid = (target * MaxBidOverBid).Rounded(),
            Worth = market.Result.IsConversion ? account.Currency.Of((decimal)market.Worth).Rounded() : null,
        };
        order = order with { Bidding = bidding };
        return new DemoDraft(plan, account, profile, id, MarketParameters.Draw(options.Seed, RandomStream.NumberOf(id.Value), profile, order), order, launched);
    }

    public CampaignSpec Spec => new(
        Plan.Name, Profile.Name, Account.Id, Plan.Type, Plan.Objective, Order.Destination, Order.Targeting,
        new Budget(BudgetType.Daily, Order.DailyBudget, (Order.DailyBudget * CapOverBudget).Rounded()), Order.Bidding,
        new AutomationSettings
        {
            Enabled = Plan.ByAgent,
            MaxCpa = Market.Result.IsConversion ? (Order.Bidding.TargetCpa!.Value * MaxCpaOverBid).Rounded() : null,
            MinRoas = Market.HasValues && Profile.Capabilities.ReportsRevenue ? LeastRoas : null,
        },
        Schedule.Now, ImmutableArray<SourceCreative>.Empty);

    private static Destination DestinationOf(DemoCampaign plan) => plan.Type == CampaignType.AppInstall
        ? new Destination { StoreUrl = "https://apps.apple.com/app/id1234567890", Os = DeviceOs.Ios }
        : new Destination { LandingUrl = "https://shop.example/spring", Pixel = "demo-pixel" };

    private static (ExternalId Id, MarketParameters Market) Placed(
        AdAccount account, NetworkProfile profile, CampaignOrder order, int number, SimulatorOptions options)
    {
        var middle = 0.0;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var id = new ExternalId($"sim-{account.Id.Value.Replace(':', '.')}-d{number}{(attempt == 0 ? "" : $".{attempt}")}");
            var market = MarketParameters.Draw(options.Seed, RandomStream.NumberOf(id.Value), profile, order);
            middle = market.MiddleCpa;
            if (market.Pacing == Pacing.Even && Math.Abs(Math.Log(market.TrueCpa / middle)) < NearMiddle)
                return (id, market);
        }

        throw new InvalidOperationException($"No place in the market near {middle} was found.");
    }
}
