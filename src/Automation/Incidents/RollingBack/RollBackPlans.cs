using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.RollingBack;

/// <summary>
/// Finds the lever moves of the agent and of people that a roll back undoes. A stop is none of them, and what the monitor cut stays cut.
/// </summary>
public sealed class RollBackPlans(IncidentBook book, ICampaignStore campaigns, IIntentStore intents, RollBackRaises raises, CampaignClock clock)
{
    public async Task<RollBackPlan> PlanAsync(IncidentId id, CancellationToken cancellationToken) =>
        await book.FindAsync(id, cancellationToken) is { } incident ? (await OfAsync(incident, cancellationToken)).Plan : new RollBackPlan([]);

    /// <summary>With the campaign that it is for; null when that is not known any more.</summary>
    public async Task<(RollBackPlan Plan, Campaign? Campaign)> OfAsync(Incident incident, CancellationToken cancellationToken) =>
        await campaigns.FindAsync(incident.Campaign, cancellationToken) is { } campaign ? (await PlanAsync(incident, campaign, cancellationToken), campaign) : (new RollBackPlan([]), null);

    private async Task<RollBackPlan> PlanAsync(Incident incident, Campaign campaign, CancellationToken cancellationToken)
    {
        var reach = clock.GetUtcNow() - SafetyLimits.RollBackReach;
        var running = campaign.LastResumedAt ?? campaign.LaunchedAt ?? campaign.CreatedAt;
        var moved = await intents.ConfirmedAsync(campaign.Id, running > reach ? running : reach, cancellationToken);

        // What lies before an earlier roll back of the same lever was put back already.
        var levers = moved
            .Where(intent => !NetworkGate.TakesBack(intent.Key))
            .Select(intent => LeverMove.Of(intent, campaign))
            .OfType<LeverMove>()
            .GroupBy(move => move.Lever)
            .Select(lever => lever.TakeWhile(move => !move.IsReturn).ToList())
            .Where(lever => lever.Count > 0)
            .ToList();
        return new RollBackPlan([.. levers.SelectMany(Own).OrderByDescending(move => move.At)])
        {
            Levers = [.. await ReturnsAsync(incident, campaign, levers, cancellationToken)],
            LeftAlone = [.. levers.Select(lever => lever.First()).Where(newest => newest.By == PersonId.Monitor).Select(newest => $"{newest.Named} left alone: the monitor moved it to {newest.After}")],
            Runs = campaign.MaySpend,
        };
    }

    private async Task<IReadOnlyList<LeverReturn>> ReturnsAsync(
        Incident incident, Campaign campaign, IEnumerable<IReadOnlyList<LeverMove>> levers, CancellationToken cancellationToken)
    {
        var back = new List<LeverReturn>();
        foreach (var lever in levers.Select(moves => new LeverReturn([.. Own(moves)])).Where(lever => !lever.Moves.IsEmpty).OrderByDescending(lever => lever.Moves[0].At))
            back.Add(lever with { Held = await raises.WhyNotAsync(incident, campaign, lever, cancellationToken) });

        return back;
    }

    /// <summary>The newest moves of agent and people, back to where the monitor or somebody at the network had put the lever.</summary>
    internal static IEnumerable<LeverMove> Own(IEnumerable<LeverMove> lever)
    {
        LeverMove? newer = null;
        foreach (var move in lever)
        {
            if (move.By == PersonId.Monitor || (newer is not null && newer.Before != move.After))
                yield break;

            yield return newer = move;
        }
    }
}
