using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Replays;

public sealed record ReplayedMove(DateTimeOffset At, Proposal Move);

/// <summary>One way that a day goes.</summary>
/// <param name="Bid">What it ends at; null where the network bids.</param>
public sealed record ReplayedDay(ImmutableArray<ReplayedMove> Moves, Money Budget, Money? Bid);

/// <summary>A past day as the present engine takes it: with the settings that hold, and with others.</summary>
/// <param name="Readings">How many kept readings it was played from.</param>
public sealed record Replay(AccountDay Day, int Readings, ReplayedDay AsSet, ReplayedDay Otherwise)
{
    /// <summary>Roughly how much dearer a result would have become by the other end, as a share; null where the network bids.</summary>
    public double? CostChange => AsSet.Bid is { Amount: > 0 } bid && Otherwise.Bid is { } other ? Math.Pow((double)(other.Amount / bid.Amount), Optimizers.CostEstimate.BidElasticity) - 1 : null;
}

/// <summary>
/// Plays a past day of a campaign from its kept readings through the engine that decides every turn. What the market would have answered to other bids is
/// in no reading: it is an estimate, and limits of the account, incidents and people's holds are left out of both ways.
/// </summary>
public sealed class ReplayDesk(IReadingStore readings, AgentMemories memories, IAdAccounts accounts, IAdNetworkDirectory networks)
{
    /// <summary>The agent takes a turn so often.</summary>
    private static readonly TimeSpan TurnEvery = TimeSpan.FromMinutes(5);

    private const int DaysBefore = 30;

    /// <summary>Null: nothing of that day is kept.</summary>
    public async Task<Replay?> RunAsync(Campaign campaign, Func<Campaign, Campaign> change, AccountDay day, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(campaign.Account, cancellationToken);
        var (start, end) = (day.Start(account.Zone()), day.End(account.Zone()));
        var kept = (await readings.SinceAsync(campaign.Id, start, cancellationToken)).Where(one => one.ReadAt < end && one.Reading.Today.Day == day).ToList();
        if (kept.Count == 0)
            return null;

        var days = (await readings.DaysAsync(campaign.Id, new AccountDay(day.Date.AddDays(-DaysBefore)), cancellationToken)).Where(one => one.Day < day).ToImmutableArray();
        var memory = await memories.OfAsync(campaign, cancellationToken);
        memory = AgentMemory.Empty with { Moves = [.. memory.Moves.Where(move => move.At < start)] };
        var plain = campaign with { TakenOver = false, Holds = [] };
        var profile = networks.Profile(campaign.Spec.Network);
        return new Replay(day, kept.Count, Play(plain, account, profile, kept, days, memory), Play(change(plain), account, profile, kept, days, memory));
    }

    private static ReplayedDay Play(
        Campaign campaign, AdAccount account, NetworkProfile profile, List<KeptReading> kept, ImmutableArray<DayFigures> days, AgentMemory memory)
    {
        var moves = ImmutableArray.CreateBuilder<ReplayedMove>();
        campaign = campaign with { DailyBudget = kept[0].Reading.Settings.DailyBudget, Bid = kept[0].Reading.Settings.Bid };
        var last = DateTimeOffset.MinValue;
        foreach (var one in kept.Where(one => one.ReadAt - last >= TurnEvery || one == kept[0]))
        {
            last = one.ReadAt;
            var now = Seen(campaign, account, profile, one, days);
            foreach (var move in DecisionEngine.Decide(new Surroundings(now, memory, null, account.Currency.Zero)).Moves)
            {
                campaign = move.Lever switch
                {
                    Lever.Bid => campaign with { Bid = move.To },
                    Lever.DailyBudget => campaign with { DailyBudget = move.To },
                    _ => campaign,
                };
                memory = memory.With(AgentMemories.Move(now, move));
                moves.Add(new ReplayedMove(one.ReadAt, move));
            }
        }

        return new ReplayedDay(moves.ToImmutable(), campaign.DailyBudget, campaign.Bid);
    }

    private static Observation Seen(Campaign campaign, AdAccount account, NetworkProfile profile, KeptReading one, ImmutableArray<DayFigures> days)
    {
        var reading = one.Reading with { Settings = one.Reading.Settings with { DailyBudget = campaign.DailyBudget, Bid = campaign.Bid } };
        return new Observation(campaign, account, profile, one.ReadAt, Freshness.Judge(reading, one.ReadAt, profile, 0), reading, [], days, 0, null);
    }
}
