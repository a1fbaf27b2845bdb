using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Simulating;

/// <summary>What the product knows of a campaign of an experiment: its own records, filled with what was drawn.</summary>
internal static class SteppedCampaigns
{
    private static readonly ExternalId AtNetwork = new("n-1");

    public static (Campaign Campaign, AdAccount Account, NetworkProfile Profile, NetworkCampaign Running) Of(SteppedTraits traits) =>
        Of(traits.Budget, traits.Cap, traits.TargetCpa, null, traits.Installs, traits.RefreshMinutes, traits.Overdelivery);

    /// <param name="bid">In dollars for a result; null where the network finds it itself.</param>
    public static (Campaign Campaign, AdAccount Account, NetworkProfile Profile, NetworkCampaign Running) Of(
        double budget, double cap, double target, double? bid, bool installs, double refreshMinutes, double overdelivery)
    {
        var profile = AdNetworkCatalog.Profiles.First(one => one.Name.Value == "Meta") with
        {
            UsualReportAge = new Sourced<TimeSpan>(TimeSpan.FromMinutes(refreshMinutes), "drawn"),
            MaxDayFactor = new Sourced<decimal>((decimal)overdelivery, "drawn"),
        };
        var account = new AdAccount(new AdAccountId("simulated"), WorkspaceId.Local, profile.Name, "simulated", Currency.Usd, "UTC", null, NetworkMode.Simulated);
        var spec = new CampaignSpec(
            "Simulated", profile.Name, account.Id, CampaignType.AppInstall, installs ? Objective.Installs : Objective.Purchases, new Destination(),
            new Targeting { Countries = ["US"] }, new Budget(BudgetType.Daily, Dollars(budget), Dollars(cap)),
            new Bidding { Strategy = BidStrategy.CostCap, TargetCpa = Dollars(target), MaxBid = bid is { } start ? Dollars(5 * start) : null },
            new AutomationSettings { AdjustBudgets = false }, Schedule.Now, []);
        var campaign = new Campaign(
            new CampaignId("simulated"), WorkspaceId.Local, "c1", spec, NetworkMode.Simulated, CampaignStatus.Active, new NetworkIds(AtNetwork, null, []),
            Dollars(budget), bid is { } own ? Dollars(own) : null, SteppedTime.Start, new PersonId("local:you"))
        {
            LaunchedAt = SteppedTime.Start,
            FirstRanAt = SteppedTime.Start,
            RunningSince = SteppedTime.Start,
        };
        var running = new NetworkCampaign(AtNetwork, spec.Name, NetworkStatus.Active, campaign.DailyBudget, campaign.Bid, null, []) { Ours = campaign.Id };
        return (campaign, account, profile, running);
    }

    public static Money Dollars(double amount) => Currency.Usd.Of((decimal)amount).Rounded();
}

/// <summary>Experiments keep no readings beyond the window in memory.</summary>
internal sealed class NoReadings : IReadingStore
{
    public static readonly NoReadings Instance = new();

    public Task KeepAsync(AdAccount account, IReadOnlyList<KeptReading> readings, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<KeptReading>> SinceAsync(CampaignId campaign, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<KeptReading>>([]);

    public Task<IReadOnlyDictionary<CampaignId, KeptReading>> NewestAsync(IReadOnlyCollection<CampaignId> campaigns, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<CampaignId, KeptReading>>(new Dictionary<CampaignId, KeptReading>());

    public Task KeepDaysAsync(AdAccount account, CampaignId campaign, IReadOnlyList<DayFigures> figures, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<DayFigures>> DaysAsync(CampaignId campaign, AccountDay from, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DayFigures>>([]);
}
