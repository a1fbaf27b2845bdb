using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Tests.Months;

/// <summary>What holds after every step, whatever happened in it.</summary>
internal sealed class Invariants(WholeBot bot)
{
    private const int FewEntries = 20;
    private const int ManyEntries = 1000;

    private static readonly TimeSpan OldestForRaise = TimeSpan.FromHours(3);

    /// <summary>From the judgement until the network has it: two looks at the database, one at the network and the call itself, each slow.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, List<string>> _trail = [];
    private long _read;
    private int _seen;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task CheckAsync() => bot.CalmlyAsync(async () =>
    {
        var campaigns = await bot.Get<ICampaignStore>().AllAsync(WorkspaceId.Local, Cancel);
        var shown = await bot.AtNetworksAsync();
        NothingIsAboveItsCap(campaigns, shown);
        await NothingIsAboveALimitAsync(campaigns, shown);
        WhatMayDeliverIsKnown(campaigns, shown);
        await EachCauseHasOneOpenIncidentAsync();
        foreach (var mutation in bot.Mutations.Skip(_seen).ToList())
            await WasAllowedAsync(mutation);

        _seen = bot.Mutations.Count;
        foreach (var key in await ReadTrailAsync())
            _trail[key].Count(kind => kind == "intent").ShouldBe(1, Where($"{key} has {string.Join(", ", _trail[key])}"));

        return true;
    });

    /// <summary>When all is quiet: whatever was wanted has one intent and one outcome, what reached a network was wanted, and the trail is whole.</summary>
    public Task CheckAtTheEndAsync() => bot.CalmlyAsync(async () =>
    {
        await ReadTrailAsync();
        var arrived = bot.Mutations.ToLookup(mutation => mutation.Key.Value);
        foreach (var mutation in bot.Mutations)
            _trail.ShouldContainKey(mutation.Key.Value, Where($"{mutation.Command.Words} is not in the trail"));

        foreach (var (key, kinds) in _trail)
            await HasOneOutcomeAsync(key, kinds, arrived[key].FirstOrDefault());

        (await bot.Get<IIntentStore>().OpenAsync(Cancel)).Select(open => open.Key.Value).ShouldBeEmpty(Where("not settled"));
        (await bot.Get<IAuditTrail>().VerifyAsync(Cancel)).Intact.ShouldBeTrue(Where("the trail"));
        return true;
    });

    private async Task HasOneOutcomeAsync(string key, List<string> kinds, Mutation? arrived)
    {
        var where = Where($"{key}: {string.Join(", ", kinds)}");
        var intent = (await bot.Get<IIntentStore>().FindAsync(new CommandKey(key), Cancel)).ShouldNotBeNull(where);
        var counts = kinds.CountBy(kind => kind).ToDictionary();
        counts.GetValueOrDefault("intent").ShouldBe(1, where);

        // A pause that failed is sent again until the network shows it, a step of a launch until the launch stands: each failure is on record before what came of it.
        var isTriedAgain = intent.Command.Direction == Direction.Reduces || intent.Command.Creates || arrived is { Standing: CampaignStatus.Launching };
        var failures = isTriedAgain ? counts.GetValueOrDefault(nameof(IntentState.Failed)) : 0;
        var earlier = intent.State == IntentState.Failed && failures > 0 ? failures - 1 : failures;
        (counts.Values.Sum() - 1 - counts.GetValueOrDefault(nameof(IntentState.Unknown)) - earlier).ShouldBe(1, where);
        kinds[^1].ShouldBe(intent.State.ToString(), where);
    }

    private void NothingIsAboveItsCap(IReadOnlyList<Campaign> campaigns, IReadOnlyList<NetworkCampaign> shown)
    {
        foreach (var campaign in campaigns)
        {
            var cap = campaign.Spec.Budget.MaxDailySpend;
            campaign.DailyBudget.ShouldBeLessThanOrEqualTo(cap, Where(campaign.Name));
            foreach (var there in shown.Where(one => one.Ours == campaign.Id))
            {
                there.DailyBudget.ShouldBeLessThanOrEqualTo(cap, Where($"{campaign.Name} at its network"));
                if (there.Bid is { } bid && campaign.Spec.Bidding.MaxBid is { } max)
                    bid.ShouldBeLessThanOrEqualTo(max, Where($"the bid of {campaign.Name} at its network"));
            }
        }
    }

    /// <summary>What may spend at the networks stays together below the limit of its account, and of all accounts of its currency.</summary>
    private async Task NothingIsAboveALimitAsync(IReadOnlyList<Campaign> campaigns, IReadOnlyList<NetworkCampaign> shown)
    {
        var spending = campaigns.SelectMany(campaign => shown.Where(there => there.Ours == campaign.Id && there.MayDeliver).Select(there => (campaign.Account, there.DailyBudget))).ToList();
        var accounts = bot.Get<IAdAccounts>();
        var known = await accounts.AllAsync(Cancel);
        foreach (var account in known.Where(account => account.DailyLimit is not null))
            Together(account.Currency, one => one == account.Id).ShouldBeLessThanOrEqualTo(account.DailyLimit!.Value, Where($"all of {account.Id}"));

        foreach (var currency in known.Select(account => account.Currency).Distinct())
        {
            if (await accounts.FindWorkspaceLimitAsync(currency, Cancel) is { } limit)
                Together(currency, one => known.Any(account => account.Id == one && account.Currency == currency)).ShouldBeLessThanOrEqualTo(limit, Where($"all in {currency}"));
        }

        Money Together(Currency currency, Func<AdAccountId, bool> counts) =>
            spending.Where(one => counts(one.Account)).Aggregate(currency.Zero, (sum, one) => sum + one.DailyBudget);
    }

    private void WhatMayDeliverIsKnown(IReadOnlyList<Campaign> campaigns, IReadOnlyList<NetworkCampaign> shown)
    {
        foreach (var there in shown.Where(one => one.MayDeliver))
            campaigns.ShouldContain(campaign => campaign.Network.Campaign == there.Id || (campaign.Id == there.Ours && campaign.Status == CampaignStatus.Launching), Where($"{there.Name} runs and is not known"));

        shown.Where(one => one.Status != NetworkStatus.Archived).GroupBy(one => one.Ours).ShouldAllBe(same => same.Count() == 1, Where("one campaign stands twice at its network"));
    }

    private async Task EachCauseHasOneOpenIncidentAsync() => (await bot.Get<IIncidentStore>().OpenAsync(Cancel))
        .GroupBy(incident => (incident.Campaign, incident.Cause))
        .ShouldAllBe(same => same.Count() == 1, Where("open incidents"));

    /// <summary>More money only on figures of a network that answers, and a stopped campaign only by a person who may.</summary>
    private async Task WasAllowedAsync(Mutation mutation)
    {
        if (mutation.Command.Direction != Direction.Raises)
            return;

        var intent = (await bot.Get<IIntentStore>().FindAsync(mutation.Key, Cancel)).ShouldNotBeNull(Where($"{mutation.Key} was sent without an intent"));
        if (mutation.Standing == CampaignStatus.Stopped && mutation.Command is NetworkCommand.Activate)
        {
            intent.By.ShouldNotBeOneOf(PersonId.Agent, PersonId.Monitor, PersonId.System);
            (await bot.PersonAsync(intent.By.Value.Split(':')[1])).May(Automation.People.Permission.Respond).ShouldBeTrue(Where($"{intent.By} resumed"));
        }

        if (mutation.Standing == CampaignStatus.Launching)
            return;

        var profile = bot.Get<IAdNetworkDirectory>().Profiles.First(one => mutation.Command.Account.Value.StartsWith(one.Name.Value, StringComparison.OrdinalIgnoreCase));
        var usual = profile.UsualReportAge.Value;
        mutation.FiguresAsOf.ShouldNotBeNull(Where($"{mutation.Command.Words} without any figures"));
        (mutation.At - mutation.FiguresAsOf.Value).ShouldBeLessThanOrEqualTo(
            (usual < OldestForRaise ? usual : OldestForRaise) + OnItsWay, Where($"{mutation.Command.Words} on figures of {mutation.FiguresAsOf:u}"));
    }

    /// <summary>Reads on from where it was; gives the keys that something was added to.</summary>
    private async Task<IReadOnlySet<string>> ReadTrailAsync()
    {
        var newest = await NewestAsync(FewEntries);
        if (newest.Count == FewEntries && newest.Min(stored => stored.Number) > _read + 1)
            newest = await NewestAsync(ManyEntries);

        var keys = new HashSet<string>();
        foreach (var stored in newest.Where(stored => stored.Number > _read).OrderBy(stored => stored.Number))
        {
            _read = stored.Number;
            if (stored.Entry.Kind is not ("intent" or "outcome"))
                continue;

            var key = (string)stored.Entry.Facts["key"]!;
            keys.Add(key);
            _trail.TryAdd(key, []);
            _trail[key].Add(stored.Entry.Kind == "intent" ? "intent" : (string)stored.Entry.Facts["state"]!);
        }

        return keys;
    }

    private Task<IReadOnlyList<StoredAuditEntry>> NewestAsync(int count) => bot.Get<IAuditTrail>().LatestAsync(null, count, Cancel);

    private string Where(string what) => $"{what}, at {bot.Clock.GetUtcNow():u}. {bot.Faults}";
}
