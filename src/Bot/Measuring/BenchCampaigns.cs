using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Demo;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Bot.Measuring;

/// <summary>Running campaigns with a past of two weeks, spread over all accounts of all networks, written where launches would have put them.</summary>
internal static class BenchCampaigns
{
    private const int DaysAgo = 14;

    public static async Task<IReadOnlyList<Campaign>> AddAsync(BenchHost host, int count, CancellationToken cancellationToken)
    {
        var drafts = await DraftsAsync(host, count, cancellationToken);
        var added = new List<Campaign>();
        foreach (var draft in drafts)
            added.Add(await AddAsync(host, draft, cancellationToken));

        return added;
    }

    /// <summary>Accounts that have one of these.</summary>
    public static int Accounts(IEnumerable<Campaign> campaigns) => campaigns.Select(campaign => campaign.Account).Distinct().Count();

    private static async Task<IReadOnlyList<DemoDraft>> DraftsAsync(BenchHost host, int count, CancellationToken cancellationToken)
    {
        var networks = host.Get<IAdNetworkDirectory>();
        var options = host.Get<SimulatorOptions>();
        var accounts = Interleaved(await host.Get<IAdAccounts>().AllAsync(cancellationToken));
        var now = host.Clock.GetUtcNow();
        return [.. Enumerable.Range(1, count).Select(number =>
        {
            var account = accounts[(number - 1) % accounts.Count];
            return DemoDraft.Of(PlanOf(account, number), number, account, networks.Profile(account.Network), options, now);
        })];
    }

    private static async Task<Campaign> AddAsync(BenchHost host, DemoDraft draft, CancellationToken cancellationToken)
    {
        var world = host.Get<SimulatedWorld>();
        var readings = host.Get<IReadingStore>();
        var story = new DemoStory(draft, host.Clock.GetUtcNow());
        world.Commit([.. story.Changes()]);
        var days = world.DaysOf(draft.Account, draft.Id, draft.Account.DayAt(draft.LaunchedAt), host.Clock.GetUtcNow());
        await readings.KeepDaysAsync(draft.Account, draft.Campaign, days, cancellationToken);

        return await host.Get<ICampaignStore>().AddAsync(DemoRecords.CampaignOf(story) with { Demo = false }, cancellationToken);
    }

    private static DemoCampaign PlanOf(AdAccount account, int number)
    {
        var model = DemoPlan.Campaigns.First(plan => plan.Network == account.Network.Value);
        return model with { Name = $"{model.Name} {number}", ByAgent = true, DaysAgo = DaysAgo, Ending = DemoEnding.Runs };
    }

    /// <summary>One account of each network, then the next of each.</summary>
    private static List<AdAccount> Interleaved(IReadOnlyList<AdAccount> accounts) =>
    [
        .. accounts
            .GroupBy(account => account.Network)
            .SelectMany(network => network.Select((account, place) => (account, place)))
            .OrderBy(one => one.place)
            .Select(one => one.account),
    ];
}
