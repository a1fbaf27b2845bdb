using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.RollingBack;

/// <summary>
/// A roll back that puts a lever up is a raise, and what holds any other raise holds it: limits, freeze, old figures, the second person for a
/// large one. Of a campaign that is paused the incident itself is no reason, since nothing is spent before it is resumed.
/// </summary>
public sealed class RollBackRaises(NetworkGate gate, RaiseDesk raises)
{
    /// <summary>Why a lever stays where it is; null when it may go back.</summary>
    public async Task<string?> WhyNotAsync(Incident incident, Campaign campaign, LeverReturn lever, CancellationToken cancellationToken)
    {
        if (!lever.IsRaise)
            return null;

        var request = new GateRequest(
            lever.Command, new CommandKey($"{incident.Id}/rollback/foreseen"), campaign.Workspace, campaign.Mode, PersonId.System, "preview", ResumesOf(incident, campaign))
        {
            SureOfSize = true,
        };
        if (await gate.ObjectionAsync(request, cancellationToken) is { } objection)
            return objection.TrimEnd('.');

        return AskedOf(campaign, lever) is { } raise && await raises.WhySecondPersonAsync(raise, cancellationToken) is { } because
            ? $"{because}, so a second person has to agree: once {incident.Handle} is closed, \"set {(raise.Lever == Lever.Bid ? "bid" : "budget")} {campaign.Handle} {raise.To}\" asks one"
            : null;
    }

    /// <summary>The incident as what lets the raise through, where its campaign is paused.</summary>
    public static IncidentId? ResumesOf(Incident incident, Campaign campaign) => campaign.MaySpend ? null : incident.Id;

    private static AskedRaise? AskedOf(Campaign campaign, LeverReturn lever) => lever.Command switch
    {
        NetworkCommand.SetBid bid => new AskedRaise(campaign.Id, campaign.Name, Lever.Bid, bid.From, bid.To),
        NetworkCommand.SetDailyBudget budget => new AskedRaise(campaign.Id, campaign.Name, Lever.DailyBudget, budget.From, budget.To),
        _ => null,
    };
}
