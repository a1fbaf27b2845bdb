using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Hours;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Campaigns;

public sealed record ControlAnswer(bool Done, string Says);

/// <summary>What people do to a running campaign: through the gate, read back, told to the feed.</summary>
public sealed class CampaignControl(
    ICampaignStore campaigns, NetworkGate gate, RaiseDesk raises, CampaignHours hours, CampaignTurns turns, IActivityFeed feed, CampaignClock clock)
{
    public Task<ControlAnswer> PauseAsync(CampaignId id, Person by, string because, CancellationToken cancellationToken) => DoAsync(
        id, by, Permission.Reduce,
        campaign => campaign.MaySpend ? null : $"{campaign.Name} is {StatusWords.Of(campaign.Status)} already.",
        (campaign, target) => new NetworkCommand.Pause(campaign.Account, campaign.Id, target),
        (now, _) => now with { Status = CampaignStatus.Paused, Because = because },
        HeldLever.Running, FeedKind.Pause, "paused", because, cancellationToken);

    /// <summary>Lets it run again; outside its hours it rests until they begin.</summary>
    public async Task<ControlAnswer> ResumeAsync(CampaignId id, Person by, CancellationToken cancellationToken) =>
        await campaigns.FindAsync(id, cancellationToken) is { Status: CampaignStatus.Paused } paused && await hours.RestWordsAsync(paused, cancellationToken) is { } rest
            ? await RestAsync(paused, by, rest, cancellationToken)
            : await ActivateAsync(id, by, cancellationToken);

    /// <summary>Why a paused campaign would not be let run now; null when it would. Nothing is sent.</summary>
    public async Task<string?> ResumeObjectionAsync(Campaign paused, Person by, CancellationToken cancellationToken) =>
        NotAllowed(by, Permission.Raise, paused.Account)?.Says ?? await gate.ObjectionAsync(Wanted(paused, by, "asked about"), cancellationToken);

    private static GateRequest Wanted(Campaign paused, Person by, string because) => new(
        new NetworkCommand.Activate(paused.Account, paused.Id, paused.Network.Campaign ?? default, null), new CommandKey($"{paused.Id}/person/rest"), paused.Workspace, paused.Mode, by.Id, because);

    private Task<ControlAnswer> ActivateAsync(CampaignId id, Person by, CancellationToken cancellationToken) => DoAsync(
        id, by, Permission.Raise,
        campaign => campaign.Status switch
        {
            CampaignStatus.Paused => null,
            CampaignStatus.Resting => $"{campaign.Name} is {campaign.Because ?? "outside its hours"} and runs again by itself then.",
            CampaignStatus.Stopped => $"{campaign.Name} was stopped in an emergency ({campaign.Because}); resume its incident, which judges it again.",
            _ => $"{campaign.Name} is {StatusWords.Of(campaign.Status)}; only a paused campaign can be resumed.",
        },
        (campaign, target) => new NetworkCommand.Activate(campaign.Account, campaign.Id, target, campaign.Spec.Schedule.StartAhead(clock.GetUtcNow())),
        (now, _) => now with { Status = CampaignStatus.Active, Because = null, LastResumedAt = clock.GetUtcNow() },
        HeldLever.Running, FeedKind.Resume, "resumed", $"by {by.Name}", cancellationToken);

    public Task<ControlAnswer> SetBudgetAsync(CampaignId id, Person by, Money budget, CancellationToken cancellationToken) => SetBudgetAsync(id, by, budget, false, cancellationToken);

    /// <param name="sure">Asked about an unusual size, the person confirmed it.</param>
    public async Task<ControlAnswer> SetBudgetAsync(CampaignId id, Person by, Money budget, bool sure, CancellationToken cancellationToken)
    {
        if (await campaigns.FindAsync(id, cancellationToken) is not { } campaign)
            return new ControlAnswer(false, "There is no such campaign.");

        if (budget.Currency != campaign.DailyBudget.Currency || budget.Amount <= 0)
            return new ControlAnswer(false, $"A daily budget is an amount above 0 in {campaign.DailyBudget.Currency}; it is {campaign.DailyBudget} now.");

        if (budget > campaign.DailyBudget && by.May(Permission.Raise, campaign.Account) && await raises.AskAsync(campaign, Lever.DailyBudget, budget, by, sure, cancellationToken) is { } asked)
            return new ControlAnswer(false, asked);

        return await DoAsync(
            id, by, budget > campaign.DailyBudget ? Permission.Raise : Permission.Reduce,
            now => now.DailyBudget == budget ? $"The daily budget of {now.Name} is {budget} already." : null,
            (now, target) => new NetworkCommand.SetDailyBudget(now.Account, now.Id, target, now.DailyBudget, budget),
            (now, command) => now.Moved(command),
            HeldLever.DailyBudget, FeedKind.BudgetChange, $"daily budget {campaign.DailyBudget} → {budget}", $"by {by.Name}", cancellationToken, sure);
    }

    public Task<ControlAnswer> SetBidAsync(CampaignId id, Person by, Money bid, CancellationToken cancellationToken) => SetBidAsync(id, by, bid, false, cancellationToken);

    /// <param name="sure">Asked about an unusual size, the person confirmed it.</param>
    public async Task<ControlAnswer> SetBidAsync(CampaignId id, Person by, Money bid, bool sure, CancellationToken cancellationToken)
    {
        if (await campaigns.FindAsync(id, cancellationToken) is not { } campaign)
            return new ControlAnswer(false, "There is no such campaign.");

        if (campaign.Bid is not { } present)
            return new ControlAnswer(false, $"The network sets the bids of {campaign.Name}; there is none of ours to change.");

        if (bid.Currency != present.Currency || bid.Amount <= 0)
            return new ControlAnswer(false, $"A bid is an amount above 0 in {present.Currency}; it is {present} now.");

        if (bid > present && by.May(Permission.Raise, campaign.Account) && await raises.AskAsync(campaign, Lever.Bid, bid, by, sure, cancellationToken) is { } asked)
            return new ControlAnswer(false, asked);

        return await DoAsync(
            id, by, bid > present ? Permission.Raise : Permission.Reduce,
            now => now.Bid == bid ? $"The bid of {now.Name} is {bid} already." : null,
            (now, target) => new NetworkCommand.SetBid(now.Account, now.Id, target, now.Bid ?? present, bid),
            (now, command) => now.Moved(command),
            HeldLever.Bid, FeedKind.BidAdjustment, $"bid {present} → {bid}", $"by {by.Name}", cancellationToken, sure);
    }

    /// <summary>The agent leaves it alone from now on; the emergency monitor does not.</summary>
    public Task<ControlAnswer> TakeOverAsync(CampaignId id, Person by, CancellationToken cancellationToken) =>
        HandAsync(id, by, Permission.Reduce, true, "taken over; the agent leaves it alone, the emergency monitor still watches", cancellationToken);

    public Task<ControlAnswer> HandBackAsync(CampaignId id, Person by, CancellationToken cancellationToken) =>
        HandAsync(id, by, Permission.Raise, false, "handed back to the agent", cancellationToken);

    /// <summary>Takes it over with the person's reason, kept beside the agent's word to be scored later.</summary>
    /// <param name="against">What the agent said last.</param>
    public async Task<ControlAnswer> OverrideAsync(CampaignId id, Person by, string against, string reason, CancellationToken cancellationToken)
    {
        if (await NotAllowedAsync(id, by, Permission.Raise, cancellationToken) is { } refusal)
            return refusal;

        if (await campaigns.FindAsync(id, cancellationToken) is null)
            return new ControlAnswer(false, "There is no such campaign.");

        var kept = new Override("automation", against, reason, by.Id, clock.GetUtcNow());
        var changed = await campaigns.ChangeAsync(id, now => now.TakenFromAgent() with { Overrides = now.Overrides.Add(kept) }, cancellationToken);
        await PublishAsync(changed, by, FeedKind.Note, $"overridden, the agent's word was: {against}", reason, cancellationToken);
        return new ControlAnswer(
            true, $"Kept. {changed.Name} stays at {changed.DailyBudget} a day{(changed.Bid is { } bid ? $" and a bid of {bid}" : "")}; say \"hand back {changed.Handle}\" to let the agent go on.");
    }

    private async Task<ControlAnswer> HandAsync(
        CampaignId id, Person by, Permission needed, bool takenOver, string action, CancellationToken cancellationToken)
    {
        if (await NotAllowedAsync(id, by, needed, cancellationToken) is { } refusal)
            return refusal;

        if (await campaigns.FindAsync(id, cancellationToken) is not { } campaign)
            return new ControlAnswer(false, "There is no such campaign.");

        var isHeld = campaign.Holds.Any(hold => hold.Until > clock.GetUtcNow());
        var changed = await campaigns.ChangeAsync(id, now => takenOver ? now.TakenFromAgent() : now.HandedBack(clock.GetUtcNow()), cancellationToken);
        if (campaign.TakenOver == takenOver && (takenOver || !isHeld))
            return new ControlAnswer(false, $"{campaign.Name} is in {(takenOver ? "a person's" : "the agent's")} hands already.");

        await PublishAsync(changed, by, FeedKind.Note, action, $"by {by.Name}", cancellationToken);
        return new ControlAnswer(true, $"{changed.Name}: {action}.");
    }

    /// <summary>Resumed outside its hours: nothing is sent before they begin, and what refuses a resume refuses this one.</summary>
    private async Task<ControlAnswer> RestAsync(Campaign paused, Person by, string rest, CancellationToken cancellationToken)
    {
        if (NotAllowed(by, Permission.Raise, paused.Account) is { } refusal)
            return refusal;

        using var turn = await turns.EnterAsync(paused.Id, cancellationToken);
        if (await gate.ObjectionAsync(Wanted(paused, by, rest), cancellationToken) is { } objection)
            return new ControlAnswer(false, $"Not done: {objection}");

        var now = clock.GetUtcNow();
        var resting = await campaigns.ChangeAsync(
            paused.Id,
            found => found.Status == CampaignStatus.Paused
                ? (found with { Status = CampaignStatus.Resting, Because = rest, LastResumedAt = now }).HeldBy(HeldLever.Running, by.Id, now)
                : found,
            cancellationToken);
        await PublishAsync(resting, by, FeedKind.Resume, "resumed", $"by {by.Name}; {rest}", cancellationToken);
        return new ControlAnswer(true, $"{resting.Name}: resumed; it is {rest} and runs by itself then.");
    }

    private async Task<ControlAnswer> DoAsync(
        CampaignId id, Person by, Permission needed, Func<Campaign, string?> refuse, Func<Campaign, ExternalId, NetworkCommand> command,
        Func<Campaign, NetworkCommand, Campaign> change, HeldLever lever, FeedKind kind, string action, string because, CancellationToken cancellationToken, bool sure = false)
    {
        if (await NotAllowedAsync(id, by, needed, cancellationToken) is { } refusal)
            return refusal;

        using var turn = await turns.EnterAsync(id, cancellationToken);
        if (await campaigns.FindAsync(id, cancellationToken) is not { } campaign)
            return new ControlAnswer(false, "There is no such campaign.");

        if (refuse(campaign) is { } says)
            return new ControlAnswer(false, says);

        if (campaign.Network.Campaign is not { } target)
            return new ControlAnswer(false, $"{campaign.Name} does not stand at its network yet.");

        var (wanted, changed) = (command(campaign, target), campaign);
        var outcome = await gate.SendAsync(
            new GateRequest(
                wanted, new CommandKey($"{campaign.Id}/person/{Guid.CreateVersion7():N}"), campaign.Workspace, campaign.Mode, by.Id, because)
            {
                SureOfSize = sure,
            },
            async (confirmed, token) => changed = await campaigns.ChangeAsync(
                id,
                now => (confirmed.Shown is null ? change(now, wanted) : change(now, wanted) with { Status = confirmed.Runs })
                    .RunningFrom(now.Status, clock.GetUtcNow())
                    .HeldBy(lever, by.Id, clock.GetUtcNow()),
                token),
            cancellationToken);
        if (outcome is not CommandOutcome.Confirmed done)
            return new ControlAnswer(false, $"Not done: {outcome.Words()}");

        var standing = done.Runs switch
        {
            CampaignStatus.InReview => "; the network reviews it before it runs",
            CampaignStatus.Scheduled => "; it waits for its start",
            _ => "",
        };
        await PublishAsync(changed, by, kind, action + standing, StatusWords.Beside(action, because), cancellationToken);
        var held = changed.AgentManaged && lever != HeldLever.Running ? $" The agent leaves it alone for 24 hours; \"hand back {changed.Handle}\" lets it go on before." : "";
        return new ControlAnswer(true, $"{changed.Name}: {action}, confirmed by the network{standing}.{held}");
    }

    private Task<FeedEvent> PublishAsync(Campaign campaign, Person by, FeedKind kind, string action, string reason, CancellationToken cancellationToken) =>
        feed.PublishAsync(
            new FeedEvent(
                0, clock.GetUtcNow(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, kind, Severity.Medium, action, reason, by.Id,
                Simulated: campaign.IsSimulated),
            cancellationToken);

    private async Task<ControlAnswer?> NotAllowedAsync(CampaignId id, Person by, Permission needed, CancellationToken cancellationToken) => by.May(needed)
        ? null
        : NotAllowed(by, needed, by.MaySomewhere(needed) ? (await campaigns.FindAsync(id, cancellationToken))?.Account : null);

    private static ControlAnswer? NotAllowed(Person by, Permission needed, AdAccountId? account) => by.May(needed, account)
        ? null
        : new ControlAnswer(false, RoleTable.Refusal(needed, "do this", by));
}
