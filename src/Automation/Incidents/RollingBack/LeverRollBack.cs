using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.RollingBack;

/// <summary>Who wants levers back, under what keys, and beside which incident.</summary>
/// <param name="Incident">Null: outside of any.</param>
public sealed record ReturnOrder(Campaign Campaign, Person By, string Because, Func<LeverReturn, CommandKey> KeyOf, Incident? Incident = null)
{
    /// <summary>One act: what comes after a lever that does not go back stays too.</summary>
    public bool Together { get; init; }
}

/// <summary>Puts levers back as planned. One that somebody moved since is left alone, and so is a raise that anything holds.</summary>
public sealed class LeverRollBack(RollBackRaises raises, ICampaignStore campaigns, NetworkGate gate, NetworkDoor door, CampaignClock clock)
{
    /// <summary>What became of each lever.</summary>
    public async Task<RolledBack> PutBackAsync(RollBackPlan plan, ReturnOrder order, CancellationToken cancellationToken)
    {
        var says = new List<string>(plan.LeftAlone);
        var back = 0;
        foreach (var lever in plan.Levers)
        {
            var (isBack, said) = await TryPutBackAsync(order, lever, cancellationToken);
            back += isBack ? 1 : 0;
            says.Add(said);
            if (order.Together && !isBack)
                break;
        }

        return new RolledBack(plan, back, says);
    }

    private async Task<(bool IsBack, string Says)> TryPutBackAsync(ReturnOrder order, LeverReturn lever, CancellationToken cancellationToken)
    {
        try
        {
            return await PutBackAsync(order, lever, cancellationToken);
        }
        catch (AdNetworkException fault)
        {
            return (false, $"{lever.Named} NOT put back: {fault.Message}");
        }
    }

    private async Task<(bool IsBack, string Says)> PutBackAsync(ReturnOrder order, LeverReturn lever, CancellationToken cancellationToken)
    {
        var (campaign, newest, command) = (order.Campaign, lever.Moves[0], lever.Command);
        if (newest.Shown is { } expected && await ShownAsync(campaign, newest, cancellationToken) is var shown && shown != expected)
            return (false, $"{lever.Named} left alone: somebody moved it to {shown?.ToString() ?? "something unknown"} since");

        if (newest.Shown is not null && lever.To == lever.From)
            return (true, $"{lever.Named} is back already at {lever.To}");

        if (lever.Held is { } held)
            return (false, $"{lever.Named} NOT put back to {lever.To}, which is a raise: {held}");

        if (await raises.AskAsync(campaign, lever, order.By, cancellationToken) is { } asked)
            return (false, $"{lever.Named} {lever.From} → {lever.To} is not put back yet: {asked.TrimEnd('.')}");

        var outcome = await gate.SendAsync(
            new GateRequest(
                command, order.KeyOf(lever), campaign.Workspace, campaign.Mode, order.By.Id, order.Because, RollBackRaises.ResumesOf(order.Incident, campaign))
            {
                SureOfSize = true,
            },
            (_, token) => campaigns.ChangeAsync(campaign.Id, now => now.MovedBy(command, order.By.Id, clock.GetUtcNow()), token),
            cancellationToken);
        return outcome is CommandOutcome.Confirmed
            ? (true, $"{lever.Named} {lever.From} → {lever.To}")
            : (false, $"{lever.Named} NOT put back: {(outcome is CommandOutcome.Refused refused ? refused.Says : outcome is CommandOutcome.Failed failed ? failed.Says : "not confirmed")}");
    }

    private async Task<Money?> ShownAsync(Campaign campaign, LeverMove move, CancellationToken cancellationToken)
    {
        var (network, account) = await door.OpenAsync(campaign.Account, campaign.Mode, cancellationToken);
        if (campaign.Network.Campaign is not { } id || await network.FindCampaignAsync(account, id, cancellationToken) is not { } found)
            return null;

        return move.Back is NetworkCommand.SetBid ? found.Bid : found.DailyBudget;
    }
}
