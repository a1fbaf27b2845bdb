using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;

namespace ChatOpsCampaigns.Automation.Commands;

/// <summary>
/// Says no to commands that would put more money at risk than anybody allowed. It never stands in the way of a reduction, and
/// when it cannot see what it needs it says no to a raise.
/// </summary>
public sealed class RiskGate(GlobalSwitch everything, ICampaignStore campaigns, IIncidentStore incidents, IAdAccounts accounts, Observer observer)
{
    /// <summary>A raise by this factor or more is a typing error until a person confirms it elsewhere.</summary>
    private const decimal FatFingerFactor = 20m;

    /// <summary>Why not, in a sentence; null lets the command through.</summary>
    public async Task<string?> RefusalAsync(GateRequest request, CancellationToken cancellationToken)
    {
        if (request.Command.Direction == Direction.Reduces)
            return null;

        if (await everything.StateAsync(cancellationToken) is { Frozen: true } frozen)
            return $"Everything is frozen by {frozen.By} ({frozen.Because}); say \"allow everything\" first.";

        if (await campaigns.FindAsync(request.Command.Campaign, cancellationToken) is not { } campaign)
            return "The campaign is not known here.";

        if (campaign.Mode != request.Mode)
            return $"The campaign was launched {campaign.Mode} and stays so.";

        if (request.Command.Direction == Direction.Neutral)
            return null;

        if (Freshness.RaiseObjection(await observer.PresentAsync(campaign, cancellationToken)) is { } tooOld)
            return tooOld;

        if (request.Resumes is null && await HoldingAsync(campaign, cancellationToken) is { } holding)
            return $"Incident {holding.Handle} ({holding.Cause}) is open on {campaign.Name}, and no more money goes out before it is closed: say \"resume incident {holding.Handle}\".";

        return request.Command switch
        {
            NetworkCommand.SetDailyBudget budget => await BudgetRefusalAsync(budget, campaign, cancellationToken),
            NetworkCommand.SetBid bid => BidRefusal(bid, campaign),
            _ => null,
        };
    }

    /// <summary>Any open incident holds a raise, also one that only told people: somebody has to have looked first.</summary>
    private async Task<Incident?> HoldingAsync(Campaign campaign, CancellationToken cancellationToken) =>
        (await incidents.OpenAsync(cancellationToken)).FirstOrDefault(open => open.Campaign == campaign.Id);

    private async Task<string?> BudgetRefusalAsync(NetworkCommand.SetDailyBudget budget, Campaign campaign, CancellationToken cancellationToken)
    {
        var cap = campaign.Spec.Budget.MaxDailySpend;
        if (budget.To > cap)
            return $"{budget.To} a day is above the cap of {cap}; raise the cap first.";

        if (budget.From.Amount > 0 && budget.To.Amount >= budget.From.Amount * FatFingerFactor)
            return $"{budget.To} is {budget.To.Over(budget.From):0}× the present {budget.From}; go there in smaller steps.";

        var account = await accounts.GetAsync(campaign.Account, cancellationToken);
        if (account.DailyLimit is not { } limit)
            return null;

        var others = (await campaigns.MaySpendAsync(cancellationToken))
            .Where(other => other.Account == campaign.Account && other.Id != campaign.Id)
            .Aggregate(limit.Currency.Zero, (sum, other) => sum + other.DailyBudget);

        return others + budget.To > limit
            ? $"With {budget.To} the account would be budgeted {others + budget.To} a day, above its limit of {limit}."
            : null;
    }

    private static string? BidRefusal(NetworkCommand.SetBid bid, Campaign campaign)
    {
        if (campaign.Spec.Bidding.MaxBid is { } max && bid.To > max)
            return $"A bid of {bid.To} is above the most allowed, {max}.";

        return bid.From.Amount > 0 && bid.To.Amount >= bid.From.Amount * FatFingerFactor
            ? $"{bid.To} is {bid.To.Over(bid.From):0}× the present {bid.From}; go there in smaller steps."
            : null;
    }
}
