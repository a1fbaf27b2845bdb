using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator;

/// <summary>How a campaign stands after some of its events: folded one event after the other, asked for any later moment.</summary>
internal sealed class CampaignStanding(CreatedCampaign created, bool takesCreatives, TimeSpan reviewTime)
{
    /// <summary>In a campaign's name it makes the network's review say no.</summary>
    public const string RejectMark = "[reject]";

    private readonly List<Ad> _ads = [];
    private readonly List<MarketEvent.FaultStarted> _faults = [];
    private DateTimeOffset? _firstActivated;
    private DateTimeOffset? _startsAt;
    private bool _activated;
    private bool _archived;

    public Money Budget { get; private set; } = created.Order.DailyBudget;

    public Money? Bid { get; private set; } = created.Bid;

    public DateTimeOffset? StartsAt => _startsAt ?? created.Order.Schedule.Start;

    public void Apply(MarketEvent happened)
    {
        switch (happened)
        {
            case MarketEvent.AdAdded added:
                _ads.Add(new Ad(added.Ad, added.Name, added.At, added.WhyRejected ?? MarkedName()));
                break;
            case MarketEvent.Activated activated:
                (_activated, _firstActivated, _startsAt) = (true, _firstActivated ?? activated.At, activated.StartsAt);
                break;
            case MarketEvent.Paused:
                _activated = false;
                break;
            case MarketEvent.BudgetSet budget:
                Budget = budget.Amount;
                break;
            case MarketEvent.BidSet bid:
                Bid = bid.Amount;
                break;
            case MarketEvent.AdSwitched switched:
                foreach (var ad in _ads.Where(ad => ad.Id == switched.Ad))
                    ad.On = switched.On;
                break;
            case MarketEvent.Archived:
                _archived = true;
                break;
            case MarketEvent.FaultStarted fault:
                _faults.Add(fault);
                break;
            case MarketEvent.Calmed:
                _faults.Clear();
                break;
            default:
                throw new InvalidOperationException(happened.GetType().Name);
        }
    }

    /// <summary>Moments after the last event at which something changes by itself: start, end, reviews, faults that run out.</summary>
    public IEnumerable<DateTimeOffset> ChangesByItself() =>
        _ads.Select(ReviewEnds).Append(_startsAt).Append(created.Order.Schedule.End).Concat(_faults.Select(fault => fault.Until)).OfType<DateTimeOffset>();

    public NetworkStatus StatusAt(DateTimeOffset now)
    {
        if (_archived)
            return NetworkStatus.Archived;

        if (!_activated)
            return NetworkStatus.Paused;

        if (created.Order.Schedule.End <= now)
            return NetworkStatus.Ended;

        if (_ads.Count > 0 && _ads.TrueForAll(ad => StatusOf(ad, now) == NetworkStatus.Rejected))
            return NetworkStatus.Rejected;

        if (_startsAt > now)
            return NetworkStatus.Scheduled;

        return takesCreatives && !_ads.Exists(ad => StatusOf(ad, now) is NetworkStatus.Active or NetworkStatus.Paused)
            ? NetworkStatus.InReview
            : NetworkStatus.Active;
    }

    public bool DeliversAt(DateTimeOffset now) =>
        StatusAt(now) == NetworkStatus.Active && (!takesCreatives || _ads.Exists(ad => StatusOf(ad, now) == NetworkStatus.Active));

    public string? WhyRejected(DateTimeOffset now) =>
        StatusAt(now) == NetworkStatus.Rejected ? _ads.Select(ad => ad.WhyRejected).FirstOrDefault(why => why is not null) : null;

    public IEnumerable<NetworkAd> AdsAt(DateTimeOffset now) => _ads.Select(ad =>
    {
        var status = StatusOf(ad, now);
        return new NetworkAd(ad.Id, ad.Name, status, status == NetworkStatus.Rejected ? ad.WhyRejected : null);
    });

    public IEnumerable<MarketEvent.FaultStarted> FaultsAt(DateTimeOffset now) => _faults.Where(fault => fault.At <= now && (fault.Until is null || now < fault.Until));

    private NetworkStatus StatusOf(Ad ad, DateTimeOffset now)
    {
        if (ReviewEnds(ad) is not { } ends || now < ends)
            return NetworkStatus.InReview;

        if (ad.WhyRejected is not null)
            return NetworkStatus.Rejected;

        return ad.On ? NetworkStatus.Active : NetworkStatus.Paused;
    }

    /// <summary>Review begins when the campaign is first activated, or with a later ad.</summary>
    private DateTimeOffset? ReviewEnds(Ad ad) =>
        _firstActivated is { } activated ? (activated > ad.CreatedAt ? activated : ad.CreatedAt) + reviewTime : null;

    private string? MarkedName() => created.Order.Name.Contains(RejectMark, StringComparison.OrdinalIgnoreCase)
        ? $"The name carries {RejectMark}: the demonstration's review says no."
        : null;

    private sealed class Ad(ExternalId id, string name, DateTimeOffset createdAt, string? whyRejected)
    {
        public ExternalId Id => id;

        public string Name => name;

        public DateTimeOffset CreatedAt => createdAt;

        public string? WhyRejected => whyRejected;

        public bool On { get; set; } = true;
    }
}
