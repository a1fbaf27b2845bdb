using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.RollingBack;

/// <summary>What can be undone of one campaign.</summary>
/// <param name="Plan">One lever each, by the time of its last move, the newest first; of each what one move back would be.</param>
/// <param name="Beside">What was done and no undo takes back, with what does; in words.</param>
public sealed record CampaignReturn(Campaign Campaign, RollBackPlan Plan, ImmutableArray<string> Beside)
{
    /// <summary>Settings that were changed, and what puts them back or why they stay.</summary>
    public ImmutableArray<SettingReturn> Settings { get; init; } = [];

    public bool IsEmpty => Plan.Levers.IsEmpty && Plan.LeftAlone.IsEmpty && Beside.IsEmpty && Settings.IsEmpty;
}

/// <summary>
/// Finds, outside of any incident, what people and the agent moved: the last move of each lever that still stands, or everything since an instant as one
/// move back for each lever to where it stood before. What the monitor cut stays cut, and a lever that somebody moved at the network is left alone.
/// </summary>
public sealed class UndoPlans(ICampaignStore campaigns, IIntentStore intents, IIncidentStore incidents, RollBackRaises raises, CampaignClock clock)
{
    /// <summary>How long an act can be undone: 30 days.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    /// <summary>The last move of each lever that was not undone yet.</summary>
    public async Task<CampaignReturn> LastAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var done = await intents.ConfirmedAsync(campaign.Id, clock.GetUtcNow() - Reach, cancellationToken);
        var last = Moves(campaign, done).Select(lever => Standing(lever).FirstOrDefault()).OfType<LeverMove>().ToList();
        var newest = last.Count == 0 ? (DateTimeOffset?)null : last.Max(move => move.At);
        var beside = (await BesideAsync(campaign, done, cancellationToken)).FirstOrDefault(other => newest is null || other.At >= newest);
        return await OfAsync(campaign, [.. last.Select(move => (IReadOnlyList<LeverMove>)[move])], beside.Says is null ? [] : [beside.Says], cancellationToken);
    }

    /// <summary>What takes back one act of the agent and nothing else: of an ad that took another's place both, what goes up first, so that no fewer run in between.</summary>
    /// <param name="act">As <see cref="UndoOffer.NameOf"/> names it.</param>
    public async Task<CampaignReturn> OfActAsync(Campaign campaign, string act, CancellationToken cancellationToken)
    {
        var done = await intents.ConfirmedAsync(campaign.Id, clock.GetUtcNow() - Reach, cancellationToken);
        var (meant, left) = (new List<IReadOnlyList<LeverMove>>(), new List<string>());
        foreach (var lever in Moves(campaign, done))
        {
            if (lever.FirstOrDefault(move => UndoOffer.NameOf(move.Key) == act) is not { } move)
                continue;

            var standing = Standing(lever).ToList();
            if (standing.IndexOf(move) is var newer && newer == 0)
                meant.Add([move]);
            else
                left.Add(newer < 0 ? $"{move.Named} {move.Before} → {move.After} was undone already" : $"{move.Named} left alone: {standing[0].By} moved it to {standing[0].After} since");
        }

        var found = await OfAsync(campaign, meant, [], cancellationToken);
        return found with { Plan = found.Plan with { Levers = [.. found.Plan.Levers.OrderByDescending(lever => lever.IsRaise)], LeftAlone = [.. left, .. found.Plan.LeftAlone] } };
    }

    /// <summary>Of every campaign that is shown to somebody and in which something was done since an instant, by name.</summary>
    public async Task<IReadOnlyList<CampaignReturn>> SinceAsync(Person by, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var found = new List<CampaignReturn>();
        foreach (var campaign in (await campaigns.AllAsync(by.Workspace, cancellationToken)).Where(campaign => by.Sees(campaign.Account)).OrderBy(campaign => campaign.Name, StringComparer.Ordinal))
        {
            var done = await intents.ConfirmedAsync(campaign.Id, since, cancellationToken);
            var one = (await OfAsync(campaign, [.. Moves(campaign, done)], (await BesideAsync(campaign, done, cancellationToken)).Select(other => other.Says), cancellationToken)) with { Settings = SettingUndo.Since(campaign, since) };
            if (!one.IsEmpty)
                found.Add(one);
        }

        return found;
    }

    /// <summary>By lever, each the newest first.</summary>
    private static IEnumerable<IReadOnlyList<LeverMove>> Moves(Campaign campaign, IEnumerable<CommandIntent> done) => done
        .Where(intent => !NetworkGate.TakesBack(intent.Key))
        .Select(intent => LeverMove.Of(intent, campaign))
        .OfType<LeverMove>()
        .GroupBy(move => move.Lever)
        .Select(lever => (IReadOnlyList<LeverMove>)[.. lever]);

    /// <summary>Without moves back, and without what they took back.</summary>
    private static IEnumerable<LeverMove> Standing(IEnumerable<LeverMove> lever)
    {
        string? takenBackTo = null;
        foreach (var move in lever)
        {
            if (move.IsReturn)
                takenBackTo = move.After;
            else if (takenBackTo is null)
                yield return move;
            else if (move.Before == takenBackTo)
                takenBackTo = null;
        }
    }

    private async Task<CampaignReturn> OfAsync(
        Campaign campaign, IReadOnlyList<IReadOnlyList<LeverMove>> levers, IEnumerable<string> beside, CancellationToken cancellationToken)
    {
        var back = new List<LeverReturn>();
        var left = new List<string>();
        foreach (var moves in levers.OrderByDescending(lever => lever[0].At))
        {
            var own = RollBackPlans.Own(moves).ToImmutableArray();
            if (WhyLeft(campaign, moves, own) is { } why)
                left.Add(why);
            else if (own[^1].Before != own[0].After)
                back.Add(await HeldAsync(campaign, new LeverReturn(own), cancellationToken));
        }

        return new CampaignReturn(
            campaign, new RollBackPlan([.. back.SelectMany(lever => lever.Moves)]) { Levers = [.. back], LeftAlone = [.. left], Runs = campaign.MaySpend }, [.. beside]);
    }

    private async Task<LeverReturn> HeldAsync(Campaign campaign, LeverReturn lever, CancellationToken cancellationToken)
    {
        var held = lever with { Held = await raises.WhyNotAsync(null, campaign, lever, cancellationToken) };
        return held with { SecondPerson = await raises.WhySecondPersonAsync(campaign, held, cancellationToken) };
    }

    private static string? WhyLeft(Campaign campaign, IReadOnlyList<LeverMove> moves, ImmutableArray<LeverMove> own)
    {
        var newest = moves[0];
        if (newest.By == PersonId.Monitor)
            return $"{newest.Named} left alone: the monitor moved it to {newest.After}";

        if (newest.Shown is { } shown && AskedRaise.Present(campaign, newest.Back is NetworkCommand.SetBid ? Agent.Lever.Bid : Agent.Lever.DailyBudget) is { } present && present != shown)
            return $"{newest.Named} left alone: somebody moved it to {present} since";

        return own.Length < moves.Count && moves[own.Length] is { } next && next.By != PersonId.Monitor
            ? $"{newest.Named} left alone: somebody moved it at the network from {next.After} to {own[^1].Before} in between"
            : null;
    }

    /// <summary>What people and the monitor did that is no move of a lever, the newest first, one of a kind.</summary>
    private async Task<IReadOnlyList<(DateTimeOffset At, string Says)>> BesideAsync(Campaign campaign, IReadOnlyList<CommandIntent> done, CancellationToken cancellationToken)
    {
        var launched = done.Any(intent => intent.Command is NetworkCommand.CreateCampaign);
        var says = new List<(DateTimeOffset At, string Says)>();
        foreach (var intent in done.Where(intent => !NetworkGate.TakesBack(intent.Key)))
        {
            var stopper = intent is { Command: NetworkCommand.Pause } && intent.By == PersonId.Monitor ? await StopperAsync(intent, cancellationToken) : "";
            if (Words(campaign, intent, launched, stopper) is { } said)
                says.Add((intent.SettledAt ?? intent.PlannedAt, said));
        }

        return [.. says.DistinctBy(one => one.Says)];
    }

    /// <summary>A stop of everything goes out in the monitor's name; its incident says who asked for it.</summary>
    private async Task<string> StopperAsync(CommandIntent stop, CancellationToken cancellationToken) =>
        StopPause.IncidentOf(stop.Key) is { } id && await incidents.FindAsync(id, cancellationToken) is { } incident && incident.Cause == SafetyRules.StopEverything
            ? $"{incident.Evidence.Measured} stopped it with everything"
            : "the monitor stopped it";

    private static string? Words(Campaign campaign, CommandIntent intent, bool launched, string stopper) => intent.Command switch
    {
        NetworkCommand.Archive => "what was archived at the network is gone for good",
        NetworkCommand.Pause when intent.By == PersonId.Monitor => $"{stopper}, and a stop is never undone: \"resume {campaign.Handle}\" has it judged again",
        NetworkCommand.Pause when intent.By == PersonId.Agent => $"the agent paused it: \"resume {campaign.Handle}\" lets it run again, after asking",
        NetworkCommand.Pause when intent.By.IsHuman => $"{intent.By} paused it: \"resume {campaign.Handle}\" lets it run again, after asking",
        NetworkCommand.Activate when launched => $"its launch cannot be undone once it runs: \"pause {campaign.Handle}\" stops it, what was spent is spent",
        NetworkCommand.Activate when intent.By.IsHuman => $"{intent.By} resumed it: \"pause {campaign.Handle}\" stops it, what was spent is spent",
        _ => null,
    };
}
