using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Demo;

/// <summary>Where the demonstration account is written.</summary>
internal sealed record DemoStores(
    ICampaignStore Campaigns, IReadingStore Readings, IDecisionStore Decisions, IIncidentStore Incidents, IActivityFeed Feed);

/// <summary>
/// Fills an empty installation with campaigns that have run for up to sixty days, so that there is something true to look at. Their
/// past is the market's own: the same function that goes on from here gave their daily figures.
/// </summary>
internal sealed class DemoAccount(SimulatedWorld world, DemoStores stores, IAdNetworkDirectory networks, IAdAccounts accounts, CampaignClock clock)
{
    /// <summary>Writes it unless somebody has made a campaign; goes on where a crash ended it. How many campaigns were added.</summary>
    public async Task<int> CreateAsync(CancellationToken cancellationToken)
    {
        var known = await stores.Campaigns.AllAsync(WorkspaceId.Local, cancellationToken);
        if (known.Any(campaign => !campaign.Demo) || known.Count >= DemoPlan.Campaigns.Count)
            return 0;

        var stories = (await StoriesAsync(cancellationToken)).Where(story => known.All(campaign => campaign.Name != story.Draft.Plan.Name)).ToList();
        foreach (var story in stories)
            await KeepAsync(story, cancellationToken);

        foreach (var happened in stories.SelectMany(DemoRecords.FeedOf).OrderBy(happened => happened.At))
            await stores.Feed.PublishAsync(happened, cancellationToken);

        return stories.Count;
    }

    private async Task<IReadOnlyList<DemoStory>> StoriesAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var all = await accounts.AllAsync(cancellationToken);
        var stories = new List<DemoStory>();
        foreach (var (plan, number) in DemoPlan.Campaigns.Select((plan, index) => (plan, index + 1)))
        {
            var account = all.FirstOrDefault(account => account.Network.Value == plan.Network && account.Mode == NetworkMode.Simulated);
            if (account is not null)
                stories.Add(new DemoStory(DemoDraft.Of(plan, number, account, networks.Profile(account.Network), world.Options, now), now));
        }

        return stories;
    }

    private async Task KeepAsync(DemoStory story, CancellationToken cancellationToken)
    {
        var draft = story.Draft;
        if (world.Find(draft.Campaign) is null)
            world.Commit([.. story.Changes()]);

        var days = world.DaysOf(draft.Account, draft.Id, draft.Account.DayAt(draft.LaunchedAt), clock.GetUtcNow());
        await stores.Readings.KeepDaysAsync(draft.Account, draft.Campaign, days, cancellationToken);
        var byDay = days.ToDictionary(figures => figures.Day);
        foreach (var decision in DemoRecords.DecisionsOf(story, byDay))
            await stores.Decisions.AddAsync(decision, cancellationToken);

        await KeepIncidentAsync(story, byDay, cancellationToken);
        await stores.Campaigns.AddAsync(DemoRecords.CampaignOf(story), cancellationToken);
    }

    private async Task KeepIncidentAsync(DemoStory story, Dictionary<AccountDay, DayFigures> days, CancellationToken cancellationToken)
    {
        if (story.Stop is not { } stop)
            return;

        var spent = days[story.Draft.Account.DayAt(stop.StoppedAt)].Spend;
        if (DemoRecords.IncidentOf(story, spent) is { } incident && await stores.Incidents.FindAsync(incident.Id, cancellationToken) is null)
        {
            // Opened and closed in one breath: a demonstration calls nobody.
            var (opened, _) = await stores.Incidents.OpenAsync(incident, cancellationToken);
            await stores.Incidents.ChangeAsync(opened.Id, now => now with { State = IncidentState.Closed }, cancellationToken);
        }
    }
}
