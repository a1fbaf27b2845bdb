using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.RollingBack;

/// <summary>Undoes for a person, on record and told where the campaign's news goes. Each move back has one key, so that saying it twice does it once.</summary>
public sealed class UndoDesk(UndoPlans plans, LeverRollBack levers, ICampaignStore campaigns, IActivityFeed feed, CampaignClock clock)
{
    private const string Undone = "undone";

    public Task<CampaignReturn> LastAsync(Campaign campaign, CancellationToken cancellationToken) => plans.LastAsync(campaign, cancellationToken);

    public Task<IReadOnlyList<CampaignReturn>> SinceAsync(Person by, DateTimeOffset since, CancellationToken cancellationToken) =>
        plans.SinceAsync(by, since, cancellationToken);

    /// <summary>Undoes the last move of one lever.</summary>
    public async Task<string> UndoAsync(Campaign campaign, string lever, Person by, CancellationToken cancellationToken)
    {
        var found = await plans.LastAsync(campaign, cancellationToken);
        var plan = found.Plan with { Levers = [.. found.Plan.Levers.Where(one => one.Lever == lever)], LeftAlone = [] };
        return plan.Levers.IsEmpty
            ? $"Nothing of the {lever} of {campaign.Name} is left to undo."
            : await PutBackAsync(found with { Plan = plan }, by, $"{by.Name} undid it", Undone, cancellationToken);
    }

    public Task<CampaignReturn> OfActAsync(Campaign campaign, string act, CancellationToken cancellationToken) => plans.OfActAsync(campaign, act, cancellationToken);

    /// <summary>Undoes one act of the agent, as a whole.</summary>
    public async Task<string> UndoActAsync(Campaign campaign, string act, Person by, CancellationToken cancellationToken)
    {
        var found = await plans.OfActAsync(campaign, act, cancellationToken);
        return found.Plan.Levers.IsEmpty || !found.Plan.LeftAlone.IsEmpty
            ? $"Nothing of that act in {campaign.Name} is left to undo."
            : await PutBackAsync(found, by, $"{by.Name} undid it", Undone, cancellationToken, together: true);
    }

    /// <summary>Of each campaign what became of it.</summary>
    public async Task<ImmutableArray<string>> RollBackAsync(DateTimeOffset since, Person by, CancellationToken cancellationToken)
    {
        var says = ImmutableArray.CreateBuilder<string>();
        foreach (var one in await plans.SinceAsync(by, since, cancellationToken))
        {
            if (!one.Plan.Levers.IsEmpty)
                says.Add(await PutBackAsync(one, by, $"{by.Name} rolled back what was done since {since:u}", "rolled back", cancellationToken));
        }

        return says.ToImmutable();
    }

    private async Task<string> PutBackAsync(CampaignReturn one, Person by, string because, string done, CancellationToken cancellationToken, bool together = false)
    {
        if (await campaigns.FindAsync(one.Campaign.Id, cancellationToken) is not { } campaign)
            return $"{one.Campaign.Name}: it is not known any more.";

        var rolled = await levers.PutBackAsync(one.Plan, new ReturnOrder(campaign, by, because, lever => LeverMove.KeyOf(campaign.Id, lever)) { Together = together }, cancellationToken);
        var text = string.Join("; ", rolled.Says);
        if (rolled.Back == 0)
            return $"{campaign.Name}: {(done == Undone ? "nothing" : "no bid or budget")} was put back: {text}.";

        await feed.PublishAsync(
            new FeedEvent(
                0, clock.GetUtcNow(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name,
                KindOf(one.Plan), Severity.Medium, $"{done}: {text}", $"by {by.Name}", by.Id,
                Simulated: campaign.IsSimulated),
            cancellationToken);
        return $"{campaign.Name}: {done}: {text}.";
    }

    private static FeedKind KindOf(RollBackPlan plan) => plan.Levers.Select(lever => lever.Command).ToList() switch
    {
        var commands when commands.Exists(command => command is NetworkCommand.SetDailyBudget) => FeedKind.BudgetChange,
        var commands when commands.Exists(command => command is NetworkCommand.SetBid) => FeedKind.BidAdjustment,
        _ => FeedKind.CreativeRotation,
    };
}
