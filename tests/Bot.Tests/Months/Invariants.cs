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

    private readonly Dictionary<string, List<string>> _trail = [];
    private long _read;
    private int _seen;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task CheckAsync() => bot.CalmlyAsync(async () =>
    {
        var campaigns = await bot.Get<ICampaignStore>().AllAsync(WorkspaceId.Local, Cancel);
        var shown = await bot.AtNetworksAsync();
        NothingIsAboveItsCap(campaigns, shown);
        WhatMayDeliverIsKnown(campaigns, shown);
        await EachCauseHasOneOpenIncidentAsync();
        foreach (var mutation in bot.Mutations.Skip(_seen).ToList())
            await WasAllowedAsync(mutation);

        _seen = bot.Mutations.Count;
        foreach (var key in await ReadTrailAsync())
            _trail[key].Count(kind => kind == "intent").ShouldBe(1, Where($"{key} has {string.Join(", ", _trail[key])}"));

        return true;
    });

    /// <summary>When all is quiet: every mutation that reached a network has one intent and one outcome, and the trail is whole.</summary>
    public Task CheckAtTheEndAsync() => bot.CalmlyAsync(async () =>
    {
        await ReadTrailAsync();
        foreach (var (key, mutations) in bot.Mutations.GroupBy(mutation => mutation.Key.Value).ToDictionary(group => group.Key, group => group.ToList()))
        {
            var kinds = _trail.GetValueOrDefault(key, []);
            var outcomes = kinds.Where(kind => kind is not ("intent" or nameof(IntentState.Unknown))).ToList();
            kinds.Count(kind => kind == "intent").ShouldBe(1, Where($"{key}: {string.Join(", ", kinds)}"));

            // A pause that failed is sent again until the network shows it, a step of a launch until the launch stands: each failure is on record before what came of it.
            var isTriedAgain = mutations[0].Command.Direction == Direction.Reduces || mutations[0].Standing == CampaignStatus.Launching;
            outcomes.SkipLast(1).ShouldAllBe(earlier => isTriedAgain && earlier == nameof(IntentState.Failed), Where($"{key}: {string.Join(", ", kinds)}"));
            outcomes.ShouldNotBeEmpty(Where($"{key}: {string.Join(", ", kinds)}"));
        }

        (await bot.Get<IAuditTrail>().VerifyAsync(Cancel)).Intact.ShouldBeTrue(Where("the trail"));
        return true;
    });

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
    private async Task WasAllowedAsync(WholeBot.Mutation mutation)
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
        mutation.ReadAt.ShouldNotBeNull(Where($"{mutation.Command.Words} without any figures"));
        (mutation.At - mutation.ReadAt.Value).ShouldBeLessThanOrEqualTo(3 * profile.UsualReportAge.Value, Where($"{mutation.Command.Words} on old figures"));
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
