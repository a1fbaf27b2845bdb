using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator;

/// <summary>Carries commands out at a simulated network, or says why not, as the real one would by its profile.</summary>
internal sealed class SimulatedOrders(NetworkProfile profile, SimulatedWorld world)
{
    /// <summary>In a headline it makes the network refuse the ad at once; promising a result is rejected in review.</summary>
    private const string RefuseMark = "[refuse]";
    private const string PromisingWord = "guaranteed";
    private const int LongestHeadline = 255;

    public ExternalId CarryOut(AdAccount account, SimulatedAccount known, NetworkCommand command, CommandKey key, DateTimeOffset now) => command switch
    {
        NetworkCommand.UploadCreative => Upload(account, known, key),
        NetworkCommand.CreateCampaign create => Create(account, known, create, key, now),
        NetworkCommand.CreateAdSet adSet => Keep(new Change(account.Id, key, AdSetOf(known, adSet), adSet.Parent, null, null)),
        NetworkCommand.CreateAd ad => CreateAd(account, known, ad, key, now),
        NetworkCommand.Activate activate => Activate(account, known, activate, key, now),
        NetworkCommand.Pause pause => Pause(account, known, pause, key, now),
        NetworkCommand.SetDailyBudget budget => SetBudget(account, known, budget, key, now),
        NetworkCommand.SetBid bid => SetBid(account, known, bid, key, now),
        NetworkCommand.PauseAd ad => Switch(account, known, ad.Target, false, key, now),
        NetworkCommand.ResumeAd ad => Switch(account, known, ad.Target, true, key, now),
        NetworkCommand.Archive archive => Happens(account, known, archive.Target, archive.Target, key, now, at => new MarketEvent.Archived(at)),
        _ => throw Rejected($"{profile.Title} does not know {command.GetType().Name}."),
    };

    private ExternalId Upload(AdAccount account, SimulatedAccount known, CommandKey key)
    {
        if (!profile.TakesCreatives)
            throw Rejected($"{profile.Title} takes no files: its ads are made from the store page.");

        return Keep(new Change(account.Id, key, IdIn(account, $"m{known.Creatives + 1}"), null, null, null));
    }

    private ExternalId Create(AdAccount account, SimulatedAccount known, NetworkCommand.CreateCampaign create, CommandKey key, DateTimeOffset now)
    {
        var order = create.Order;
        CheckBudget(account, order.DailyBudget);
        if (!profile.BidStrategies.Contains(order.Bidding.Strategy))
            throw Rejected($"{profile.Title} has no {order.Bidding.Strategy} bidding; it has {string.Join(", ", profile.BidStrategies)}.");

        if (profile.Objectives.All(mapping => mapping.NativeName != order.NativeObjective))
            throw Rejected($"{profile.Title} has no objective {order.NativeObjective}.");

        if (order.LifetimeBudget is not null && !profile.Capabilities.LifetimeBudget)
            throw Rejected($"{profile.Title} has no lifetime budgets.");

        if (order.Targeting.Countries.IsDefaultOrEmpty)
            throw Rejected("A campaign needs at least one country.");

        var created = new CreatedCampaign(create.Campaign, order, FirstBid(order.Bidding), now);
        return Keep(new Change(account.Id, key, IdIn(account, $"c{known.Campaigns.Count + 1}"), null, created, null));
    }

    private ExternalId CreateAd(AdAccount account, SimulatedAccount known, NetworkCommand.CreateAd ad, CommandKey key, DateTimeOffset now)
    {
        var parent = new ExternalId(ad.Parent.Value.Split("-set")[0]);
        var campaign = CampaignOf(known, parent);
        if (!known.Known.Contains(ad.Creative))
            throw Rejected($"There is no creative {ad.Creative}.");

        if (ad.Headline is { Length: > LongestHeadline })
            throw Rejected($"The headline has {ad.Headline.Length} characters; {LongestHeadline} are the most.");

        if (Says(ad, RefuseMark))
            throw Rejected($"The text carries {RefuseMark}: the demonstration refuses this ad.");

        var why = Says(ad, PromisingWord) ? $"\"{PromisingWord}\" promises a result, which the advertising rules forbid; take the word out." : null;
        var id = new ExternalId($"{parent}/{campaign.Ads + 1}");
        return Keep(new Change(account.Id, key, id, parent, null, new MarketEvent.AdAdded(Later(campaign, now), id, ad.Name, why)));
    }

    private ExternalId Activate(AdAccount account, SimulatedAccount known, NetworkCommand.Activate activate, CommandKey key, DateTimeOffset now)
    {
        var campaign = CampaignOf(known, activate.Target);
        if (campaign.Is(NetworkStatus.Archived, now))
            throw Rejected("The campaign is archived for good.");

        if (profile.TakesCreatives && campaign.Ads == 0)
            throw Rejected("The campaign has no ad; add one first.");

        if (campaign.WhyRejected(now) is { } why)
            throw Rejected(why);

        return Happens(account, known, activate.Target, activate.Target, key, now, at => new MarketEvent.Activated(at, activate.StartsAt));
    }

    private ExternalId Pause(AdAccount account, SimulatedAccount known, NetworkCommand.Pause pause, CommandKey key, DateTimeOffset now)
    {
        if (CampaignOf(known, pause.Target).Suffers(MarketFault.RefusePause, now))
            throw Rejected($"{profile.Title} refuses to pause {pause.Target} (demonstration fault).");

        return Happens(account, known, pause.Target, pause.Target, key, now, at => new MarketEvent.Paused(at));
    }

    private ExternalId SetBudget(AdAccount account, SimulatedAccount known, NetworkCommand.SetDailyBudget budget, CommandKey key, DateTimeOffset now)
    {
        CheckBudget(account, budget.To);
        return Happens(account, known, budget.Target, budget.Target, key, now, at => new MarketEvent.BudgetSet(at, budget.To));
    }

    private ExternalId SetBid(AdAccount account, SimulatedAccount known, NetworkCommand.SetBid bid, CommandKey key, DateTimeOffset now)
    {
        if (!CampaignOf(known, bid.Target).HasBid)
            throw Rejected($"{profile.Title} sets the bids of this campaign itself.");

        if (bid.To.Amount <= 0 || bid.To.Currency != account.Currency)
            throw Rejected($"A bid has to be more than 0 {account.Currency}.");

        return Happens(account, known, bid.Target, bid.Target, key, now, at => new MarketEvent.BidSet(at, bid.To));
    }

    private ExternalId Switch(AdAccount account, SimulatedAccount known, ExternalId ad, bool on, CommandKey key, DateTimeOffset now)
    {
        var parent = new ExternalId(ad.Value.Split('/')[0]);
        if (!CampaignOf(known, parent).HasAd(ad, now))
            throw new AdNetworkException(FaultKind.NotFound, $"There is no ad {ad} at {profile.Title}.");

        return Happens(account, known, parent, ad, key, now, at => new MarketEvent.AdSwitched(at, ad, on));
    }

    private ExternalId Happens(
        AdAccount account, SimulatedAccount known, ExternalId target, ExternalId answer, CommandKey key, DateTimeOffset now, Func<DateTimeOffset, MarketEvent> happens)
    {
        var at = Later(CampaignOf(known, target), now);
        return Keep(new Change(account.Id, key, answer, target, null, happens(at)));
    }

    private ExternalId AdSetOf(SimulatedAccount known, NetworkCommand.CreateAdSet adSet)
    {
        CampaignOf(known, adSet.Parent);
        var number = 1;
        var id = new ExternalId($"{adSet.Parent}-set");
        while (known.Known.Contains(id))
            id = new ExternalId($"{adSet.Parent}-set{++number}");

        return id;
    }

    private ExternalId Keep(Change change)
    {
        world.Commit(change);
        return change.Answer;
    }

    private void CheckBudget(AdAccount account, Money daily)
    {
        if (daily.Currency != account.Currency)
            throw Rejected($"The account counts in {account.Currency}, not in {daily.Currency}.");

        var least = profile.MinimumDaily(account.Currency) switch
        {
            BudgetMinimum.Published published => published.Amount,
            BudgetMinimum.OwnFloor floor => floor.Amount,
            _ => account.Currency.Zero,
        };
        if (daily < least || daily.Amount <= 0)
            throw Rejected($"{profile.Title} takes at least {least} a day.");
    }

    private Money? FirstBid(Bidding bidding)
    {
        if (profile.Capabilities.OwnsTheBid)
            return null;

        return bidding.First() ?? bidding.Strategy switch
        {
            BidStrategy.CostCap => throw Rejected("A cost cap needs the cost per result wanted."),
            BidStrategy.BidCap => throw Rejected("A bid cap needs the highest bid."),
            _ => null,
        };
    }

    private SimulatedCampaign CampaignOf(SimulatedAccount known, ExternalId campaign) => known.Campaigns.GetValueOrDefault(campaign)
        ?? throw new AdNetworkException(FaultKind.NotFound, $"There is no campaign {campaign} at {profile.Title}.");

    private static DateTimeOffset Later(SimulatedCampaign campaign, DateTimeOffset now) => campaign.LastEventAt > now ? campaign.LastEventAt : now;

    private static bool Says(NetworkCommand.CreateAd ad, string word) =>
        $"{ad.Headline} {ad.Description}".Contains(word, StringComparison.OrdinalIgnoreCase);

    private static ExternalId IdIn(AdAccount account, string name) => new($"sim-{account.Id.Value.Replace(':', '.')}-{name}");

    private static AdNetworkException Rejected(string says) => new(FaultKind.Rejected, says);
}
