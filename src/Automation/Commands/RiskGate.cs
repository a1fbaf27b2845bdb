using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Commands;

/// <summary>
/// Says no to commands that would put more money at risk than anybody allowed. It never stands in the way of a reduction, and
/// when it cannot see what it needs it says no to a raise.
/// </summary>
public sealed class RiskGate(GlobalSwitch everything, ICampaignStore campaigns, IIncidentStore incidents, Observer observer, AccountRoom room)
{
    private static readonly SafetyPanel Panel = new();

    private static readonly string Responders = RoleTable.Said(RoleTable.Carrying(Permission.Respond));

    private static readonly string Allowers = RoleTable.Said(RoleTable.Carrying(Permission.StopEverything));

    /// <summary>Why not, in a sentence; null lets the command through.</summary>
    public async Task<string?> RefusalAsync(GateRequest request, CancellationToken cancellationToken)
    {
        if (request.Command.Direction == Direction.Reduces)
            return null;

        if (await FreezeAsync(cancellationToken) is { } frozen)
            return frozen;

        if (await campaigns.FindAsync(request.Command.Campaign, cancellationToken) is not { } campaign)
            return "The campaign is not known here.";

        if (campaign.Mode != request.Mode)
            return $"{campaign.Name} was launched on a {(campaign.IsSimulated ? "simulated" : "live")} network and stays there.";

        if (request.Command.Direction == Direction.Neutral)
            return null;

        if (Freshness.RaiseObjection(await observer.PresentAsync(campaign, cancellationToken)) is { } tooOld)
            return tooOld;

        if (request.Resumes is null && await HeldAsync(campaign, cancellationToken) is { } held)
            return held;

        var refusal = request.Command switch
        {
            NetworkCommand.SetDailyBudget budget => BudgetRefusal(budget, campaign) ?? SizeRefusal(request, budget.From, budget.To),
            NetworkCommand.SetBid bid => BidRefusal(bid, campaign) ?? SizeRefusal(request, bid.From, bid.To),
            _ => null,
        };
        return refusal ?? await room.ObjectionAsync(request.Command, campaign, cancellationToken);
    }

    /// <summary>Why no limit of a campaign may go up now; null when it may. What refuses every raise, without what a lever's own limits say.</summary>
    public async Task<string?> RaiseObjectionAsync(Campaign campaign, CancellationToken cancellationToken) =>
        await FreezeAsync(cancellationToken)
        ?? Freshness.RaiseObjection(await observer.PresentAsync(campaign, cancellationToken))
        ?? await HeldAsync(campaign, cancellationToken);

    /// <summary>Why nothing that is watched may be loosened now: everything is frozen, or an incident of the campaign is open. Null when nothing holds it.</summary>
    public async Task<string?> HoldObjectionAsync(Campaign campaign, CancellationToken cancellationToken) =>
        await FreezeAsync(cancellationToken) ?? await HeldAsync(campaign, cancellationToken);

    /// <summary>What is open on a campaign.</summary>
    public Task<IReadOnlyList<Incident>> OpenOfAsync(CampaignId campaign, CancellationToken cancellationToken) => incidents.OpenOfAsync(campaign, cancellationToken);

    /// <summary>What the monitor would act on at its next check if the campaign were changed so, by the figures at hand, and leaves alone as it stands. Null: nothing.</summary>
    public async Task<SafetyVerdict.Breach?> BreachByAsync(Campaign campaign, Campaign changed, CancellationToken cancellationToken)
    {
        if (campaign.Status is CampaignStatus.Paused or CampaignStatus.Stopped)
            return null;

        var now = await observer.LatestAsync(campaign, cancellationToken);
        var already = Panel.Judge(now).OfType<SafetyVerdict.Breach>().Select(breach => breach.Rule).ToHashSet();
        return Panel.Judge(now with { Campaign = changed }).OfType<SafetyVerdict.Breach>().FirstOrDefault(breach => !already.Contains(breach.Rule));
    }

    private async Task<string?> HeldAsync(Campaign campaign, CancellationToken cancellationToken) => await HoldingAsync(campaign.Id, stopped: false, cancellationToken) is { } holding
        ? $"Incident {holding.Handle} ({holding.CauseWords}) is open on {campaign.Name}, and no more money goes out before it is closed: {Responders} say \"resume incident {holding.Handle}\"."
        : null;

    /// <summary>The newest reading of a campaign that is held in memory; nothing is asked for it, so that a stop never waits. Null: none yet.</summary>
    public PerformanceReading? LastSeen(CampaignId campaign) => observer.LastSeen(campaign);

    /// <summary>One raise of an account at a time, from its judgement until it is on record. Null when the one before took too long.</summary>
    public Task<IDisposable?> EnterAsync(AdAccountId account, CancellationToken cancellationToken) => room.EnterAsync(account, cancellationToken);

    /// <summary>Why nothing at all may go up now. Asked once more in the moment before a command leaves.</summary>
    public async Task<string?> FreezeAsync(CancellationToken cancellationToken) => await everything.StateAsync(cancellationToken) is { Frozen: true } frozen
        ? $"Everything is frozen by {frozen.By} ({frozen.Because}); {Allowers} say \"allow everything\" first."
        : null;

    /// <summary>
    /// Why a raise must not stand although it took effect: everything was frozen while it was under way, or an incident opened on its campaign.
    /// One that only tells people takes a bid or a budget back and pauses nothing.
    /// </summary>
    public async Task<string?> ObjectionAfterAsync(NetworkCommand raise, IncidentId? resumes, CancellationToken cancellationToken)
    {
        if (await FreezeAsync(cancellationToken) is { } frozen)
            return frozen;

        return resumes is null && await HoldingAsync(raise.Campaign, raise is NetworkCommand.Activate, cancellationToken) is { } holding
            ? $"Incident {holding.Handle} ({holding.CauseWords}) was opened on {holding.CampaignName} meanwhile."
            : null;
    }

    /// <summary>Any open incident holds a raise, also one that only told people: somebody has to have looked first.</summary>
    private async Task<Incident?> HoldingAsync(CampaignId campaign, bool stopped, CancellationToken cancellationToken) =>
        (await incidents.OpenOfAsync(campaign, cancellationToken)).FirstOrDefault(open => !stopped || open.Remedy == Remedy.PauseCampaign);

    private static string? BudgetRefusal(NetworkCommand.SetDailyBudget budget, Campaign campaign)
    {
        var cap = campaign.Spec.Budget.MaxDailySpend;
        return budget.To > cap
            ? $"{campaign.Name} has a cap of {cap} a day, and no budget goes above it: {cap} is the most, say \"set budget {campaign.Handle} {cap}\". For more than that, say \"set cap {campaign.Handle} {budget.To}\" first."
            : null;
    }

    private static string? BidRefusal(NetworkCommand.SetBid bid, Campaign campaign) => campaign.Spec.Bidding.MaxBid is { } max && bid.To > max
        ? $"{campaign.Name} was launched with {max} as its highest bid: that is the most, say \"set bid {campaign.Handle} {max}\"."
        : null;

    /// <summary>A slip of the finger until a person, asked about it, confirmed it once more.</summary>
    private static string? SizeRefusal(GateRequest request, Money from, Money to) => !request.SureOfSize && from.Amount > 0 && to.Amount >= from.Amount * UnusualAmounts.Factor
        ? $"{to} is {Math.Floor(to.Over(from)):0} times the present {from}, and nobody confirmed that; a person has to ask for it, or go there in smaller steps."
        : null;
}
