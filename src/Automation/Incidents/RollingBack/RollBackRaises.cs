using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.People;
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
    public async Task<string?> WhyNotAsync(Incident? incident, Campaign campaign, LeverReturn lever, CancellationToken cancellationToken)
    {
        if (!lever.IsRaise)
            return null;

        var request = new GateRequest(
            lever.Command, new CommandKey($"{incident?.Id.Value ?? campaign.Id.Value}/rollback/foreseen"), campaign.Workspace, campaign.Mode, PersonId.System, "preview", ResumesOf(incident, campaign))
        {
            SureOfSize = true,
        };
        if (await gate.ObjectionAsync(request, cancellationToken) is { } objection)
            return objection.TrimEnd('.');

        return incident is not null && AskedOf(campaign, lever) is { } raise && await raises.WhySecondPersonAsync(raise, cancellationToken) is { } because
            ? $"{because}, so a second person has to agree: once {incident.Handle} is closed, \"set {(raise.Lever == Lever.Bid ? "bid" : "budget")} {campaign.Handle} {raise.To}\" asks one"
            : null;
    }

    /// <summary>The incident as what lets the raise through, where its campaign is paused.</summary>
    public static IncidentId? ResumesOf(Incident? incident, Campaign campaign) => campaign.MaySpend ? null : incident?.Id;

    /// <summary>Why a second person has to agree before a lever goes back; null when one person may.</summary>
    public async Task<string?> WhySecondPersonAsync(Campaign campaign, LeverReturn lever, CancellationToken cancellationToken) =>
        lever is { IsRaise: true, Held: null } && AskedOf(campaign, lever) is { } raise ? await raises.WhySecondPersonAsync(raise, cancellationToken) : null;

    /// <summary>Asks a second person for a lever that goes up; null when none is needed.</summary>
    public async Task<string?> AskAsync(Campaign campaign, LeverReturn lever, Person by, CancellationToken cancellationToken) =>
        lever.SecondPerson is not null && AskedOf(campaign, lever) is { } raise ? await raises.AskAsync(campaign, raise.Lever, raise.To, by, sure: true, cancellationToken) : null;

    private static AskedRaise? AskedOf(Campaign campaign, LeverReturn lever) => lever.Command switch
    {
        NetworkCommand.SetBid bid => new AskedRaise(campaign.Id, campaign.Name, Lever.Bid, bid.From, bid.To),
        NetworkCommand.SetDailyBudget budget => new AskedRaise(campaign.Id, campaign.Name, Lever.DailyBudget, budget.From, budget.To),
        _ => null,
    };
}
