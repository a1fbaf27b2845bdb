using System.Collections.Immutable;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator;

/// <summary>One campaign at a simulated network: what it was created as, what happened to it, and its market.</summary>
internal sealed class SimulatedCampaign(ExternalId id, CreatedCampaign created, NetworkProfile profile, SimulatorOptions options)
{
    private readonly List<MarketEvent> _events = [];
    private readonly ulong _number = RandomStream.NumberOf(id.Value);
    private readonly CampaignStanding _standing = new(created, profile.TakesCreatives, options.ReviewTime);
    private Timeline? _timeline;
    private CampaignMarket? _market;

    public CampaignId Campaign => created.Campaign;

    public DateTimeOffset LastEventAt => _events.Count > 0 ? _events[^1].At : created.At;

    public int Ads { get; private set; }

    public void Apply(MarketEvent happened)
    {
        _events.Add(happened);
        _standing.Apply(happened);
        _timeline = null;
        if (happened is MarketEvent.AdAdded)
            Ads++;
    }

    public bool Is(NetworkStatus status, DateTimeOffset now) => _standing.StatusAt(now) == status;

    public string? WhyRejected(DateTimeOffset now) => _standing.WhyRejected(now);

    public bool Suffers(MarketFault fault, DateTimeOffset now) => _standing.FaultsAt(now).Any(active => active.Fault == fault);

    public IReadOnlyList<MarketEvent.FaultStarted> Faults(DateTimeOffset now) => [.. _standing.FaultsAt(now)];

    public bool HasAd(ExternalId ad, DateTimeOffset now) => _standing.AdsAt(now).Any(known => known.Id == ad);

    public bool HasBid => _standing.Bid is not null;

    public NetworkCampaign Shown(DateTimeOffset now) => new(
        id, created.Order.Name, _standing.StatusAt(now), _standing.Budget, _standing.Bid, _standing.StartsAt,
        [.. _standing.AdsAt(now)], _standing.WhyRejected(now))
    {
        LifetimeBudget = created.Order.LifetimeBudget,
        Ours = created.Campaign,
    };

    /// <summary>What the network's report shows at a moment.</summary>
    public PerformanceReading Read(AdAccount account, DateTimeOffset now)
    {
        var market = Market(account);
        var asOf = new ReportSchedule(options.Seed, _number, ReportSchedule.RefreshOf(profile)).DataAsOf(now);
        var today = account.DayAt(now);
        var figures = FiguresOf(account, today, asOf, asOf - market.Parameters.ConversionHold);
        var yesterday = created.At < today.Start(account.Zone())
            ? FiguresOf(account, today.Previous, asOf, asOf - market.Parameters.ConversionHold)
            : null;
        var shown = Shown(now);

        return new PerformanceReading(
            shown, now, profile.Capabilities.ReportsDataTime ? asOf : null, figures, yesterday, AdShares.Split(figures, shown.Ads, options.Seed));
    }

    /// <summary>A day's figures as the network knows them at a moment.</summary>
    public DayFigures FiguresOf(AdAccount account, AccountDay day, DateTimeOffset asOf, DateTimeOffset resultsAsOf)
    {
        var totals = Market(account).TotalsOf(day, asOf, resultsAsOf, Timeline());
        var currency = created.Order.DailyBudget.Currency;
        var earns = Market(account).Parameters.HasValues && profile.Capabilities.ReportsRevenue;

        return new DayFigures(
            day, currency.Of((decimal)totals.Spend).Rounded(), totals.Impressions, totals.Clicks,
            Math.Round((decimal)totals.Results, 3), earns ? currency.Of((decimal)totals.Revenue).Rounded() : null);
    }

    public MarketParameters Parameters => MarketParameters.Draw(options.Seed, _number, profile, created.Order);

    private CampaignMarket Market(AdAccount account) => _market ??= new CampaignMarket(
        new Scene(
            options.Seed, _number, Parameters, (double)created.Order.DailyBudget.Amount, created.At,
            profile.Capabilities.Dayparting ? created.Order.Schedule.Hours : ImmutableArray<int>.Empty),
        account.Zone(), created.At);

    private Timeline Timeline() => _timeline ??= Simulator.Market.Timeline.Of(new CampaignStanding(created, profile.TakesCreatives, options.ReviewTime), _events);
}
