using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.RollingBack;

/// <summary>Puts levers back as planned. One that somebody moved since is left alone, and so is a raise that anything holds.</summary>
public sealed class LeverRollBack(RollBackPlans plans, ICampaignStore campaigns, NetworkGate gate, NetworkDoor door, CampaignClock clock)
{
    public Task<RollBackPlan> PlanAsync(IncidentId id, CancellationToken cancellationToken) => plans.PlanAsync(id, cancellationToken);

    /// <summary>What became of each lever.</summary>
    public async Task<RolledBack> PutBackAsync(Incident incident, Person by, CancellationToken cancellationToken)
    {
        var plan = await plans.PlanAsync(incident.Id, cancellationToken);
        var says = new List<string>(plan.LeftAlone);
        if (await campaigns.FindAsync(incident.Campaign, cancellationToken) is not { } campaign)
            return new RolledBack(plan, 0, says);

        var back = 0;
        foreach (var lever in plan.Levers)
        {
            var (isBack, said) = await TryPutBackAsync(incident, campaign, by, lever, cancellationToken);
            back += isBack ? 1 : 0;
            says.Add(said);
        }

        return new RolledBack(plan, back, says);
    }

    private async Task<(bool IsBack, string Says)> TryPutBackAsync(Incident incident, Campaign campaign, Person by, LeverReturn lever, CancellationToken cancellationToken)
    {
        try
        {
            return await PutBackAsync(incident, campaign, by, lever, cancellationToken);
        }
        catch (AdNetworkException fault)
        {
            return (false, $"{lever.Lever} NOT put back: {fault.Message}");
        }
    }

    private async Task<(bool IsBack, string Says)> PutBackAsync(Incident incident, Campaign campaign, Person by, LeverReturn lever, CancellationToken cancellationToken)
    {
        var (newest, command) = (lever.Moves[0], lever.Command);
        if (newest.Shown is { } expected && await ShownAsync(campaign, newest, cancellationToken) is var shown && shown != expected)
            return (false, $"{lever.Lever} left alone: somebody moved it to {shown?.ToString() ?? "something unknown"} since");

        if (newest.Shown is not null && lever.To == lever.From)
            return (true, $"{lever.Lever} is back already at {lever.To}");

        if (lever.Held is { } held)
            return (false, $"{lever.Lever} NOT put back to {lever.To}, which is a raise: {held}");

        var outcome = await gate.SendAsync(
            new GateRequest(
                command, new CommandKey($"{incident.Id}{RollBackPlans.Mark}{clock.GetUtcNow().ToUnixTimeMilliseconds()}/{lever.Lever}"), campaign.Workspace, campaign.Mode,
                by.Id, $"{by.Name} rolled back {incident.Handle}", RollBackRaises.ResumesOf(incident, campaign))
            {
                SureOfSize = true,
            },
            (_, token) => campaigns.ChangeAsync(campaign.Id, now => now.MovedBy(command, by.Id, clock.GetUtcNow()), token),
            cancellationToken);
        return outcome is CommandOutcome.Confirmed
            ? (true, $"{lever.Lever} {lever.From} → {lever.To}")
            : (false, $"{lever.Lever} NOT put back: {(outcome is CommandOutcome.Refused refused ? refused.Says : outcome is CommandOutcome.Failed failed ? failed.Says : "not confirmed")}");
    }

    private async Task<Money?> ShownAsync(Campaign campaign, LeverMove move, CancellationToken cancellationToken)
    {
        var (network, account) = await door.OpenAsync(campaign.Account, campaign.Mode, cancellationToken);
        if (campaign.Network.Campaign is not { } id || await network.FindCampaignAsync(account, id, cancellationToken) is not { } found)
            return null;

        return move.Back is NetworkCommand.SetBid ? found.Bid : found.DailyBudget;
    }
}
