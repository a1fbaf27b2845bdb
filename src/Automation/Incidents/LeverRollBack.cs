using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>
/// Finds and puts back lever moves of the agent and of people. A stop is none of them, what the monitor cut stays cut, and a lever that
/// somebody moved since is left alone.
/// </summary>
public sealed class LeverRollBack(IncidentBook book, ICampaignStore campaigns, IIntentStore intents, NetworkGate gate, NetworkDoor door, CampaignClock clock)
{
    private const string Mark = "/rollback/";

    public async Task<RollBackPlan> PlanAsync(IncidentId id, CancellationToken cancellationToken)
    {
        if (await book.FindAsync(id, cancellationToken) is not { } incident || await campaigns.FindAsync(incident.Campaign, cancellationToken) is not { } campaign)
            return new RollBackPlan([]);

        var reach = clock.GetUtcNow() - SafetyLimits.RollBackReach;
        var running = campaign.LastResumedAt ?? campaign.LaunchedAt ?? campaign.CreatedAt;
        var moved = await intents.ConfirmedAsync(campaign.Id, running > reach ? running : reach, cancellationToken);

        // What lies before an earlier roll back of the same lever was put back already.
        var levers = moved
            .Where(intent => !NetworkGate.TakesBack(intent.Key))
            .GroupBy(intent => MoveOf(intent)?.Lever)
            .Where(lever => lever.Key is not null)
            .Select(lever => lever.TakeWhile(intent => !intent.Key.Value.Contains(Mark, StringComparison.Ordinal)).Select(MoveOf).OfType<LeverMove>().ToList())
            .Where(lever => lever.Count > 0)
            .ToList();
        return new RollBackPlan([.. levers.SelectMany(Own).OrderByDescending(move => move.At)])
        {
            LeftAlone = [.. levers.Select(lever => lever.First()).Where(newest => newest.By == PersonId.Monitor).Select(newest => $"{newest.Lever} left alone: the monitor moved it to {newest.After}")],
        };
    }

    /// <summary>The newest moves of agent and people, back to where the monitor or somebody at the network had put the lever.</summary>
    private static IEnumerable<LeverMove> Own(IEnumerable<LeverMove> lever)
    {
        LeverMove? newer = null;
        foreach (var move in lever)
        {
            if (move.By == PersonId.Monitor || (newer is not null && newer.Before != move.After))
                yield break;

            yield return newer = move;
        }
    }

    /// <summary>What became of each lever.</summary>
    public async Task<RolledBack> PutBackAsync(Incident incident, Person by, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(incident.Id, cancellationToken);
        if (await campaigns.FindAsync(incident.Campaign, cancellationToken) is not { } campaign)
            return new RolledBack(false, []);

        var says = new List<string>(plan.LeftAlone);
        foreach (var lever in plan.Moves.GroupBy(move => move.Lever))
            says.Add(await TryPutBackAsync(incident, campaign, by, [.. lever], cancellationToken));

        return new RolledBack(!plan.Moves.IsEmpty, says);
    }

    private async Task<string> TryPutBackAsync(Incident incident, Campaign campaign, Person by, IReadOnlyList<LeverMove> lever, CancellationToken cancellationToken)
    {
        try
        {
            return await PutBackAsync(incident, campaign, by, lever[0], lever[^1], cancellationToken);
        }
        catch (AdNetworkException fault)
        {
            return $"{lever[0].Lever} NOT put back: {fault.Message}";
        }
    }

    /// <param name="newest">Where the lever should still stand.</param>
    /// <param name="oldest">Where it goes back to.</param>
    private async Task<string> PutBackAsync(
        Incident incident, Campaign campaign, Person by, LeverMove newest, LeverMove oldest, CancellationToken cancellationToken)
    {
        var command = Back(newest, oldest);
        if (newest.Shown is { } expected && await ShownAsync(campaign, newest, cancellationToken) is var shown && shown != expected)
            return $"{newest.Lever} left alone: somebody moved it to {shown?.ToString() ?? "something unknown"} since";

        if (newest.Shown is not null && oldest.Before == newest.After)
            return $"{newest.Lever} is back already at {oldest.Before}";

        var outcome = await gate.SendAsync(
            new GateRequest(
                command, new CommandKey($"{incident.Id}{Mark}{clock.GetUtcNow().ToUnixTimeMilliseconds()}/{newest.Lever}"), campaign.Workspace, campaign.Mode,
                by.Id, $"{by.Name} rolled back {incident.Handle}", incident.Id)
            {
                SureOfSize = true,
            },
            (_, token) => campaigns.ChangeAsync(campaign.Id, now => now.MovedBy(command, by.Id, clock.GetUtcNow()), token),
            cancellationToken);
        return outcome is CommandOutcome.Confirmed
            ? $"{newest.Lever} {newest.After} → {oldest.Before}"
            : $"{newest.Lever} NOT put back: {(outcome is CommandOutcome.Refused refused ? refused.Says : outcome is CommandOutcome.Failed failed ? failed.Says : "not confirmed")}";
    }

    private async Task<Money?> ShownAsync(Campaign campaign, LeverMove move, CancellationToken cancellationToken)
    {
        var (network, account) = await door.OpenAsync(campaign.Account, campaign.Mode, cancellationToken);
        if (campaign.Network.Campaign is not { } id || await network.FindCampaignAsync(account, id, cancellationToken) is not { } found)
            return null;

        return move.Back is NetworkCommand.SetBid ? found.Bid : found.DailyBudget;
    }

    private static NetworkCommand Back(LeverMove newest, LeverMove oldest) => (newest.Back, oldest.Back) switch
    {
        (NetworkCommand.SetDailyBudget last, NetworkCommand.SetDailyBudget to) => last with { To = to.To },
        (NetworkCommand.SetBid last, NetworkCommand.SetBid to) => last with { To = to.To },
        _ => oldest.Back,
    };

    private static LeverMove? MoveOf(CommandIntent intent)
    {
        var at = intent.SettledAt ?? intent.PlannedAt;
        return intent.Command switch
        {
            NetworkCommand.SetDailyBudget budget => new LeverMove(
                "daily budget", budget.From.ToString(), budget.To.ToString(), intent.By, at, budget with { From = budget.To, To = budget.From }, budget.To),
            NetworkCommand.SetBid bid => new LeverMove(
                "bid", bid.From.ToString(), bid.To.ToString(), intent.By, at, bid with { From = bid.To, To = bid.From }, bid.To),
            NetworkCommand.PauseAd ad => new LeverMove(
                $"ad {ad.Target}", "on", "off", intent.By, at, new NetworkCommand.ResumeAd(ad.Account, ad.Campaign, ad.Target), null),
            NetworkCommand.ResumeAd ad => new LeverMove(
                $"ad {ad.Target}", "off", "on", intent.By, at, new NetworkCommand.PauseAd(ad.Account, ad.Campaign, ad.Target), null),
            _ => null,
        };
    }
}
